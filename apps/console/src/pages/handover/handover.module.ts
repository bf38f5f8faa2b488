import { Module } from '@nestjs/common';
import { RotaModule } from '#rota';
import { HandoverController } from './handover.controller.ts';

@Module({ imports: [RotaModule], controllers: [HandoverController] })
export class HandoverPageModule {}
