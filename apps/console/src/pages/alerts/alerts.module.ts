import { Module } from '@nestjs/common';
import { AlertsModule } from '#alerts';
import { WorkModule } from '#work';
import { AlertsController } from './alerts.controller.ts';

@Module({ imports: [AlertsModule, WorkModule], controllers: [AlertsController] })
export class AlertsPageModule {}
