import { groupsOf, type Breakdown } from './breakdown.ts';
import { countInto, type CountedAs } from './counted-as.ts';
import type { Measure } from './measure.ts';
import type { Moment } from './moment.ts';
import type { Standing } from './standing.ts';
import { addTally, emptyTally, isEmpty, type Tally } from './tally.ts';

/** The tallies of a figure by the code of the group, and that of all. */
export interface Tallies {
  readonly all: Tally;
  readonly groups: Map<string, Tally>;
}

/** A referral, or an alert, behind a figure. */
export interface FigureRow<S = Standing> {
  readonly standing: S;
  readonly countedAs: CountedAs;
  readonly groups: readonly string[];
}

/** A figure with the rows that it was counted from. */
export interface CountedFigure<S = Standing> extends Tallies {
  readonly rows: readonly FigureRow<S>[];
}

const noTallies = (): Tallies => ({ all: emptyTally(), groups: new Map() });

/**
 * Counts a measure, whole and by groups, and gives the rows behind it. The same call makes both, so they cannot differ
 * (K10).
 *
 * @param groups the codes of the groups that one belongs to
 */
export function countRows<S>(
  measure: Measure<S>,
  groups: (standing: S, moment: Moment) => readonly string[],
  standings: Iterable<S>,
  moment: Moment,
): CountedFigure<S> {
  const tallies = noTallies();
  const rows: FigureRow<S>[] = [];
  for (const standing of standings) {
    const codes = groups(standing, moment);
    const countedAs = countOne(measure, standing, moment, [{ tallies, codes }]);
    if (countedAs !== null) rows.push({ standing, countedAs, groups: codes });
  }
  return { ...tallies, rows };
}

/** Counts a measure of referrals. @param by null for the figure of all alone */
export function countFigure(
  measure: Measure,
  by: Breakdown | null,
  standings: Iterable<Standing>,
  moment: Moment,
): CountedFigure {
  return countRows(measure, (one, at) => (by === null ? [] : groupsOf(by, one, at)), standings, moment);
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
    const groups = new Map(breakdowns.map((by) => [by, groupsOf(by, standing, moment)]));
    for (const [measure, ones] of ofMeasure) {
      const into = ones.map(({ by, tallies }) => ({ tallies, codes: by === null ? [] : groups.get(by)! }));
      countOne(measure, standing, moment, into);
    }
  }
  return counted.map(({ tallies }) => tallies);
}

function countOne<S>(
  measure: Measure<S>,
  standing: S,
  moment: Moment,
  into: readonly { readonly tallies: Tallies; readonly codes: readonly string[] }[],
): CountedAs | null {
  const tallies = into.flatMap(({ tallies: { all, groups }, codes }) => [
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

/**
 * The tallies of a cohort after some of its referrals moved on.
 *
 * @param then the tallies of those that moved, as they were counted before
 * @param now the tallies of the same ones, and of new ones
 */
export function movedOn(tallies: Tallies, then: Tallies, now: Tallies): Tallies {
  const moved = addTallies([tallies, now]);
  addTally(moved.all, then.all, -1);
  for (const [code, tally] of then.groups) {
    const group = moved.groups.get(code) ?? newGroup(moved.groups, code);
    addTally(group, tally, -1);
    if (isEmpty(group)) moved.groups.delete(code);
  }
  return moved;
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
