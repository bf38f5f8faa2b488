import { Module } from '@nestjs/common';
import { OversightModule } from '#oversight';
import { OverviewController } from './overview.controller.ts';

@Module({ imports: [OversightModule], controllers: [OverviewController] })
export class OverviewPageModule {}
