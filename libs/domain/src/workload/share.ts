import type { WorkloadRules } from '../policy/workload-rules.ts';
import type { Rating } from '../rating/rating.ts';

/** How much a referral counts (policy key `workload`). @param children how many it is about */
export function pointsOf({ workload }: WorkloadRules, rating: Rating, children: number): number {
  return workload.points[rating] + Math.max(children - 2, 0) * workload.eachChildBeyondTwo;
}

/** The points that a person may have. @param hoursPercent of full hours, from 1 to 100 */
export function capOf({ workload }: WorkloadRules, hoursPercent: number): number {
  return (workload.cap * hoursPercent) / 100;
}

/** How a person stands, to be given work. */
export interface CanTake {
  readonly id: string;
  readonly isOnDuty: boolean;
  readonly isAway: boolean;
  /** Whether the person works the queue, and is no manager. */
  readonly isWorker: boolean;
  /** The points of what the person has. */
  readonly points: number;
  readonly cap: number;
  /** Whether the person had an earlier referral of one of the children. */
  readonly knowsChild: boolean;
  /** Milliseconds since the epoch at which the person was last given work; null for one who has none. */
  readonly lastTakenAt: number | null;
}

/** What is to be given. */
export interface ToGive {
  readonly points: number;
  readonly isRed: boolean;
}

/** The share of the cap that a person has after taking it. */
export function shareAfter({ points, cap }: Pick<CanTake, 'points' | 'cap'>, given: ToGive): number {
  return (points + given.points) / cap;
}

/** Whether a person has room for it: a red is given to any person who is at work. */
export function hasRoom(person: Pick<CanTake, 'points' | 'cap'>, given: ToGive): boolean {
  return given.isRed || shareAfter(person, given) <= 1;
}

/**
 * The people in the order in which they are proposed: those at work before those who are away, those with room before
 * those without, who knows the child first, then those on duty, those who work the queue, and among them the lowest
 * share of capacity after taking it. Of equal shares, the person who has waited longest for work.
 */
export function inOrderOfProposal<P extends CanTake>(people: readonly P[], given: ToGive): readonly P[] {
  return people.toSorted(
    (a, b) =>
      Number(a.isAway) - Number(b.isAway) ||
      Number(hasRoom(b, given)) - Number(hasRoom(a, given)) ||
      Number(b.knowsChild) - Number(a.knowsChild) ||
      Number(b.isOnDuty) - Number(a.isOnDuty) ||
      Number(b.isWorker) - Number(a.isWorker) ||
      shareAfter(a, given) - shareAfter(b, given) ||
      (a.lastTakenAt ?? 0) - (b.lastTakenAt ?? 0),
  );
}

/** Those who know the child and could take it: giving it to another person needs a reason. */
export function whoKnowsAndCan<P extends CanTake>(people: readonly P[], given: ToGive): readonly P[] {
  return people.filter((person) => person.knowsChild && !person.isAway && hasRoom(person, given));
}
