import { Module } from '@nestjs/common';
import { OversightModule } from '#oversight';
import { FiguresController } from './figures.controller.ts';

@Module({ imports: [OversightModule], controllers: [FiguresController] })
export class FiguresPageModule {}
