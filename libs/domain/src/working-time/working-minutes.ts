import { localDate, nextWorkingDay, previousWorkingDay, type WorkingCalendar } from './working-calendar.ts';

const MS_PER_MINUTE = 60_000;

/**
 * The instant at which a number of working minutes since `from` is over (policy key `workingDayRule`). When the last of
 * them ends at closing time the result is closing time and not the next opening: the earlier of two equal readings.
 *
 * @param from an instant, in opening hours or not
 * @param minutes working minutes, 0 or more; with 0 the result is `from`
 * @throws RangeError when the calendar is never open: it has no working day within a year of the days that are counted.
 * A calendar whose working days have no length would be counted without an end; `calendarFaults` refuses both
 */
export function addWorkingMinutes(
  calendar: WorkingCalendar,
  from: Temporal.Instant,
  minutes: number,
): Temporal.Instant {
  let left = minutes * MS_PER_MINUTE;
  if (left === 0) return from;
  let date = nextWorkingDay(calendar, localDate(calendar, from), { including: true });
  for (;;) {
    const { opensAt, closesAt } = calendar.openingOn(date)!;
    const start = Math.max(opensAt.epochMilliseconds, from.epochMilliseconds);
    const available = closesAt.epochMilliseconds - start;
    if (available >= left) return Temporal.Instant.fromEpochMilliseconds(start + left);
    left -= Math.max(available, 0);
    date = nextWorkingDay(calendar, date);
  }
}

/**
 * The latest instant from which a number of working minutes fits in until `before` (policy key `workingDayRule`).
 *
 * @param before an instant, in opening hours or not
 * @param minutes working minutes, 0 or more; with 0 the result is `before`
 * @throws RangeError when the calendar is never open, as {@link addWorkingMinutes}
 */
export function subtractWorkingMinutes(
  calendar: WorkingCalendar,
  before: Temporal.Instant,
  minutes: number,
): Temporal.Instant {
  let left = minutes * MS_PER_MINUTE;
  if (left === 0) return before;
  let date = previousWorkingDay(calendar, localDate(calendar, before), { including: true });
  for (;;) {
    const { opensAt, closesAt } = calendar.openingOn(date)!;
    const end = Math.min(closesAt.epochMilliseconds, before.epochMilliseconds);
    const available = end - opensAt.epochMilliseconds;
    if (available >= left) return Temporal.Instant.fromEpochMilliseconds(end - left);
    left -= Math.max(available, 0);
    date = previousWorkingDay(calendar, date);
  }
}

/**
 * The working minutes between two instants.
 *
 * @returns whole minutes, rounded down; 0 when `to` is not after `from`, and for a calendar that is never open
 */
export function workingMinutesBetween(calendar: WorkingCalendar, from: Temporal.Instant, to: Temporal.Instant): number {
  const last = localDate(calendar, to);
  let total = 0;
  for (
    let date = localDate(calendar, from);
    Temporal.PlainDate.compare(date, last) <= 0;
    date = date.add({ days: 1 })
  ) {
    const opening = calendar.openingOn(date);
    if (opening === null) continue;
    const start = Math.max(opening.opensAt.epochMilliseconds, from.epochMilliseconds);
    const end = Math.min(opening.closesAt.epochMilliseconds, to.epochMilliseconds);
    total += Math.max(end - start, 0);
  }
  return Math.floor(total / MS_PER_MINUTE);
}

/**
 * The elapsed minutes between two instants, through nights and weekends.
 *
 * @returns whole minutes, rounded down; below 0 when `to` is before `from`
 */
export function elapsedMinutesBetween(from: Temporal.Instant, to: Temporal.Instant): number {
  return Math.floor((to.epochMilliseconds - from.epochMilliseconds) / MS_PER_MINUTE);
}
