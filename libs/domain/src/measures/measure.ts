import type { Moment } from './moment.ts';
import type { Standing } from './standing.ts';
import type { InAmount, InDuration, InShare } from './tally.ts';

/** A measure in words, as it is printed beside its figures. */
interface Words {
  readonly id: string;
  readonly title: string;
  /** Which referrals or alerts are looked at. */
  readonly cohort: string;
  readonly numerator: string;
  readonly denominator: string;
  /** By which clock and which limit. */
  readonly clock: string;
  readonly exclusions: string;
  /** Of what it is a number. */
  readonly unit: 'referrals' | 'alerts' | 'minutes' | 'child-hours';
  /** Whether more is better (1), worse (-1), or neither (0). */
  readonly better: -1 | 0 | 1;
  readonly source: string;
}

/** How much of a cohort met something. */
export interface ShareMeasure<S = Standing> extends Words {
  readonly kind: 'share';
  /** @returns null for a referral outside the cohort */
  readonly count: (standing: S, moment: Moment) => InShare | null;
}

/** How long something took, in minutes. */
export interface DurationMeasure<S = Standing> extends Words {
  readonly kind: 'duration';
  readonly count: (standing: S, moment: Moment) => InDuration | null;
}

/** How much of something there is. */
export interface AmountMeasure<S = Standing> extends Words {
  readonly kind: 'amount';
  readonly count: (standing: S, moment: Moment) => InAmount | null;
  /** Whether it is about the referrals that are open at the instant, whenever they were received. */
  readonly isOfOpen: boolean;
}

/** One definition of a measure: its words and its rule, which decides for each referral, or each alert, alone. */
export type Measure<S = Standing> = ShareMeasure<S> | DurationMeasure<S> | AmountMeasure<S>;
