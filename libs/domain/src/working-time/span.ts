import { addWorkingMinutes, subtractWorkingMinutes } from './working-minutes.ts';
import type { WorkingCalendar } from './working-calendar.ts';
import { workingDaysAfter } from './working-days.ts';

/** A length of time on one of the policy's clocks: elapsed (nights and weekends count) or working. */
export type Span =
  | { readonly elapsedMinutes: number }
  | { readonly elapsedHours: number }
  | { readonly workingHours: number }
  | { readonly workingDays: number };

/** A span that can be counted back from an instant: the working-day rule only counts forward. */
export type SpanBefore = Exclude<Span, { readonly workingDays: number }>;

/** When a span that began at `from` is up. */
export function after(calendar: WorkingCalendar, from: Temporal.Instant, span: Span): Temporal.Instant {
  if ('elapsedMinutes' in span) return from.add({ minutes: span.elapsedMinutes });
  if ('elapsedHours' in span) return from.add({ hours: span.elapsedHours });
  if ('workingHours' in span) return addWorkingMinutes(calendar, from, span.workingHours * 60);
  return workingDaysAfter(calendar, from, span.workingDays);
}

/** When a span that ends at `due` begins. */
export function before(calendar: WorkingCalendar, due: Temporal.Instant, span: SpanBefore): Temporal.Instant {
  if ('elapsedMinutes' in span) return due.subtract({ minutes: span.elapsedMinutes });
  if ('elapsedHours' in span) return due.subtract({ hours: span.elapsedHours });
  return subtractWorkingMinutes(calendar, due, span.workingHours * 60);
}
