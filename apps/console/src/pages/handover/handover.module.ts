import { Module } from '@nestjs/common';
import { RotaModule } from '#rota';
import { WorkModule } from '#work';
import { HandoverController } from './handover.controller.ts';

@Module({ imports: [RotaModule, WorkModule], controllers: [HandoverController] })
export class HandoverPageModule {}
