import {
  atLocalTime,
  isOpen,
  localDate,
  nextWorkingDay,
  type Opening,
  type WorkingCalendar,
} from './working-calendar.ts';

/**
 * The instant at which a number of working days since a receipt is over (policy key `workingDayRule`).
 *
 * - Received while the front door is open, on day D at local time t: at t on the Nth working day after D, or at the
 *   closing time of that day when it closes before t.
 * - Received while it is shut: the next day that opens is day 1, and the result is the closing time of day N.
 *
 * @param received the instant of receipt
 * @param days whole working days, 1 or more
 * @throws RangeError when the calendar has no working day within a year
 */
export function workingDaysAfter(
  calendar: WorkingCalendar,
  received: Temporal.Instant,
  days: number,
): Temporal.Instant {
  return isOpen(calendar, received)
    ? sameTimeAfter(calendar, received, days)
    : closeOfDayCounted(calendar, received, days);
}

/**
 * The statutory reading of working days (Working Together; policy key `statutoryDecisionDue`): the end, 24:00 local
 * time, of the Nth working day after the day of receipt.
 *
 * @param received the instant of receipt
 * @param days whole working days, 1 or more
 * @throws RangeError when the calendar has no working day within a year
 */
export function endOfWorkingDayAfter(
  calendar: WorkingCalendar,
  received: Temporal.Instant,
  days: number,
): Temporal.Instant {
  const date = nthWorkingDayAfter(calendar, localDate(calendar, received), days);
  return atLocalTime(calendar, date.add({ days: 1 }), '00:00');
}

function sameTimeAfter(calendar: WorkingCalendar, received: Temporal.Instant, days: number): Temporal.Instant {
  const local = received.toZonedDateTimeISO(calendar.timeZone);
  const date = nthWorkingDayAfter(calendar, local.toPlainDate(), days);
  const sameTime = atLocalTime(calendar, date, local.toPlainTime());
  const { closesAt } = opening(calendar, date);
  return Temporal.Instant.compare(closesAt, sameTime) < 0 ? closesAt : sameTime;
}

function closeOfDayCounted(calendar: WorkingCalendar, received: Temporal.Instant, days: number): Temporal.Instant {
  const receivedOn = localDate(calendar, received);
  const today = calendar.openingOn(receivedOn);
  const opensLaterToday = today !== null && Temporal.Instant.compare(received, today.opensAt) < 0;
  const dayOne = nextWorkingDay(calendar, receivedOn, { including: opensLaterToday });
  return opening(calendar, nthWorkingDayAfter(calendar, dayOne, days - 1)).closesAt;
}

function nthWorkingDayAfter(calendar: WorkingCalendar, date: Temporal.PlainDate, n: number): Temporal.PlainDate {
  let day = date;
  for (let count = 0; count < n; count++) day = nextWorkingDay(calendar, day);
  return day;
}

function opening(calendar: WorkingCalendar, workingDay: Temporal.PlainDate): Opening {
  return calendar.openingOn(workingDay)!;
}
