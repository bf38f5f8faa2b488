import { addWorkingMinutes, subtractWorkingMinutes } from './working-minutes.ts';
import type { WorkingCalendar } from './working-calendar.ts';
import { workingDaysAfter } from './working-days.ts';

/**
 * A length of time on one of the policy's clocks (policy key `workingDayRule`). Elapsed minutes and hours run through
 * nights, weekends and holidays. Working hours and days run only while the front door is open.
 */
export type Span =
  | { readonly elapsedMinutes: number }
  | { readonly elapsedHours: number }
  | { readonly workingHours: number }
  | { readonly workingDays: number };

/** A span that can be counted back from an instant. The rule for working days only counts forward. */
export type SpanBefore = Exclude<Span, { readonly workingDays: number }>;

/**
 * The end of a span that begins at an instant.
 *
 * @param from the instant at which the span begins
 * @throws RangeError for a span in working time, when the calendar has no working day within a year
 */
export function after(calendar: WorkingCalendar, from: Temporal.Instant, span: Span): Temporal.Instant {
  if ('elapsedMinutes' in span) return from.add({ minutes: span.elapsedMinutes });
  if ('elapsedHours' in span) return from.add({ hours: span.elapsedHours });
  if ('workingHours' in span) return addWorkingMinutes(calendar, from, span.workingHours * 60);
  return workingDaysAfter(calendar, from, span.workingDays);
}

/**
 * The beginning of a span that ends at an instant.
 *
 * @param due the instant at which the span ends
 * @throws RangeError for working hours, when the calendar has no working day within a year
 */
export function before(calendar: WorkingCalendar, due: Temporal.Instant, span: SpanBefore): Temporal.Instant {
  if ('elapsedMinutes' in span) return due.subtract({ minutes: span.elapsedMinutes });
  if ('elapsedHours' in span) return due.subtract({ hours: span.elapsedHours });
  return subtractWorkingMinutes(calendar, due, span.workingHours * 60);
}
