import { Module } from '@nestjs/common';
import { BeginBaseline } from './baselines/begin-baseline.ts';
import { ReadBaselines } from './baselines/read-baselines.ts';
import { CloseDays } from './closing/close-days.ts';
import { PlanClose } from './closing/plan-close.ts';
import { Recompute } from './closing/recompute.ts';
import { ReadDecidedChoices } from './decided/decided-choices.ts';
import { ExportDecided } from './decided/export-decided.ts';
import { ReadDecided } from './decided/read-decided.ts';
import { ReadFigure } from './figures/read-figure.ts';
import { ReadFamilies } from './families/read-families.ts';
import { ReadFlow } from './flow/read-flow.ts';
import { ReadMonths } from './months/read-months.ts';
import { MonthlyFigures } from './months/monthly-figures.ts';
import { ReadOverview } from './overview/read-overview.ts';
import { PeopleFigures } from './people/people-figures.ts';
import { ReadOwnFigures } from './people/read-own-figures.ts';
import { ReadSharing } from './people/read-sharing.ts';
import { ReadTeamFigures } from './people/read-team-figures.ts';
import { ReadRecord } from './record/read-record.ts';
import { ReadMoving } from './standings/moving.ts';
import { Standings } from './standings/standings.ts';

const DECIDED = [ReadDecided, ReadDecidedChoices, ExportDecided];
const USE_CASES = [
  BeginBaseline,
  ReadBaselines,
  ...DECIDED,
  ReadFamilies,
  ReadFigure,
  ReadFlow,
  ReadMonths,
  ReadOverview,
  ReadOwnFigures,
  ReadRecord,
  ReadSharing,
  ReadTeamFigures,
];
const CLOSING = [CloseDays, Recompute];

/** How promptly the hub works, and the proof of it. */
@Module({ providers: [...USE_CASES, MonthlyFigures, PeopleFigures, ReadMoving, Standings], exports: USE_CASES })
export class OversightModule {}

/** The closing of days. */
@Module({ providers: [...CLOSING, PlanClose, Standings], exports: [CloseDays, PlanClose] })
export class ClosingModule {}
