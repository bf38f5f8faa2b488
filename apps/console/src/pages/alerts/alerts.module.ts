import { Module } from '@nestjs/common';
import { AlertsModule } from '#alerts';
import { AlertsController } from './alerts.controller.ts';

@Module({ imports: [AlertsModule], controllers: [AlertsController] })
export class AlertsPageModule {}
