import { Injectable } from '@nestjs/common';
import { Policies, type Versions } from '#deadlines';
import {
  countFigures,
  localDate,
  movedOn,
  type FigureToCount,
  type Moment,
  type Standing,
  type Tallies,
} from '#domain';
import { sql, type FigureLine, type StoredMinutes, type Transaction } from '#store';
import { linesIn, talliesIn } from '../closing/month-figures.ts';
import { receivedInMonth } from '../closing/month.ts';
import { linesOf, type Line } from '../figures/figure.ts';
import { monthsUpTo } from './months-shown.ts';
import { lastClose } from '../standings/last-close.ts';
import type { Moving } from '../standings/moving.ts';
import { Standings } from '../standings/standings.ts';
import { UntilNextClose } from '../standings/until-next-close.ts';

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

/** A month as pages show it. */
export interface ShownMonth extends Omit<Month, 'figures'> {
  readonly figures: readonly Omit<FigureOfMonth, 'tallies'>[];
}

/** Figures of thirteen months, the last of which is not complete, as pages show them. */
export interface ShownMonths extends Omit<Months, 'months'> {
  readonly months: readonly ShownMonth[];
}

/** Figures of thirteen months, the last of which is not complete. */
export interface Months extends Versions {
  readonly asOf: Temporal.Instant;
  readonly timeZone: string;
  readonly months: readonly Month[];
}

interface Kept extends Versions {
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
  private readonly keptOfClose = new UntilNextClose<ReadonlyMap<string, readonly Kept[]>>();

  constructor(
    private readonly policies: Policies,
    private readonly standings: Standings,
  ) {}

  /**
   * The figures of the thirteen months up to an instant.
   *
   * @param at an instant that has passed, as of which all is counted; or `last close`, of which the figures are kept
   */
  async read(tx: Transaction, figures: readonly FigureToCount[], at: Temporal.Instant | 'last close'): Promise<Months> {
    const close = await lastClose(tx);
    const asOf = at === 'last close' ? (close ?? tx.now) : at;
    const { calendar, policyVersion, calendarVersion } = await this.policies.inForceAt(asOf, tx);
    const shown = monthsUpTo(localDate(calendar, asOf));
    const kept = at === 'last close' ? await keptFigures(tx, figures, shown) : NOTHING_KEPT;
    const months: Month[] = [];
    for (const month of shown) {
      const stored = fromKept(figures, kept.get(month.toString()) ?? []);
      const ofMonth = stored ?? (await this.counted(tx, month, figures, { asOf, calendar }));
      months.push({ month, isComplete: month !== shown.at(-1), figures: ofMonth });
    }
    return { asOf, timeZone: calendar.timeZone, policyVersion, calendarVersion, months };
  }

  /**
   * The figures of the thirteen months up to now: as they were kept, without what moved as it was, with what moved as it is.
   * Right for measures in which a decided referral counts the same for ever.
   */
  async now(tx: Transaction, figures: readonly FigureToCount[], moving: Moving): Promise<ShownMonths> {
    const { calendar, policyVersion, calendarVersion } = await this.policies.inForce(tx);
    const moment = { asOf: tx.now, calendar };
    const shown = monthsUpTo(localDate(calendar, tx.now));
    const monthOf = ({ receivedAt }: Standing) => localDate(calendar, receivedAt).with({ day: 1 }).toString();
    const [then, now] = [Map.groupBy(moving.then, monthOf), Map.groupBy(moving.now, monthOf)];
    const moved = shown.filter((month) => then.has(month.toString()) || now.has(month.toString()));
    const asked = [...figures.map(({ measure, by }) => `${measure.id} ${by}`), shown[0], 'minutes', ...moved].join();
    const kept = await this.keptOfClose.of(tx, asked, () => keptFigures(tx, figures, shown, moved));
    const months: ShownMonth[] = [];
    for (const month of shown) {
      const name = month.toString();
      const inMonth = { then: then.get(name) ?? [], now: now.get(name) ?? [] };
      const ofMonth =
        (await this.movedOn(figures, keptBy(moving.close, kept.get(name)), inMonth, moment)) ??
        (await this.counted(tx, month, figures, moment));
      months.push({ month, isComplete: month !== shown.at(-1), figures: ofMonth });
    }
    return { asOf: tx.now, timeZone: calendar.timeZone, policyVersion, calendarVersion, months };
  }

  /** A month's kept figures with what moved since; null when one of them was not kept. */
  private async movedOn(
    figures: readonly FigureToCount[],
    kept: readonly Kept[],
    { then, now }: Pick<Moving, 'then' | 'now'>,
    moment: Moment,
  ): Promise<readonly FigureOfMonth[] | null> {
    const stored = fromKept(figures, kept);
    if (stored === null || (then.length === 0 && now.length === 0)) return stored;
    const { calendar } = await this.policies.of(kept[0]!);
    const before = countFigures(figures, then, { asOf: kept[0]!.asOf, calendar });
    const since = countFigures(figures, now, moment);
    return stored.map(({ tallies, frozen }, place) => {
      const moved = movedOn(tallies, before[place]!, since[place]!);
      return { tallies: moved, lines: linesOf(figures[place]!.measure, moved), frozen };
    });
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

/** @param withMinutes the months of which each duration is wanted, and not the median alone */
async function keptFigures(
  tx: Transaction,
  figures: readonly FigureToCount[],
  months: readonly Temporal.PlainDate[],
  withMinutes = months,
): Promise<ReadonlyMap<string, readonly Kept[]>> {
  const kept = await tx.rows<Kept>(sql`
    SELECT f.month, f.measure, f.broken_by AS "brokenBy", f.is_frozen AS "isFrozen", f.as_of AS "asOf",
      f.policy_version AS "policyVersion", f.calendar_version AS "calendarVersion", f.lines,
      CASE WHEN f.month = ANY(${withMinutes.map(String)}::date[]) THEN f.minutes END AS minutes
    FROM month_figure f
    JOIN unnest(${figures.map(({ measure }) => measure.id)}::text[], ${figures.map(({ by }) => by ?? 'all')}::text[])
      asked (measure, broken_by) USING (measure, broken_by)
    WHERE f.month = ANY(${months.map(String)}::date[])`);
  return Map.groupBy(kept, ({ month }) => month);
}

const NOTHING_KEPT: ReadonlyMap<string, readonly Kept[]> = new Map();

/** What was kept of a month by a close, or before; nothing of what a later one keeps at this very moment. */
function keptBy(close: Temporal.Instant | null, kept: readonly Kept[] = []): readonly Kept[] {
  const latest = kept.filter(({ isFrozen }) => !isFrozen);
  const isKept = close !== null && latest.every(({ asOf }) => Temporal.Instant.compare(asOf, close) <= 0);
  return isKept ? [...latest, ...kept.filter(({ isFrozen }) => isFrozen)] : [];
}
