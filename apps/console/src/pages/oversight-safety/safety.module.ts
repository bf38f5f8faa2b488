import { Module } from '@nestjs/common';
import { OversightModule } from '#oversight';
import { SafetyController } from './safety.controller.ts';

@Module({ imports: [OversightModule], controllers: [SafetyController] })
export class SafetyPageModule {}
