import type { AlertGroup, TriagePolicy } from '../policy/triage-policy.ts';
import { RATINGS } from '../rating/rating.ts';
import type { WorkingCalendar } from '../working-time/working-calendar.ts';
import { groupsOnDuty, type DutyRota } from './rota.ts';

/** A time in which no person of a group answers, so that an alert goes to the next more senior group. */
export interface RotaGap {
  readonly group: AlertGroup;
  readonly from: Temporal.Instant;
  readonly until: Temporal.Instant;
}

/** Days ahead in which the service looks for gaps and alerts the managers (decision record 12). */
export const GAP_HORIZON_DAYS = 7;

/**
 * The gaps of a rota. Only the groups that the policy's escalations tell, or that stand for them while the front door
 * is shut, can have a gap.
 *
 * @param from the first instant that is looked at
 * @param until the end of the time that is looked at
 * @returns the gaps in the order of their beginnings; gaps of one group that touch are one gap
 */
export function rotaGaps(
  policy: TriagePolicy,
  calendar: WorkingCalendar,
  rota: DutyRota,
  from: Temporal.Instant,
  until: Temporal.Instant,
): readonly RotaGap[] {
  const told = new Set(RATINGS.flatMap((rating) => policy.ratings[rating].escalation.flatMap(({ tell }) => tell)));
  const changes = rota.changes(from, until);
  const gaps: RotaGap[] = [];
  changes.forEach((start, index) => {
    const end = changes[index + 1] ?? until;
    for (const group of groupsOnDuty(calendar, [...told], start)) {
      if (rota.onDuty(group, start).length > 0) continue;
      const open = gaps.findLastIndex((gap) => gap.group === group);
      if (open >= 0 && gaps[open]!.until.equals(start)) gaps[open] = { ...gaps[open]!, until: end };
      else gaps.push({ group, from: start, until: end });
    }
  });
  return gaps;
}
