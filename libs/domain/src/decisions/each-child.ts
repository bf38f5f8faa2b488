import type { Outcome, ThresholdLevel } from '../code-lists/outcomes.ts';
import { isBlank } from '../text/blank.ts';

/** What is to happen for a child, and how much need there is. */
export interface Decided {
  readonly outcome: Outcome;
  readonly thresholdLevel: ThresholdLevel;
}

/** What a decision on several children says of one of them. */
export interface ChildDecision {
  /** Among the children of the referral, from 0. */
  readonly position: number;
  /** Why the child is left out; null for one who is not. */
  readonly leftOutBecause: string | null;
  /** Another outcome than that of the decision, for this child; null where it is the same. */
  readonly other: Decided | null;
}

/**
 * Whether a decision says of each child of a referral what it means for it, once: the child is included, or left out
 * with a reason. At least one is included. A decision that says nothing of any child is the same for all.
 *
 * @param count of the referral's children
 */
export function saysOfEachChild(children: readonly ChildDecision[], count: number): boolean {
  if (children.length === 0) return true;
  const positions = new Set(children.map(({ position }) => position));
  const isOfEach = children.length === count && positions.size === count && [...positions].every((one) => one < count);
  const isRight = children.every(
    ({ leftOutBecause, other }) => leftOutBecause === null || (!isBlank(leftOutBecause) && other === null),
  );
  return isOfEach && isRight && children.some(({ leftOutBecause }) => leftOutBecause === null);
}

/** Everything that is decided, the decision's own first: each is judged by the rules of sign-off. */
export function allDecided(own: Decided, others: readonly Decided[]): readonly [Decided, ...Decided[]] {
  return [{ outcome: own.outcome, thresholdLevel: own.thresholdLevel }, ...others];
}

/** The outcomes of single children that differ from the decision's own. */
export function othersOf(children: readonly ChildDecision[]): readonly Decided[] {
  return children.flatMap(({ other }) => (other === null ? [] : [other]));
}
