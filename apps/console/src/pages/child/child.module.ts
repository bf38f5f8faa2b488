import { Module } from '@nestjs/common';
import { ChildrenModule } from '#children';
import { ReferralsModule } from '#referrals';
import { ChildController } from './child.controller.ts';

@Module({ imports: [ChildrenModule, ReferralsModule], controllers: [ChildController] })
export class ChildPageModule {}
