import {
  BREAKDOWNS,
  countFigures,
  emptyTally,
  MEASURES,
  percentage,
  type Breakdown,
  type Measure,
  type Moment,
  type Standing,
  type Tallies,
  type Tally,
} from '#domain';
import type { FigureLine, StoredMinutes } from '#store';
import { inOrder, linesOf, type Line } from '../figures/figure.ts';

/** The breakdowns that a month's figures are kept by: those that pages of thirteen months show. */
const KEPT_BY: readonly (Breakdown | null)[] = [
  null,
  ...BREAKDOWNS.filter((by) => !['month', 'day', 'open-age', 'weekday', 'hour'].includes(by)),
];
/** Some breakdowns are kept only of the measures that pages show by them. */
const ONLY_OF: Partial<Record<Breakdown, RegExp>> = {
  rule: /^overrides|^received/,
  'sign-off-reason': /^sign-off|^returned/,
  'weekday-hour': /^received|^decided-in/,
  outcome: /^received|^time-to-decision|^came-back/,
};

/** The measures of a month: those of its referrals, and not of the ones that are open now. */
const MONTHLY = MEASURES.filter((measure) => measure.kind !== 'amount' || !measure.isOfOpen);

function isKeptBy(measure: Measure, by: Breakdown | null): boolean {
  return by === null || (ONLY_OF[by]?.test(measure.id) ?? true);
}

/** A figure as a month keeps it. */
export interface KeptFigure {
  readonly measure: string;
  readonly brokenBy: string;
  readonly lines: Readonly<Record<string, FigureLine>>;
  readonly minutes: Readonly<Record<string, StoredMinutes>> | null;
}

const FIGURES = MONTHLY.flatMap((measure) =>
  KEPT_BY.filter((by) => isKeptBy(measure, by)).map((by) => ({ measure, by })),
);

/** Every figure that a month keeps, counted from the standings of its referrals. */
export function monthFigures(standings: readonly Standing[], moment: Moment): readonly KeptFigure[] {
  const tallies = countFigures(FIGURES, standings, moment);
  return FIGURES.map(({ measure, by }, place) => kept(measure, by, tallies[place]!));
}

function kept(measure: Measure, by: Breakdown | null, tallies: Tallies): KeptFigure {
  const lines = linesOf(measure, tallies).map((line) => [line.group, storedLine(line)] as const);
  const groups = [...tallies.groups, ['all', tallies.all] as const];
  return {
    measure: measure.id,
    brokenBy: by ?? 'all',
    lines: Object.fromEntries(lines),
    minutes: measure.kind === 'duration' ? Object.fromEntries(groups.map(([code, t]) => [code, minutesOf(t)])) : null,
  };
}

function storedLine({ numerator, denominator, notYetDue, median, p90, workingMedian, workingP90 }: Line): FigureLine {
  return [numerator, denominator, notYetDue, median, p90, workingMedian, workingP90];
}

function minutesOf({ ended, waiting }: Tally): StoredMinutes {
  const both = ({ elapsed, working }: Tally['ended']) => ({ elapsed: [...elapsed], working: [...working] });
  return { ended: both(ended), waiting: both(waiting) };
}

/** The lines of a kept figure, as {@link linesOf} gave them: those of durations are not estimated again. */
export function linesIn({ kind }: Pick<Measure, 'kind'>, lines: KeptFigure['lines']): readonly Line[] {
  return inOrder(Object.keys(lines)).map((group) => {
    const [numerator, denominator, notYetDue, median, p90, workingMedian, workingP90] = lines[group]!;
    const value = kind === 'share' ? percentage({ numerator, denominator }) : kind === 'amount' ? numerator : null;
    return { group, numerator, denominator, notYetDue, value, median, p90, workingMedian, workingP90 };
  });
}

/** The tallies that kept figures stand for. */
export function talliesIn({ lines, minutes }: Pick<KeptFigure, 'lines' | 'minutes'>): Tallies {
  const groups = new Map<string, Tally>();
  for (const [code, [numerator, denominator, notYetDue]] of Object.entries(lines)) {
    const counts = { numerator, denominator, notYetDue };
    groups.set(code, { ...emptyTally(), ...counts, ...mapsOf(minutes?.[code]) });
  }
  const all = groups.get('all') ?? emptyTally();
  groups.delete('all');
  return { all, groups };
}

function mapsOf(minutes: StoredMinutes | undefined): Partial<Pick<Tally, 'ended' | 'waiting'>> {
  if (minutes === undefined) return {};
  const both = ({ elapsed, working }: StoredMinutes['ended']) => ({
    elapsed: new Map(elapsed),
    working: new Map(working),
  });
  return { ended: both(minutes.ended), waiting: both(minutes.waiting) };
}
