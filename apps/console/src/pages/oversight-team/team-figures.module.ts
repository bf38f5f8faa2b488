import { Module } from '@nestjs/common';
import { OversightModule } from '#oversight';
import { TeamFiguresController } from './team-figures.controller.ts';

@Module({ imports: [OversightModule], controllers: [TeamFiguresController] })
export class TeamFiguresPageModule {}
