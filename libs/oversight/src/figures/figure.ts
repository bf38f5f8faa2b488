import type { Versions } from '#deadlines';
import {
  percentage,
  spreadOf,
  type AlertStanding,
  type FigureRow,
  type Measure,
  type Tallies,
  type Tally,
} from '#domain';

/** The days of a figure's cohort, as local dates; `to` is not included. */
export interface Period {
  readonly from: Temporal.PlainDate;
  readonly to: Temporal.PlainDate;
}

/** What one group of a figure comes to. */
export interface Line {
  /** The group's code, such as `red`; `all` for all of them. */
  readonly group: string;
  readonly numerator: number;
  readonly denominator: number;
  readonly notYetDue: number;
  /** A share in per cent with one decimal, or an amount; null of nothing, and of a duration. */
  readonly value: number | null;
  /** Median and 90th percentile in whole minutes; null when not reached, and of what is no duration. */
  readonly median: number | null;
  readonly p90: number | null;
  readonly workingMedian: number | null;
  readonly workingP90: number | null;
}

/** A line with the name of its group, where that is known by another than its code: an agency, a person. */
export interface LabelledLine extends Line {
  readonly label: string;
}

/** A figure: a measure of a cohort as of an instant. */
export interface Figure extends Versions {
  readonly measureId: string;
  readonly isDuration: boolean;
  /** Null for the referrals that are open, whenever they were received. */
  readonly period: Period | null;
  readonly asOf: Temporal.Instant;
  /** The groups in the order of their codes; then, last, `all`. */
  readonly lines: readonly LabelledLine[];
}

/** A figure with the referrals that it was counted from, in the order of their receipt. */
export interface FigureOfReferrals extends Figure {
  readonly of: 'referrals';
  readonly rows: readonly FigureRow[];
}

/** A figure with the alerts that it was counted from, in the order in which they fired. */
export interface FigureOfAlerts extends Figure {
  readonly of: 'alerts';
  readonly rows: readonly FigureRow<AlertStanding>[];
}

/** The order of ratings, weekdays and ages, which no alphabet has. */
const FIRST = [
  ...['red', 'amber', 'green', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'],
  ...['unborn', 'under_1', '1_to_4', '5_to_9', '10_to_15', '16_and_over'],
];
const place = (code: string) => FIRST.findIndex((first) => code.startsWith(first)) + 1 || FIRST.length + 1;

/** Codes of groups in their order, `all` last. */
export function inOrder(codes: readonly string[]): readonly string[] {
  return codes.toSorted((a, b) => Number(a === 'all') - Number(b === 'all') || place(a) - place(b) || (a < b ? -1 : 1));
}

/** The lines of a figure from its tallies. */
export function linesOf({ kind }: Pick<Measure, 'kind'>, { all, groups }: Tallies): readonly Line[] {
  const tallies = new Map([...groups, ['all', all]]);
  return inOrder([...tallies.keys()]).map((code) => lineOf(kind, code, tallies.get(code)!));
}

export function lineOf(kind: Measure['kind'], group: string, tally: Tally): Line {
  const { denominator, notYetDue } = tally;
  const numerator = Math.round(tally.numerator * 10) / 10;
  const counts = { group, numerator, denominator, notYetDue };
  if (kind !== 'duration') {
    const value = kind === 'share' ? percentage(tally) : numerator;
    return { ...counts, value, median: null, p90: null, workingMedian: null, workingP90: null };
  }
  const elapsed = spreadOf(tally, 'elapsed');
  const working = spreadOf(tally, 'working');
  return { ...counts, value: null, ...elapsed, workingMedian: working.median, workingP90: working.p90 };
}
