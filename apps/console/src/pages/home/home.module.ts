import { Module } from '@nestjs/common';
import { AlertsModule } from '#alerts';
import { RotaModule } from '#rota';
import { DraftsModule, WorkModule } from '#work';
import { HomeController } from './home.controller.ts';

@Module({ imports: [AlertsModule, DraftsModule, RotaModule, WorkModule], controllers: [HomeController] })
export class HomePageModule {}
