import { Module } from '@nestjs/common';
import { DecisionsModule } from '#decisions';
import { ReferralsModule } from '#referrals';
import { WorkModule } from '#work';
import { ReferralController } from './referral.controller.ts';

@Module({ imports: [DecisionsModule, ReferralsModule, WorkModule], controllers: [ReferralController] })
export class ReferralPageModule {}
