import { Module } from '@nestjs/common';
import { DecisionCheckController } from './decision-check.controller.ts';
import { DecisionController } from './decision.controller.ts';

@Module({ controllers: [DecisionCheckController, DecisionController] })
export class DecisionModule {}
