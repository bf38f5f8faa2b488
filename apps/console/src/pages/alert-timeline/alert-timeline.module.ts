import { Module } from '@nestjs/common';
import { AlertsModule } from '#alerts';
import { ReferralsModule } from '#referrals';
import { AlertTimelineController } from './alert-timeline.controller.ts';

@Module({ imports: [AlertsModule, ReferralsModule], controllers: [AlertTimelineController] })
export class AlertTimelinePageModule {}
