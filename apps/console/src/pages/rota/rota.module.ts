import { Module } from '@nestjs/common';
import { RotaModule } from '#rota';
import { RotaController } from './rota.controller.ts';

@Module({ imports: [RotaModule], controllers: [RotaController] })
export class RotaPageModule {}
