/** What chance alone explains of a series: each is in the unit of its values. */
export interface XmrLimits {
  readonly mean: number;
  readonly lower: number;
  readonly upper: number;
  /** Two thirds of the way from the mean to a limit. */
  readonly nearLower: number;
  readonly nearUpper: number;
}

/** Why a point is more than chance explains. */
export type XmrSignal =
  /** The point is outside the limits. */
  | 'outside limits'
  /** It is of seven or more points in a row on one side of the mean. */
  | 'run'
  /** It is of seven or more points in a row that all rise or all fall. */
  | 'trend'
  /** It is near a limit, and so is another of three in a row that are all on that side of the mean. */
  | 'near limit';

export interface XmrPoint {
  readonly value: number;
  /** In which the point is judged, null where there are too few points for limits. */
  readonly limits: XmrLimits | null;
  /** None for a last period that is not complete. */
  readonly signals: readonly XmrSignal[];
}

export interface Xmr {
  readonly points: readonly XmrPoint[];
  /** In force at the end of the series. */
  readonly limits: XmrLimits | null;
  /** The limits come from fewer points than make a baseline and a point after it. */
  readonly isTrial: boolean;
}

/** Whether an aim is met as things are: `hit or miss` where chance decides in each period. */
export type XmrAim = 'will be met' | 'will not be met' | 'hit or miss';

const BASELINE = 12;
const FEWEST_FOR_LIMITS = 6;
const RUN = 7;
const LIMIT = 2.66;
const NEAR = (LIMIT * 2) / 3;
/** A moving range of this many average ones is no part of the usual variation: Nelson (1982). */
const FREAK_RANGE = 3.267;
/** Two values that differ by less are one value, which a computer wrote in two ways. */
const ROUNDING = 1e-9;

/**
 * An XmR chart as NHS England's *Making Data Count* draws it, with the rules of its package NHSRplotthedots. Its limits
 * come from the first twelve points and stay as they are, so that a slow decline does not move them along. Fewer than
 * thirteen points give trial limits, and fewer than six give none.
 *
 * @param values in the order of time; a period without a value is left out
 * @param isLastComplete whether the last period has ended: until then its point is not judged and is no part of limits
 * @param rebasedAt places of the points with which a person began a new baseline, with a reason
 */
export function xmr(values: readonly number[], isLastComplete: boolean, rebasedAt: readonly number[] = []): Xmr {
  const complete = isLastComplete ? values.length : values.length - 1;
  const starts = [...new Set([0, ...rebasedAt])].filter((at) => at < values.length).sort((a, b) => a - b);
  const stretches = starts.map((start, index) =>
    stretch(values.slice(start, starts[index + 1]), Math.max(0, complete - start)),
  );
  const last = stretches.at(-1);
  return {
    points: stretches.flatMap(({ points }) => points),
    limits: last?.limits ?? null,
    isTrial: last?.isTrial ?? true,
  };
}

/** The mean of values and what chance explains around it. @param values one or more */
export function xmrLimits(values: readonly number[]): XmrLimits {
  const mean = meanOf(values);
  const ranges = values.slice(1).map((value, index) => Math.abs(value - values[index]!));
  const average = meanOf(ranges);
  // Of an event so rare that most ranges are none, every range that is one would be left out, and the limits be the mean.
  const usual = meanOf(ranges.filter((range) => range < FREAK_RANGE * average)) || average;
  return {
    mean,
    lower: mean - LIMIT * usual,
    upper: mean + LIMIT * usual,
    nearLower: mean - NEAR * usual,
    nearUpper: mean + NEAR * usual,
  };
}

/** @param better which values are better than others */
export function xmrAim({ lower, upper }: XmrLimits, aim: number, better: 'more' | 'less'): XmrAim {
  if (isMore(aim, upper)) return better === 'more' ? 'will not be met' : 'will be met';
  if (isMore(lower, aim)) return better === 'more' ? 'will be met' : 'will not be met';
  return 'hit or miss';
}

function stretch(values: readonly number[], complete: number): Xmr {
  const judged = values.slice(0, complete);
  const isTrial = judged.length <= BASELINE;
  const limits = judged.length < FEWEST_FOR_LIMITS ? null : xmrLimits(judged.slice(0, BASELINE));
  const signals = limits === null ? [] : signalsOf(judged, limits);
  return { points: values.map((value, at) => ({ value, limits, signals: signals[at] ?? [] })), limits, isTrial };
}

function signalsOf(values: readonly number[], limits: XmrLimits): XmrSignal[][] {
  const found = values.map(() => new Set<XmrSignal>());
  const mark = (from: number, to: number, signal: XmrSignal) => {
    for (let at = from; at < to; at++) found[at]!.add(signal);
  };
  const sides = values.map((value) => sideOf(value, limits.mean));
  const steps = values.map((value, at) => (at === 0 ? 0 : sideOf(value, values[at - 1]!)));
  const isOutside = values.map((value) => isMore(value, limits.upper) || isMore(limits.lower, value));
  const isNear = values.map(
    (value, at) => !isOutside[at] && (isMore(value, limits.nearUpper) || isMore(limits.nearLower, value)),
  );
  for (let at = 0; at < values.length; at++) {
    if (isOutside[at]) mark(at, at + 1, 'outside limits');
    if (at + 1 >= RUN && isOneSided(sides.slice(at + 1 - RUN, at + 1))) mark(at + 1 - RUN, at + 1, 'run');
    if (at + 1 >= RUN && isOneSided(steps.slice(at + 2 - RUN, at + 1))) mark(at + 1 - RUN, at + 1, 'trend');
    const three = [at - 2, at - 1, at];
    if (at >= 2 && isOneSided(three.map((one) => sides[one]!)) && three.filter((one) => isNear[one]).length >= 2) {
      for (const one of three) if (isNear[one]) mark(one, one + 1, 'near limit');
    }
  }
  return found.map((signals) => [...signals]);
}

const meanOf = (values: readonly number[]) =>
  values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;

const isOneSided = (sides: readonly number[]) => sides[0] !== 0 && sides.every((side) => side === sides[0]);

const sideOf = (value: number, middle: number) => (isMore(value, middle) ? 1 : isMore(middle, value) ? -1 : 0);

const isMore = (one: number, other: number) => one - other > ROUNDING * Math.max(1, Math.abs(one), Math.abs(other));
