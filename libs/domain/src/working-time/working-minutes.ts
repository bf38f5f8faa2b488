import { localDate, nextWorkingDay, previousWorkingDay, type WorkingCalendar } from './working-calendar.ts';

const MS_PER_MINUTE = 60_000;

/**
 * The instant by which the front door has been open for so many minutes since `from`. When the last minute ends at
 * closing time it is closing time, not the next opening: the earlier of two equal readings.
 *
 * @param minutes working minutes, 0 or more
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
 * The latest instant from which the front door is open for so many minutes until `before`.
 *
 * @param minutes working minutes, 0 or more
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

/** Whole minutes for which the front door was open between two instants; 0 when `to` is not after `from`. */
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

/** Whole minutes of elapsed time between two instants, through nights and weekends. */
export function elapsedMinutesBetween(from: Temporal.Instant, to: Temporal.Instant): number {
  return Math.floor((to.epochMilliseconds - from.epochMilliseconds) / MS_PER_MINUTE);
}
