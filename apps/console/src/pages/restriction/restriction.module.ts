import { Module } from '@nestjs/common';
import { AccessModule } from '#access';
import { ReferralsModule } from '#referrals';
import { RestrictionsModule } from '#restrictions';
import { BreakGlassController } from './break-glass.controller.ts';
import { RestrictionController } from './restriction.controller.ts';
import { RestrictionsController } from './restrictions.controller.ts';

@Module({
  imports: [AccessModule, ReferralsModule, RestrictionsModule],
  controllers: [RestrictionController, BreakGlassController, RestrictionsController],
})
export class RestrictionPageModule {}
