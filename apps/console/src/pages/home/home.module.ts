import { Module } from '@nestjs/common';
import { AlertsModule } from '#alerts';
import { WorkModule } from '#work';
import { HomeController } from './home.controller.ts';

@Module({ imports: [AlertsModule, WorkModule], controllers: [HomeController] })
export class HomePageModule {}
