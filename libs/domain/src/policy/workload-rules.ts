import { RATINGS, type Rating } from '../rating/rating.ts';
import type { PolicyFault } from './policy-fault.ts';
import { isWholeIn } from './span-faults.ts';

/** What a policy says of how much work a person may be given. */
export interface WorkloadRules {
  readonly workload: {
    /** How much a referral counts, by its rating (policy key `workload`). */
    readonly points: Readonly<Record<Rating, number>>;
    /** How much each of its children counts beside that, from the third on. */
    readonly eachChildBeyondTwo: number;
    /** Points that a person with full hours may have before only a red is given to them. */
    readonly cap: number;
  };
}

/**
 * What the service ships with. There is no national figure (ADCS calls one number arbitrary); Slough's points say that an
 * urgent case is worth several others. The cap is about thirty ambers, which is more than a day's work: an authority
 * sets its own.
 */
export const DEFAULT_WORKLOAD_RULES: WorkloadRules = {
  workload: { points: { red: 4, amber: 2, green: 1 }, eachChildBeyondTwo: 0.5, cap: 60 },
};

const MOST_POINTS = 20;
const HIGHEST_CAP = 1_000;

/** The faults of these rules; an empty list when they may be published. */
export function workloadFaults({ workload }: WorkloadRules): readonly PolicyFault[] {
  const { points, eachChildBeyondTwo, cap } = workload;
  const fault = (at: string, message: string) => ({ at: `workload.${at}`, message });
  return [
    ...RATINGS.filter((rating) => !isWholeIn(points[rating], 1, MOST_POINTS)).map((rating) =>
      fault(`points.${rating}`, `Enter whole points from 1 to ${MOST_POINTS}`),
    ),
    ...(isHalvesIn(eachChildBeyondTwo, 0, MOST_POINTS)
      ? []
      : [fault('eachChildBeyondTwo', `Enter points from 0 to ${MOST_POINTS}, such as 0.5`)]),
    ...(isWholeIn(cap, 1, HIGHEST_CAP) ? [] : [fault('cap', `Enter whole points from 1 to ${HIGHEST_CAP}`)]),
  ];
}

function isHalvesIn(value: number, least: number, most: number): boolean {
  return Number.isInteger(value * 2) && value >= least && value <= most;
}
