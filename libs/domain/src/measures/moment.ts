import type { WorkingCalendar } from '../working-time/working-calendar.ts';

/** The instant that a figure is as of, with the calendar that was in force then: it counts the time of who still waits. */
export interface Moment {
  readonly asOf: Temporal.Instant;
  readonly calendar: WorkingCalendar;
}
