import { Injectable } from '@nestjs/common';
import { may, type StaffActor } from '#access';
import { auditEntry } from '#audit';
import { Policies, type Versions } from '#deadlines';
import {
  firstDueAt,
  isAtOrBefore,
  localDate,
  measureOf,
  minutesOverdue,
  openAge,
  RATINGS,
  type Moment,
  type OpenAge,
  type Rating,
  type Span,
  type Standing,
} from '#domain';
import { Database, sql, type Transaction } from '#store';
import { alertsOfWeek, type AlertsOfWeek } from '../alerts/alerts-of-a-week.ts';
import { baselinesBegunBy, type BaselineLine } from '../baselines/baselines.ts';
import { minutesOfADay } from '../months/minutes-of-a-day.ts';
import { MonthlyFigures, type ShownMonth, type ShownMonths } from '../months/monthly-figures.ts';
import type { Line } from '../figures/figure.ts';
import { ReadMoving } from '../standings/moving.ts';
import { Standings } from '../standings/standings.ts';
import { latestReckoning, type Reckoning } from './latest-reckoning.ts';
import { nameOverdue, type OverdueLine } from './overdue.ts';
import { readWhatWeDoNotKnow, type WhatWeDoNotKnow } from './what-we-do-not-know.ts';

/** The figures of the page by month. */
const BY_MONTH = {
  'decided-in-one-working-day': null,
  'decided-in-target': 'rating',
  'time-to-decision': 'rating',
  'lowered-then-in-time': null,
} as const;
const FIGURES = Object.entries(BY_MONTH).map(([id, by]) => ({ measure: measureOf(id)!, by }));

/** The lines of a figure of one month of the page; the last is `all`. */
export function overviewLines({ figures }: ShownMonth, id: keyof typeof BY_MONTH): readonly Line[] {
  return figures[FIGURES.findIndex(({ measure }) => measure.id === id)]!.lines;
}

/** How many open referrals of a rating are of an age, and how many of these are over a limit. */
export interface OpenCell {
  readonly rating: Rating;
  readonly age: OpenAge;
  readonly count: number;
  readonly late: number;
}

/** How the hub stands at an instant. */
export interface Overview extends Versions {
  readonly asOf: Temporal.Instant;
  readonly isNow: boolean;
  readonly timeZone: string;
  readonly minutesOfADay: number;
  readonly limits: Readonly<Record<Rating, Span>>;
  readonly open: {
    readonly count: number;
    /** Open at the end of the last day before this week; null where no day of then is closed. */
    readonly beforeThisWeek: number | null;
    readonly cells: readonly OpenCell[];
    readonly oldest: { readonly rating: Rating; readonly receivedAt: Temporal.Instant } | null;
  };
  readonly overdue: {
    readonly count: number;
    readonly children: number;
    readonly childHours: number;
    readonly lines: readonly OverdueLine[];
  };
  readonly signOff: { readonly count: number; readonly oldestSince: Temporal.Instant | null };
  readonly months: ShownMonths;
  readonly baselines: readonly BaselineLine[];
  readonly alerts: AlertsOfWeek;
  /** Known of this moment alone; null as of another instant. */
  readonly unknown: WhatWeDoNotKnow | null;
  /** The latest closed day; null while none is. */
  readonly closedUpTo: Temporal.PlainDate | null;
  /** Null while none has been made. */
  readonly reckoning: Reckoning | null;
}

/** The first page of managers: what waits, how promptly the hub works, and what it does not know. */
@Injectable()
export class ReadOverview {
  constructor(
    private readonly database: Database,
    private readonly policies: Policies,
    private readonly standings: Standings,
    private readonly moving: ReadMoving,
    private readonly monthly: MonthlyFigures,
  ) {}

