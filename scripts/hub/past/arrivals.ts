import { atLocalTime, bankHolidaysOf, type WorkingCalendar } from '#domain';
import type { Seeded } from './seeded.ts';

/** How many come on each weekday beside a usual one, Monday first: what the weekend held back comes on Monday. */
const BY_WEEKDAY = [1.45, 1.0, 0.95, 0.9, 1.0, 0.28, 0.22];
/** Local hours in which agencies write, and how many of each hundred come in each: most before the end of school. */
const OFFICE_HOURS: readonly (readonly [hour: number, of: number])[] = [
  [8, 5], [9, 12], [10, 12], [11, 11], [12, 8], [13, 9], [14, 11], [15, 16], [16, 11], [17, 3], [18, 2],
]; // prettier-ignore
/** Those who never shut: police, hospitals, and people who ring. */
const ROUND_THE_CLOCK: typeof OFFICE_HOURS = [
  [0, 3], [1, 2], [2, 2], [5, 1], [7, 2], [8, 5], [9, 8], [10, 8], [11, 8], [12, 7], [13, 7], [14, 7], [15, 7], [16, 6],
  [17, 5], [18, 5], [19, 5], [20, 4], [21, 4], [22, 4], [23, 3],
]; // prettier-ignore

/** What comes on one local date. */
export interface DayOfArrivals {
  readonly date: Temporal.PlainDate;
  readonly isSchoolDay: boolean;
  readonly count: number;
}

/** How many referrals come on each local date, so that a working day in term has about as many as asked for. */
export function* daysOfArrivals(
  random: Seeded,
  from: Temporal.PlainDate,
  until: Temporal.PlainDate,
  aWorkingDay: number,
): Generator<DayOfArrivals> {
  for (let date = from; Temporal.PlainDate.compare(date, until) < 0; date = date.add({ days: 1 })) {
    const isBankHoliday = bankHolidaysOf(date.year).includes(date.toString());
    const isSchoolDay = date.dayOfWeek <= 5 && !isBankHoliday && !isSchoolHoliday(date);
    const usual = isBankHoliday ? BY_WEEKDAY[6]! : BY_WEEKDAY[date.dayOfWeek - 1]!;
    const season = isSchoolHoliday(date) ? 0.66 : afterHolidays(date) ? 1.2 : 1;
    yield { date, isSchoolDay, count: random.count(aWorkingDay * usual * season) };
  }
}

/** The moment of a local date at which a referral comes. @param isRoundTheClock its sender never shuts */
export function momentOf(
  random: Seeded,
  calendar: Pick<WorkingCalendar, 'timeZone'>,
  date: Temporal.PlainDate,
  isRoundTheClock: boolean,
): Temporal.Instant {
  const [hour] = random.weighted(isRoundTheClock ? ROUND_THE_CLOCK : OFFICE_HOURS, (one) => one[1]);
  const time = Temporal.PlainTime.from({ hour, minute: random.whole(0, 59), second: random.whole(0, 59) });
  return atLocalTime(calendar, date, time).add({ milliseconds: random.whole(0, 999) });
}

/** Days on which schools are shut: summer, Christmas, Easter, and the middle of each term. */
export function isSchoolHoliday(date: Temporal.PlainDate): boolean {
  const day = date.month * 100 + date.day;
  const easter = bankHolidaysOf(date.year).find((one) => /-0[34]-/.test(one))!;
  const toEaster = date.until(easter, { largestUnit: 'day' }).days;
  return (
    (day >= 722 && day <= 902) || day >= 1220 || day <= 103 || (day >= 1024 && day <= 1031) || (day >= 214 && day <= 221) ||
    (day >= 525 && day <= 531) || (toEaster >= -8 && toEaster <= 5)
  ); // prettier-ignore
}

/** The first days of a term, in which schools tell what the holidays held back. */
function afterHolidays(date: Temporal.PlainDate): boolean {
  return isSchoolHoliday(date.subtract({ days: 9 })) && !isSchoolHoliday(date);
}
