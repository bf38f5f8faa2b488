import { Module } from '@nestjs/common';
import { ReferralsModule } from '#referrals';
import { DraftsModule } from '#work';
import { DraftsController } from './drafts.controller.ts';

@Module({ imports: [DraftsModule, ReferralsModule], controllers: [DraftsController] })
export class DraftsPageModule {}
