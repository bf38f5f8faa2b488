import { Module } from '@nestjs/common';
import { ChildrenModule } from '#children';
import { DecisionsModule } from '#decisions';
import { ReferralsModule } from '#referrals';
import { IncidentController } from './incident.controller.ts';

@Module({ imports: [ChildrenModule, DecisionsModule, ReferralsModule], controllers: [IncidentController] })
export class IncidentPageModule {}
