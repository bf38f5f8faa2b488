import { Module } from '@nestjs/common';
import { DefinitionsController } from './definitions.controller.ts';

@Module({ controllers: [DefinitionsController] })
export class DefinitionsPageModule {}
