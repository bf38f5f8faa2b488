import { Module } from '@nestjs/common';
import { OversightModule } from '#oversight';
import { OwnFiguresController } from './own-figures.controller.ts';

@Module({ imports: [OversightModule], controllers: [OwnFiguresController] })
export class OwnFiguresPageModule {}
