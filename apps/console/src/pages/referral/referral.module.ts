import { Module } from '@nestjs/common';
import { DecisionsModule } from '#decisions';
import { ChallengesModule } from '#oversight';
import { ReferralsModule } from '#referrals';
import { WorkModule } from '#work';
import { ReferralController } from './referral.controller.ts';

@Module({
  imports: [ChallengesModule, DecisionsModule, ReferralsModule, WorkModule],
  controllers: [ReferralController],
})
export class ReferralPageModule {}
