import { Module } from '@nestjs/common';
import { ReferralsModule } from '#referrals';
import { ChildViewsController } from './child-views.controller.ts';

@Module({ imports: [ReferralsModule], controllers: [ChildViewsController] })
export class ChildViewsPageModule {}
