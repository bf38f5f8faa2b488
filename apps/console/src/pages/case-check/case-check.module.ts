import { Module } from '@nestjs/common';
import { ChildrenModule } from '#children';
import { ReferralsModule } from '#referrals';
import { CaseCheckController } from './case-check.controller.ts';

@Module({ imports: [ChildrenModule, ReferralsModule], controllers: [CaseCheckController] })
export class CaseCheckPageModule {}
