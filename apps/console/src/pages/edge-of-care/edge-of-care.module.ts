import { Module } from '@nestjs/common';
import { DecisionsModule } from '#decisions';
import { ReferralsModule } from '#referrals';
import { RoutesModule } from '#routes';
import { EdgeOfCareController } from './edge-of-care.controller.ts';

@Module({ imports: [DecisionsModule, ReferralsModule, RoutesModule], controllers: [EdgeOfCareController] })
export class EdgeOfCarePageModule {}
