import { Module } from '@nestjs/common';
import { AlertsModule } from '#alerts';
import { AlertTimelineController } from './alert-timeline.controller.ts';

@Module({ imports: [AlertsModule], controllers: [AlertTimelineController] })
export class AlertTimelinePageModule {}
