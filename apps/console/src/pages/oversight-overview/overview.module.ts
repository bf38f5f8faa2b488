import { Module } from '@nestjs/common';
import { DiscussionsModule } from '#discussions';
import { OversightModule } from '#oversight';
import { OverviewController } from './overview.controller.ts';

@Module({ imports: [DiscussionsModule, OversightModule], controllers: [OverviewController] })
export class OverviewPageModule {}
