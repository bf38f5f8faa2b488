import { Module } from '@nestjs/common';
import { RotaController } from './rota.controller.ts';

@Module({ controllers: [RotaController] })
export class RotaModule {}
