import { Module } from '@nestjs/common';
import { OversightModule } from '#oversight';
import { DecisionsController } from './decisions.controller.ts';

@Module({ imports: [OversightModule], controllers: [DecisionsController] })
export class DecisionsPageModule {}
