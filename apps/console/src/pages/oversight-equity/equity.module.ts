import { Module } from '@nestjs/common';
import { OversightModule } from '#oversight';
import { EquityController } from './equity.controller.ts';

@Module({ imports: [OversightModule], controllers: [EquityController] })
export class EquityPageModule {}
