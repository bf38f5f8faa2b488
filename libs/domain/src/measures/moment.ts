import type { WorkingCalendar } from '../working-time/working-calendar.ts';
import { WorkingTimeUntil } from '../working-time/working-time-until.ts';

/** The instant that a figure is as of, with the calendar that was in force then: it counts the time of who still waits. */
export interface Moment {
  readonly asOf: Temporal.Instant;
  readonly calendar: WorkingCalendar;
}

const KNOWN = new WeakMap<Moment, WorkingTimeUntil>();

/** Working time up to the instant of a figure. */
export function timeUntil(moment: Moment): WorkingTimeUntil {
  const known = KNOWN.get(moment) ?? new WorkingTimeUntil(moment.calendar, moment.asOf);
  KNOWN.set(moment, known);
  return known;
}
