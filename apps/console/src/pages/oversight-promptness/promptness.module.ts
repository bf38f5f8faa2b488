import { Module } from '@nestjs/common';
import { OversightModule } from '#oversight';
import { PromptnessController } from './promptness.controller.ts';

@Module({ imports: [OversightModule], controllers: [PromptnessController] })
export class PromptnessPageModule {}
