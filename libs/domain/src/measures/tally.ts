import { kaplanMeierQuantile } from '../statistics/survival.ts';

/** How one standing counts in a share: met, not met, or not yet due and so in neither number. */
export type InShare = 'met' | 'not_met' | 'not_yet_due';

/** How one standing counts in a duration. Both clocks, in whole minutes. */
export interface InDuration {
  /** Whether the duration has ended; otherwise the referral still waits, and is known to take longer. */
  readonly hasEnded: boolean;
  readonly elapsed: number;
  readonly working: number;
}

/** How one standing counts in an amount, such as child-hours. */
export interface InAmount {
  readonly amount: number;
  /** Whether it is within every limit still. */
  readonly isNotYetDue: boolean;
}

/** How often each duration of whole minutes occurs. */
export type Minutes = Map<number, number>;

/** What a group of standings comes to. Two tallies of one measure add up to the tally of both groups. */
export interface Tally {
  numerator: number;
  denominator: number;
  notYetDue: number;
  readonly ended: { readonly elapsed: Minutes; readonly working: Minutes };
  readonly waiting: { readonly elapsed: Minutes; readonly working: Minutes };
}

export function emptyTally(): Tally {
  const both = () => ({ elapsed: new Map<number, number>(), working: new Map<number, number>() });
  return { numerator: 0, denominator: 0, notYetDue: 0, ended: both(), waiting: both() };
}

/** Whether nothing is counted in it. */
export function isEmpty({ denominator, notYetDue }: Tally): boolean {
  return denominator === 0 && notYetDue === 0;
}

export function addShare(tally: Tally, counted: InShare): void {
  if (counted === 'not_yet_due') tally.notYetDue++;
  else tally.denominator++;
  if (counted === 'met') tally.numerator++;
}

export function addDuration(tally: Tally, { hasEnded, elapsed, working }: InDuration): void {
  tally.denominator++;
  if (hasEnded) tally.numerator++;
  const into = hasEnded ? tally.ended : tally.waiting;
  addTo(into.elapsed, elapsed, 1);
  addTo(into.working, working, 1);
}

export function addAmount(tally: Tally, { amount, isNotYetDue }: InAmount): void {
  tally.numerator += amount;
  tally.denominator++;
  if (isNotYetDue) tally.notYetDue++;
}

/** Adds the second tally to the first so many times; minus once takes away what was added before. */
export function addTally(tally: Tally, other: Tally, times: 1 | -1 = 1): void {
  tally.numerator += times * other.numerator;
  tally.denominator += times * other.denominator;
  tally.notYetDue += times * other.notYetDue;
  for (const which of ['ended', 'waiting'] as const) {
    for (const clock of ['elapsed', 'working'] as const) {
      for (const [minutes, count] of other[which][clock]) addTo(tally[which][clock], minutes, times * count);
    }
  }
}

function addTo(minutes: Minutes, key: number, count: number): void {
  const sum = (minutes.get(key) ?? 0) + count;
  if (sum === 0) minutes.delete(key);
  else minutes.set(key, sum);
}

/** Median and 90th percentile in whole minutes; null where fewer have ended than that share: "not reached". */
export interface Spread {
  readonly median: number | null;
  readonly p90: number | null;
}

/** The spread of a tally of durations by one clock, the waiting ones counted as censored (Kaplan and Meier 1958). */
export function spreadOf({ ended, waiting }: Tally, clock: 'elapsed' | 'working'): Spread {
  const quantile = (q: number) => kaplanMeierQuantile(ended[clock], waiting[clock], q);
  return { median: quantile(0.5), p90: quantile(0.9) };
}

/** A share in per cent, one decimal; null of nothing. */
export function percentage({ numerator, denominator }: Pick<Tally, 'numerator' | 'denominator'>): number | null {
  return denominator === 0 ? null : Math.round((numerator / denominator) * 1000) / 10;
}
