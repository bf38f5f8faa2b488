import { Module } from '@nestjs/common';
import { RoutesModule } from '#routes';
import { WorkModule } from '#work';
import { RoutesController } from './routes.controller.ts';

@Module({ imports: [RoutesModule, WorkModule], controllers: [RoutesController] })
export class RoutesPageModule {}
