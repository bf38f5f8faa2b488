import { Module } from '@nestjs/common';
import { CloseDays } from './closing/close-days.ts';
import { PlanClose } from './closing/plan-close.ts';
import { Recompute } from './closing/recompute.ts';
import { ReadFigure } from './figures/read-figure.ts';
import { Standings } from './standings/standings.ts';

const USE_CASES = [ReadFigure];
const CLOSING = [CloseDays, Recompute];

/** How promptly the hub works, and the proof of it. */
@Module({ providers: [...USE_CASES, Standings], exports: USE_CASES })
export class OversightModule {}

/** The closing of days. */
@Module({ providers: [...CLOSING, PlanClose, Standings], exports: [CloseDays, PlanClose] })
export class ClosingModule {}
