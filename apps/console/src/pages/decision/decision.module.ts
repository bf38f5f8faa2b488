import { Module } from '@nestjs/common';
import { DecisionsModule } from '#decisions';
import { ReferralsModule } from '#referrals';
import { RoutesModule } from '#routes';
import { DraftsModule } from '#work';
import { DecisionCheckController } from './decision-check.controller.ts';
import { DecisionController } from './decision.controller.ts';

@Module({
  imports: [DecisionsModule, DraftsModule, ReferralsModule, RoutesModule],
  controllers: [DecisionCheckController, DecisionController],
})
export class DecisionPageModule {}
