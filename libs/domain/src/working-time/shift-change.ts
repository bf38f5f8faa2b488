import { isOpen, localDate, nextWorkingDay, previousWorkingDay, type WorkingCalendar } from './working-calendar.ts';

/**
 * An opening or closing of the front door: work passes to the hub, or to the emergency duty team (policy key
 * `outOfHours`).
 */
export interface ShiftChange {
  readonly to: 'emergency_duty_team' | 'hub';
  readonly at: Temporal.Instant;
}

/**
 * The last opening or closing at or before an instant.
 *
 * @throws RangeError when the calendar has no working day within a year before it
 */
export function lastShiftChange(calendar: WorkingCalendar, now: Temporal.Instant): ShiftChange {
  let date = previousWorkingDay(calendar, localDate(calendar, now), { including: true });
  for (;;) {
    const { opensAt, closesAt } = calendar.openingOn(date)!;
    if (Temporal.Instant.compare(closesAt, now) <= 0) return { to: 'emergency_duty_team', at: closesAt };
    if (Temporal.Instant.compare(opensAt, now) <= 0) return { to: 'hub', at: opensAt };
    date = previousWorkingDay(calendar, date);
  }
}

/**
 * The first opening after an instant.
 *
 * @throws RangeError when the calendar has no working day within a year after it
 */
export function nextOpening(calendar: WorkingCalendar, now: Temporal.Instant): Temporal.Instant {
  const today = localDate(calendar, now);
  const opensToday = calendar.openingOn(today)?.opensAt;
  if (opensToday !== undefined && Temporal.Instant.compare(now, opensToday) < 0) return opensToday;
  return calendar.openingOn(nextWorkingDay(calendar, today))!.opensAt;
}

/** The instant itself while the front door is open, else the next opening. @throws RangeError as {@link nextOpening} */
export function whenOpen(calendar: WorkingCalendar, at: Temporal.Instant): Temporal.Instant {
  return isOpen(calendar, at) ? at : nextOpening(calendar, at);
}
