import { Module } from '@nestjs/common';
import { RoutesModule } from '#routes';
import { LocalitiesController } from './localities.controller.ts';

@Module({ imports: [RoutesModule], controllers: [LocalitiesController] })
export class LocalitiesPageModule {}
