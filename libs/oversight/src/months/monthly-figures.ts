import { Injectable } from '@nestjs/common';
import { Policies, type Versions } from '#deadlines';
import { countFigures, localDate, type FigureToCount, type Moment, type Standing, type Tallies } from '#domain';
import { sql, type FigureLine, type StoredMinutes, type Transaction } from '#store';
import { talliesIn } from '../closing/month-figures.ts';
import { receivedInMonth } from '../closing/month.ts';
import { linesOf, type Line } from '../figures/figure.ts';
import { Standings } from '../standings/standings.ts';

/** So many months are shown: the same month of the year before, and all since. */
export const MONTHS_SHOWN = 13;

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
  /** The instant as of which its figures are: the last close, or now. */
  readonly asOf: Temporal.Instant;
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
   * The figures of the thirteen months up to an instant. For now, months before the current one are as they were kept at
   * the last close; the current one, and any that no close has kept, is counted now. For an instant of before, every
   * month is counted as of it.
   *
   * @param asOf null for now
   */
  async read(tx: Transaction, figures: readonly FigureToCount[], asOf: Temporal.Instant | null): Promise<Months> {
    const at = asOf ?? tx.now;
    const { calendar, policyVersion, calendarVersion } = await this.policies.inForceAt(at, tx);
    const moment = { asOf: at, calendar };
    const current = localDate(calendar, at).with({ day: 1 });
    const kept = asOf === null ? await keptFigures(tx, figures, current) : new Map<string, readonly Kept[]>();
    const months: Month[] = [];
    for (let back = MONTHS_SHOWN - 1; back >= 0; back--) {
      const month = current.subtract({ months: back });
      const stored = back === 0 ? null : fromKept(month, figures, kept.get(month.toString()) ?? []);
      months.push(stored ?? (await this.counted(tx, month, figures, moment, back > 0)));
    }
    return { asOf: at, timeZone: calendar.timeZone, policyVersion, calendarVersion, months };
  }

  private async counted(
    tx: Transaction,
    month: Temporal.PlainDate,
    figures: readonly FigureToCount[],
    moment: Moment,
    isComplete: boolean,
  ): Promise<Month> {
    const cohort = receivedInMonth(month, moment.calendar.timeZone);
    const standings: readonly Standing[] = await this.standings.of(tx, cohort, moment.asOf);
    const tallies = countFigures(figures, standings, moment);
    return {
      ...{ month, isComplete, asOf: moment.asOf },
      figures: figures.map(({ measure }, place) => ({
        tallies: tallies[place]!,
        lines: linesOf(measure, tallies[place]!),
        frozen: null,
      })),
    };
  }
}

/** A month's figures as they were kept; null when one of them was not. */
function fromKept(month: Temporal.PlainDate, figures: readonly FigureToCount[], kept: readonly Kept[]): Month | null {
  const found = figures.map(({ measure, by }) => {
    const ofFigure = kept.filter((one) => one.measure === measure.id && one.brokenBy === (by ?? 'all'));
    const latest = ofFigure.find(({ isFrozen }) => !isFrozen);
    if (latest === undefined) return null;
    const tallies = talliesIn(latest);
    return { latest, figure: { tallies, lines: linesOf(measure, tallies), frozen: frozenIn(ofFigure, latest) } };
  });
  if (found.some((one) => one === null)) return null;
  const [first] = found;
  return { month, isComplete: true, asOf: first!.latest.asOf, figures: found.map((one) => one!.figure) };
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
  current: Temporal.PlainDate,
): Promise<ReadonlyMap<string, readonly Kept[]>> {
  const from = current.subtract({ months: MONTHS_SHOWN - 1 }).toString();
  const kept = await tx.rows<Kept>(sql`
    SELECT f.month, f.measure, f.broken_by AS "brokenBy", f.is_frozen AS "isFrozen", f.as_of AS "asOf", f.lines, f.minutes
    FROM month_figure f
    JOIN unnest(${figures.map(({ measure }) => measure.id)}::text[], ${figures.map(({ by }) => by ?? 'all')}::text[])
      asked (measure, broken_by) USING (measure, broken_by)
    WHERE f.month >= ${from}::date AND f.month < ${current.toString()}::date`);
  return Map.groupBy(kept, ({ month }) => month);
}
