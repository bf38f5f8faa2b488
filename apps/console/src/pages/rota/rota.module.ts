import { Module } from '@nestjs/common';
import { RotaModule } from '#rota';
import { RotaController } from './rota.controller.ts';
import { RotaTurnController } from './rota-turn.controller.ts';

@Module({ imports: [RotaModule], controllers: [RotaController, RotaTurnController] })
export class RotaPageModule {}
