import { Module } from '@nestjs/common';
import { OversightModule } from '#oversight';
import { AgenciesController } from './agencies.controller.ts';

@Module({ imports: [OversightModule], controllers: [AgenciesController] })
export class AgenciesPageModule {}
