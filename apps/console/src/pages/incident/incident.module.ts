import { Module } from '@nestjs/common';
import { ChildrenModule } from '#children';
import { ReferralsModule } from '#referrals';
import { IncidentController } from './incident.controller.ts';

@Module({ imports: [ChildrenModule, ReferralsModule], controllers: [IncidentController] })
export class IncidentPageModule {}
