import { Module } from '@nestjs/common';
import { AccessModule } from '#access';
import { ReferralsModule } from '#referrals';
import { RestrictionsModule } from '#restrictions';
import { RotaModule } from '#rota';
import { BreakGlassController } from './break-glass.controller.ts';
import { RestrictionController } from './restriction.controller.ts';
import { RestrictionsController } from './restrictions.controller.ts';

@Module({
  imports: [AccessModule, ReferralsModule, RestrictionsModule, RotaModule],
  controllers: [RestrictionController, BreakGlassController, RestrictionsController],
})
export class RestrictionPageModule {}
