import { Module } from '@nestjs/common';
import { Standings } from '../standings/standings.ts';
import { PlanSummary } from './plan-summary.ts';
import { SumUpWeek } from './sum-up-week.ts';

/** The weekly e-mail about how promptly the hub works. Its words are the purpose `WeeklyLetters` of messages. */
@Module({ providers: [PlanSummary, SumUpWeek, Standings], exports: [PlanSummary, SumUpWeek] })
export class SummaryModule {}
