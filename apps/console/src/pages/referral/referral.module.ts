import { Module } from '@nestjs/common';
import { ChildrenModule } from '#children';
import { DecisionsModule } from '#decisions';
import { ChallengesModule } from '#oversight';
import { ReferralsModule } from '#referrals';
import { WorkModule } from '#work';
import { ReferralController } from './referral.controller.ts';

@Module({
  imports: [ChallengesModule, ChildrenModule, DecisionsModule, ReferralsModule, WorkModule],
  controllers: [ReferralController],
})
export class ReferralPageModule {}
