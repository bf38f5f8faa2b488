import { Module } from '@nestjs/common';
import { AlertTimelineController } from './alert-timeline.controller.ts';

@Module({ controllers: [AlertTimelineController] })
export class AlertTimelineModule {}
