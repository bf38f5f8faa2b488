import type { AlertGroup, TriagePolicy } from '../policy/triage-policy.ts';
import { RATINGS } from '../rating/rating.ts';
import type { WorkingCalendar } from '../working-time/working-calendar.ts';
import { groupsOnDuty, type DutyRota } from './rota.ts';

/** A time at which an alert for a group would go to others, because nobody of the group answers. */
export interface RotaGap {
  readonly group: AlertGroup;
  readonly from: Temporal.Instant;
  readonly until: Temporal.Instant;
}

/** How far ahead a gap is looked for. */
export const GAP_HORIZON_DAYS = 7;

/** The gaps of a rota in a stretch of time, in order, one after the other of a group joined. */
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
