import Holidays from 'date-holidays';
import { MinuteWalkingOracle } from '../../test/minute-walking-oracle.ts';
import { bankHolidaysOf } from './bank-holidays.ts';
import { DEFAULT_CALENDAR, workingCalendar } from '../policy/default-calendar.ts';
import { endOfWorkingDayAfter, workingDaysAfter } from './working-days.ts';
import { addWorkingMinutes, subtractWorkingMinutes, workingMinutesBetween } from './working-minutes.ts';

const YEARS = Array.from({ length: 17 }, (_, index) => 2019 + index);
const PROCLAIMED = '2029-06-13';
/**
 * Each is tried with five rules: three quarters of a million pairs. Those that are spread over the years are 229 minutes
 * apart, a prime, and so come to every minute of a day.
 */
const INSTANTS = 149_900;

/** The third opinion: bank holidays from date-holidays, which shares neither our list nor our rules. */
function holidaysOfEngland(year: number): string[] {
  return new Holidays('GB', 'ENG')
    .getHolidays(year)
    .filter((holiday) => holiday.type === 'public')
    .map((holiday) => holiday.date.slice(0, 10));
}

describe('bank holidays', () => {
  // date-holidays gives the days themselves and their substitutes; only those on weekdays matter to working time.
  const onWeekdays = (dates: readonly string[]) =>
    [...new Set(dates)].filter((date) => Temporal.PlainDate.from(date).dayOfWeek <= 5).sort();

  it.each(YEARS)('lists the bank holidays of %i as date-holidays does', (year) => {
    expect(onWeekdays(bankHolidaysOf(year))).toEqual(onWeekdays(holidaysOfEngland(year)));
  });

  it.each(['2020-05-08', '2022-06-03', '2022-09-19', '2023-05-08'])('lists the one-off bank holiday %s', (date) => {
    expect(bankHolidaysOf(Number(date.slice(0, 4)))).toContain(date);
  });
});

describe(`working time over ${INSTANTS.toLocaleString('en')} instants from 2019 to 2035`, () => {
  const calendar = workingCalendar({ ...DEFAULT_CALENDAR, localClosures: [PROCLAIMED] });
  const holidays = new Set([...[2018, ...YEARS, 2036].flatMap(holidaysOfEngland), PROCLAIMED]);
  const oracle = new MinuteWalkingOracle(holidays);
  const instants = chosenInstants();
  const disagreements = (
    ours: (instant: Temporal.Instant, index: number) => Temporal.Instant | number,
    theirs: (instant: number, index: number) => number,
  ): string[] => {
    const found: string[] = [];
    for (const [index, ms] of instants.entries()) {
      const instant = Temporal.Instant.fromEpochMilliseconds(ms);
      const our = ours(instant, index);
      const expected = theirs(ms, index);
      const actual = typeof our === 'number' ? our : our.epochMilliseconds;
      if (actual !== expected && found.length < 5) found.push(`${instant.toString()}: ${actual}, expected ${expected}`);
    }
    return found;
  };

  it('tries as many instants as it says', () => expect(instants.length).toBeGreaterThanOrEqual(INSTANTS));

  it('agrees with the oracle on N working days', () => {
    const days = (index: number) => 1 + (index % 4);
    expect(
      disagreements(
        (instant, index) => workingDaysAfter(calendar, instant, days(index)),
        (instant, index) => oracle.workingDaysAfter(instant, days(index)),
      ),
    ).toEqual([]);
  });

  it('agrees with the oracle on the statutory limit', () => {
    expect(
      disagreements(
        (instant) => endOfWorkingDayAfter(calendar, instant, 1),
        (instant) => oracle.endOfWorkingDayAfter(instant, 1),
      ),
    ).toEqual([]);
  });

  it('agrees with the oracle on adding, subtracting and counting working minutes', () => {
    const minutes = (index: number) => (index * 37) % 1500;
    expect(
      disagreements(
        (instant, index) => addWorkingMinutes(calendar, instant, minutes(index)),
        (instant, index) => oracle.addWorkingMinutes(instant, minutes(index)),
      ),
    ).toEqual([]);
    expect(
      disagreements(
        (instant, index) => subtractWorkingMinutes(calendar, instant, minutes(index)),
        (instant, index) => oracle.subtractWorkingMinutes(instant, minutes(index)),
      ),
    ).toEqual([]);
    const later = (index: number) => ((index * 61) % 9000) * 60_000;
    expect(
      disagreements(
        (instant, index) => workingMinutesBetween(calendar, instant, instant.add({ milliseconds: later(index) })),
        (instant, index) => oracle.workingMinutesBetween(instant, instant + later(index)),
      ),
    ).toEqual([]);
  });

  /** Every minute around the clock changes, Christmases and one-off holidays, and the rest spread over the years. */
  function chosenInstants(): number[] {
    const minutesAround = (date: string, daysAround: number) => {
      const middle = Temporal.Instant.from(`${date}T00:00Z`).epochMilliseconds;
      return Array.from({ length: daysAround * 1440 }, (_, i) => middle + (i - (daysAround * 1440) / 2) * 60_000);
    };
    const special = [
      ...YEARS.flatMap((year) => [lastSunday(year, 3), lastSunday(year, 10)]).map((d) => [d, 1] as const),
      ...['2021-12-29', '2026-12-29'].map((d) => [d, 14] as const),
      ...['2020-05-08', '2022-06-03', '2022-09-19', '2023-05-08', PROCLAIMED].map((d) => [d, 3] as const),
    ].flatMap(([date, days]) => minutesAround(date, days));
    const from = Temporal.Instant.from('2019-01-01T00:00Z').epochMilliseconds;
    const until = Temporal.Instant.from('2035-12-31T23:59Z').epochMilliseconds;
    const spread = INSTANTS - special.length;
    const step = Math.floor((until - from) / 60_000 / spread);
    return [...special, ...Array.from({ length: spread }, (_, index) => from + index * step * 60_000)];
  }
});

/** The night of a clock change: the last Sunday of March or October. */
function lastSunday(year: number, month: number): string {
  const last = Temporal.PlainDate.from({ year, month, day: 31 });
  return last.subtract({ days: last.dayOfWeek % 7 }).toString();
}
