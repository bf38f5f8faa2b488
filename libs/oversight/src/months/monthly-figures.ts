import { Injectable } from '@nestjs/common';
import { Policies, type Versions } from '#deadlines';
import { countFigures, localDate, type FigureToCount, type Moment, type Tallies } from '#domain';
import { sql, type FigureLine, type StoredMinutes, type Transaction } from '#store';
import { linesIn, talliesIn } from '../closing/month-figures.ts';
import { receivedInMonth } from '../closing/month.ts';
import { linesOf, type Line } from '../figures/figure.ts';
import { MONTHS_SHOWN } from './months-shown.ts';
import { changedSince } from '../standings/changed-since.ts';
import { lastClose } from '../standings/last-close.ts';
import { Standings } from '../standings/standings.ts';

/** A figure of one month's referrals. */
export interface FigureOfMonth {
  readonly lines: readonly Line[];
  readonly tallies: Tallies;
  /** The figure as it was when the month was frozen, where it has changed since; null where it has not. */
  readonly frozen: { readonly at: Temporal.Instant; readonly all: FigureLine } | null;
}

export interface Month {
  /** Its first day, a local date. */
  readonly month: Temporal.PlainDate;
  readonly isComplete: boolean;
  /** In the order in which they were asked for. */
  readonly figures: readonly FigureOfMonth[];
}

/** Figures of thirteen months, the last of which is not complete. */
export interface Months extends Versions {
  readonly asOf: Temporal.Instant;
  readonly timeZone: string;
  readonly months: readonly Month[];
}

interface Kept {
  readonly month: string;
  readonly measure: string;
  readonly brokenBy: string;
  readonly isFrozen: boolean;
  readonly asOf: Temporal.Instant;
  readonly lines: Readonly<Record<string, FigureLine>>;
  readonly minutes: Readonly<Record<string, StoredMinutes>> | null;
}

/** Figures by the month of receipt. */
@Injectable()
export class MonthlyFigures {
  constructor(
    private readonly policies: Policies,
    private readonly standings: Standings,
  ) {}

  /**
   * The figures of the thirteen months up to an instant. Of months that nothing has changed in since they were kept, the
   * kept figures are right; others are counted anew.
   *
   * @param at an instant that has passed; `now`; or `last close`, which needs no counting
   */
  async read(
    tx: Transaction,
    figures: readonly FigureToCount[],
    at: Temporal.Instant | 'now' | 'last close',
  ): Promise<Months> {
    const close = await lastClose(tx);
    const asOf = at === 'now' || (at === 'last close' && close === null) ? tx.now : at === 'last close' ? close! : at;
    const { calendar, policyVersion, calendarVersion } = await this.policies.inForceAt(asOf, tx);
    const moment = { asOf, calendar };
    const current = localDate(calendar, asOf).with({ day: 1 });
    const shown = Array.from({ length: MONTHS_SHOWN }, (_, back) =>
      current.subtract({ months: MONTHS_SHOWN - 1 - back }),
    );
    const kept =
      typeof at === 'string' ? await keptFigures(tx, figures, shown[0]!) : new Map<string, readonly Kept[]>();
    const inMotion = at === 'now' ? await monthsInMotion(tx, close, calendar.timeZone) : new Set<string>();
    const months: Month[] = [];
    for (const month of shown) {
      const isComplete = month !== shown.at(-1);
      const isKept = !inMotion.has(month.toString()) && (isComplete || at === 'last close');
      const stored = isKept ? fromKept(figures, kept.get(month.toString()) ?? []) : null;
      const ofMonth = stored ?? (await this.counted(tx, month, figures, moment));
      months.push({ month, isComplete, figures: ofMonth });
    }
    return { asOf, timeZone: calendar.timeZone, policyVersion, calendarVersion, months };
  }

  private async counted(
    tx: Transaction,
    month: Temporal.PlainDate,
    figures: readonly FigureToCount[],
    moment: Moment,
  ): Promise<readonly FigureOfMonth[]> {
    const cohort = receivedInMonth(month, moment.calendar.timeZone);
    const standings = await this.standings.of(tx, cohort, moment.asOf);
    const tallies = countFigures(figures, standings, moment);
    return figures.map(({ measure }, place) => ({
      tallies: tallies[place]!,
      lines: linesOf(measure, tallies[place]!),
      frozen: null,
    }));
  }
}

/** A month's figures as they were kept; null when one of them was not. */
function fromKept(figures: readonly FigureToCount[], kept: readonly Kept[]): readonly FigureOfMonth[] | null {
  const found = figures.map(({ measure, by }) => {
    const ofFigure = kept.filter((one) => one.measure === measure.id && one.brokenBy === (by ?? 'all'));
    const latest = ofFigure.find(({ isFrozen }) => !isFrozen);
    if (latest === undefined) return null;
    return { tallies: talliesIn(latest), lines: linesIn(measure, latest.lines), frozen: frozenIn(ofFigure, latest) };
  });
  return found.every((one) => one !== null) ? found : null;
}

function frozenIn(ofFigure: readonly Kept[], latest: Kept): FigureOfMonth['frozen'] {
  const frozen = ofFigure.find(({ isFrozen }) => isFrozen);
  const all = frozen?.lines['all'];
  if (frozen === undefined || all === undefined) return null;
  return JSON.stringify(all) === JSON.stringify(latest.lines['all']) ? null : { at: frozen.asOf, all };
}

async function keptFigures(
  tx: Transaction,
  figures: readonly FigureToCount[],
  from: Temporal.PlainDate,
): Promise<ReadonlyMap<string, readonly Kept[]>> {
  const kept = await tx.rows<Kept>(sql`
    SELECT f.month, f.measure, f.broken_by AS "brokenBy", f.is_frozen AS "isFrozen", f.as_of AS "asOf", f.lines, f.minutes
    FROM month_figure f
    JOIN unnest(${figures.map(({ measure }) => measure.id)}::text[], ${figures.map(({ by }) => by ?? 'all')}::text[])
      asked (measure, broken_by) USING (measure, broken_by)
    WHERE f.month >= ${from.toString()}::date`);
  return Map.groupBy(kept, ({ month }) => month);
}

/** The months of which a referral waits still, or has changed since the latest close: what they come to may have changed. */
async function monthsInMotion(
  tx: Transaction,
  close: Temporal.Instant | null,
  timeZone: string,
): Promise<ReadonlySet<string>> {
  const changed = await changedSince(tx, close);
  const found = await tx.rows<{ month: string }>(sql`
    SELECT DISTINCT date_trunc('month', received_at AT TIME ZONE ${timeZone})::date AS month
    FROM (SELECT received_at FROM referral WHERE status <> 'decided'
      UNION ALL SELECT received_at FROM referral WHERE id = ANY(${changed})) moving`);
  return new Set(found.map(({ month }) => month));
}
