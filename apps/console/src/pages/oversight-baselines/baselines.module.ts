import { Module } from '@nestjs/common';
import { OversightModule } from '#oversight';
import { BaselinesController } from './baselines.controller.ts';

@Module({ imports: [OversightModule], controllers: [BaselinesController] })
export class BaselinesPageModule {}