  /** @param asked an instant; null, or one that is to come, for now */
  async execute(asked: Temporal.Instant | null, by: StaffActor): Promise<Overview> {
    return this.database.as(by).transaction(async (tx) => {
      const asOf = asked !== null && isAtOrBefore(asked, tx.now) ? asked : null;
      const at = asOf ?? tx.now;
      const inForce = await this.policies.inForceAt(at, tx);
      const { calendar, policy, policyVersion, calendarVersion } = inForce;
      const moment = { asOf: at, calendar };
      const moving = asOf === null ? await this.moving.execute(tx) : null;
      const open = moving === null ? await this.standings.of(tx, 'open', at) : moving.now.filter(isOpen);
      const overdue = open.filter((one) => isAtOrBefore(firstDueAt(one), at));
      const isChildNamed = may(by, 'queue:read');
      const lines = await nameOverdue(tx, overdue, moment, isChildNamed);
      const closedUpTo = await closedBefore(tx, at);
      await tx.insert(
        auditEntry(tx, 'oversight.read', null, {
          page: 'overview',
          asOf: at.toString(),
          named: isChildNamed ? lines.length : 0,
        }),
      );
      const limits = Object.fromEntries(RATINGS.map((rating) => [rating, policy.ratings[rating].decisionDue]));
      return {
        ...{ asOf: at, isNow: asOf === null, timeZone: calendar.timeZone, policyVersion, calendarVersion, closedUpTo },
        minutesOfADay: minutesOfADay(calendar, localDate(calendar, at)),
        limits: limits as Record<Rating, Span>,
        open: {
          count: open.length,
          beforeThisWeek: await openBeforeThisWeek(tx, moment),
          cells: cellsOf(open, moment),
          oldest: open[0] === undefined ? null : { rating: open[0].rating, receivedAt: open[0].receivedAt },
        },
        overdue: { count: overdue.length, ...sumsOf(overdue, moment), lines },
        signOff: signOffIn(open),
        months:
          moving === null ? await this.monthly.read(tx, FIGURES, at) : await this.monthly.now(tx, FIGURES, moving),
        baselines: await baselinesBegunBy(tx, at),
        alerts: await alertsOfWeek(tx, moment),
        unknown: moving === null ? null : await readWhatWeDoNotKnow(tx, moment, { ...moving, closedUpTo }),
        reckoning: await latestReckoning(tx, at),
      };
    });
  }
}

const isOpen = ({ effectiveAt }: Standing) => effectiveAt === null;

function cellsOf(open: readonly Standing[], moment: Moment): readonly OpenCell[] {
  const cells = new Map<string, { rating: Rating; age: OpenAge; count: number; late: number }>();
  for (const standing of open) {
    const { rating } = standing;
    const age = openAge(standing.receivedAt, moment);
    const cell = cells.get(`${rating} ${age}`) ?? { rating, age, count: 0, late: 0 };
    cell.count++;
    if (isAtOrBefore(firstDueAt(standing), moment.asOf)) cell.late++;
    cells.set(`${rating} ${age}`, cell);
  }
  return [...cells.values()];
}

function sumsOf(overdue: readonly Standing[], moment: Moment) {
  const minutes = overdue.reduce((sum, one) => sum + minutesOverdue(one, moment) * one.children.length, 0);
  return { children: overdue.reduce((sum, one) => sum + one.children.length, 0), childHours: Math.round(minutes / 60) };
}

function signOffIn(open: readonly Standing[]): Overview['signOff'] {
  const since = open.map(({ decidedAt }) => decidedAt).filter((at) => at !== null);
  return { count: since.length, oldestSince: since.sort((a, b) => Temporal.Instant.compare(a, b))[0] ?? null };
}

async function closedBefore(tx: Transaction, at: Temporal.Instant): Promise<Temporal.PlainDate | null> {
  const { day } = (await tx.row<{ day: string | null }>(sql`
    SELECT max(day) AS day FROM day_close WHERE as_of <= ${at}`))!;
  return day === null ? null : Temporal.PlainDate.from(day);
}

async function openBeforeThisWeek(tx: Transaction, { asOf, calendar }: Moment): Promise<number | null> {
  const today = localDate(calendar, asOf);
  const sunday = today.subtract({ days: today.dayOfWeek }).toString();
  const found = await tx.row<{ open: number }>(sql`
    SELECT open_at_end AS open FROM day_close WHERE day = ${sunday}::date AND as_of <= ${asOf}`);
  return found?.open ?? null;
}
