import { groupsOf, type Breakdown } from './breakdown.ts';
import { countInto, type CountedAs } from './counted-as.ts';
import type { Measure } from './measure.ts';
import type { Moment } from './moment.ts';
import type { Standing } from './standing.ts';
import { addTally, emptyTally, type Tally } from './tally.ts';

/** The tallies of a figure by the code of the group, and that of all. */
export interface Tallies {
  readonly all: Tally;
  readonly groups: Map<string, Tally>;
}

/** A referral behind a figure. */
export interface FigureRow {
  readonly standing: Standing;
  readonly countedAs: CountedAs;
  readonly groups: readonly string[];
}

/** A figure with the referrals that it was counted from. */
export interface CountedFigure extends Tallies {
  readonly rows: readonly FigureRow[];
}

const noTallies = (): Tallies => ({ all: emptyTally(), groups: new Map() });

/**
 * Counts a measure over standings, whole and by groups, and gives the rows behind it. The same call makes both, so they
 * cannot differ (K10).
 *
 * @param by null for the figure of all alone
 */
export function countFigure(
  measure: Measure,
  by: Breakdown | null,
  standings: Iterable<Standing>,
  moment: Moment,
): CountedFigure {
  const tallies = noTallies();
  const rows: FigureRow[] = [];
  for (const standing of standings) {
    const groups = by === null ? [] : groupsOf(by, standing, moment);
    const countedAs = countOne(measure, standing, moment, [{ tallies, groups }]);
    if (countedAs !== null) rows.push({ standing, countedAs, groups });
  }
  return { ...tallies, rows };
}

/** A figure to be counted beside others. */
export interface FigureToCount {
  readonly measure: Measure;
  readonly by: Breakdown | null;
}

/**
 * Counts several figures over the same standings: what {@link countFigure} gives for each, without the rows. A referral
 * is looked at once for each measure, however many breakdowns the measure has.
 *
 * @returns the tallies in the order of the figures
 */
export function countFigures(
  figures: readonly FigureToCount[],
  standings: Iterable<Standing>,
  moment: Moment,
): readonly Tallies[] {
  const counted = figures.map(({ measure, by }) => ({ measure, by, tallies: noTallies() }));
  const ofMeasure = Map.groupBy(counted, ({ measure }) => measure);
  const breakdowns = [...new Set(figures.map(({ by }) => by))].filter((by) => by !== null);
  for (const standing of standings) {
    const codes = new Map(breakdowns.map((by) => [by, groupsOf(by, standing, moment)]));
    for (const [measure, ones] of ofMeasure) {
      const into = ones.map(({ by, tallies }) => ({ tallies, groups: by === null ? [] : codes.get(by)! }));
      countOne(measure, standing, moment, into);
    }
  }
  return counted.map(({ tallies }) => tallies);
}

function countOne(
  measure: Measure,
  standing: Standing,
  moment: Moment,
  into: readonly { readonly tallies: Tallies; readonly groups: readonly string[] }[],
): CountedAs | null {
  const tallies = into.flatMap(({ tallies: { all, groups }, groups: codes }) => [
    all,
    ...codes.map((code) => groups.get(code) ?? newGroup(groups, code)),
  ]);
  return countInto(tallies, measure, standing, moment);
}

function newGroup(groups: Map<string, Tally>, code: string): Tally {
  const tally = emptyTally();
  groups.set(code, tally);
  return tally;
}

/** Adds up the tallies of parts of a cohort that have no referral in common. */
export function addTallies(parts: Iterable<Tallies>): Tallies {
  const sum = noTallies();
  for (const { all, groups } of parts) {
    addTally(sum.all, all);
    for (const [code, tally] of groups) addTally(sum.groups.get(code) ?? newGroup(sum.groups, code), tally);
  }
  return sum;
}
