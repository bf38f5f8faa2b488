import { localMoment, plannedDay, readTimeOfDay } from '#domain';

/**
 * The moment that a person says by a day and a time of day: an instant, null for now where nothing is typed, or a fault
 * where it is no time. Without a day it is today.
 */
export function saidMoment(
  { day, time }: { readonly day: string; readonly time: string },
  now: Temporal.Instant,
  zone: string,
): { readonly at: Temporal.Instant | null; readonly error: string | null } {
  if (day === '' && time === '') return { at: null, error: null };
  const read = readTimeOfDay(time);
  if (read === null) return { at: null, error: 'Enter the time of day, such as 2:30pm' };
  try {
    const on = day === '' ? now.toZonedDateTimeISO(zone).toPlainDate() : plannedDay(day);
    const at = localMoment(zone, on, read);
    return at === null ? { at, error: 'There was no such time on that day' } : { at, error: null };
  } catch {
    return { at: null, error: 'Enter a real day' };
  }
}
