/**
 * The bank holidays of a year by the standing rules (Banking and Financial Dealings Act 1971 and the standing
 * proclamations). Substitute days are included; one-off proclaimed days are not. Used only for years beyond the list.
 *
 * @returns local dates, `YYYY-MM-DD`, in order
 */
export function computedBankHolidays(year: number): readonly string[] {
  const easter = easterSunday(year);
  return [
    notOnWeekend(day(year, 1, 1)),
    easter.subtract({ days: 2 }),
    easter.add({ days: 1 }),
    firstMonday(year, 5),
    lastMonday(year, 5),
    lastMonday(year, 8),
    ...christmas(year),
  ].map(String);
}

function christmas(year: number): Temporal.PlainDate[] {
  const christmasDay = notOnWeekend(day(year, 12, 25));
  const boxingDay = notOnWeekend(day(year, 12, 26));
  // When both fall on one day (both on a weekend, or Christmas Day moved to Monday), the second takes the day after.
  return christmasDay.equals(boxingDay) ? [christmasDay, boxingDay.add({ days: 1 })] : inOrder(christmasDay, boxingDay);
}

function inOrder(a: Temporal.PlainDate, b: Temporal.PlainDate): Temporal.PlainDate[] {
  return Temporal.PlainDate.compare(a, b) <= 0 ? [a, b] : [b, a];
}

function day(year: number, month: number, dayOfMonth: number): Temporal.PlainDate {
  return Temporal.PlainDate.from({ year, month, day: dayOfMonth });
}

/** The day on which a holiday is kept: for a Saturday or Sunday it is the Monday after. */
function notOnWeekend(date: Temporal.PlainDate): Temporal.PlainDate {
  return date.add({ days: date.dayOfWeek === 6 ? 2 : date.dayOfWeek === 7 ? 1 : 0 });
}

function firstMonday(year: number, month: number): Temporal.PlainDate {
  const first = day(year, month, 1);
  return first.add({ days: (8 - first.dayOfWeek) % 7 });
}

function lastMonday(year: number, month: number): Temporal.PlainDate {
  const last = day(year, month, 31);
  return last.subtract({ days: last.dayOfWeek - 1 });
}

/** Easter Sunday of the Gregorian calendar (the anonymous algorithm of Meeus, Jones and Butcher). */
function easterSunday(year: number): Temporal.PlainDate {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const d = Math.floor(b / 4);
  const e = b % 4;
  const g = Math.floor((8 * b + 13) / 25);
  const h = (19 * a + b - d - g + 15) % 30;
  const i = Math.floor(c / 4);
  const k = c % 4;
  const l = (32 + 2 * e + 2 * i - h - k) % 7;
  const m = Math.floor((a + 11 * h + 19 * l) / 433);
  const n = h + l - 7 * m;
  const month = Math.floor((n + 90) / 25);
  return day(year, month, (n + 33 * month + 19) % 32);
}
