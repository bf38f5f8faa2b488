import { computedBankHolidays } from './computed-bank-holidays.ts';

/**
 * The bank holidays of England and Wales as GOV.UK lists them, month and day by year, with proclaimed and moved days
 * (Banking and Financial Dealings Act 1971). Add a year when GOV.UK publishes it.
 */
const LISTED_BY_GOV_UK: Readonly<Record<number, readonly string[]>> = {
  2019: ['01-01', '04-19', '04-22', '05-06', '05-27', '08-26', '12-25', '12-26'],
  2020: ['01-01', '04-10', '04-13', '05-08', '05-25', '08-31', '12-25', '12-28'],
  2021: ['01-01', '04-02', '04-05', '05-03', '05-31', '08-30', '12-27', '12-28'],
  2022: ['01-03', '04-15', '04-18', '05-02', '06-02', '06-03', '08-29', '09-19', '12-26', '12-27'],
  2023: ['01-02', '04-07', '04-10', '05-01', '05-08', '05-29', '08-28', '12-25', '12-26'],
  2024: ['01-01', '03-29', '04-01', '05-06', '05-27', '08-26', '12-25', '12-26'],
  2025: ['01-01', '04-18', '04-21', '05-05', '05-26', '08-25', '12-25', '12-26'],
  2026: ['01-01', '04-03', '04-06', '05-04', '05-25', '08-31', '12-25', '12-28'],
  2027: ['01-01', '03-26', '03-29', '05-03', '05-31', '08-30', '12-27', '12-28'],
  2028: ['01-03', '04-14', '04-17', '05-01', '05-29', '08-28', '12-25', '12-26'],
};

/** The last local date of the list. The days of later years are computed, so a proclaimed day may be missing. */
export const BANK_HOLIDAYS_LISTED_UNTIL = Temporal.PlainDate.from({
  year: Math.max(...Object.keys(LISTED_BY_GOV_UK).map(Number)),
  month: 12,
  day: 31,
});

/** Days that the list must reach ahead. When it does not, the worker warns the operator (decision record 5). */
export const BANK_HOLIDAY_HORIZON_DAYS = 400;

/**
 * The bank holidays of a year: from the list where it has the year, computed otherwise.
 *
 * @returns local dates, `YYYY-MM-DD`, in order
 */
export function bankHolidaysOf(year: number): readonly string[] {
  return LISTED_BY_GOV_UK[year]?.map((monthDay) => `${year}-${monthDay}`) ?? computedBankHolidays(year);
}

/**
 * How far ahead the list of bank holidays reaches.
 *
 * @param today the local date
 * @returns the days from `today` to the end of the list, below 0 after it, and whether the operator must be warned
 */
export function bankHolidayHorizon(today: Temporal.PlainDate): { days: number; isShort: boolean } {
  const days = today.until(BANK_HOLIDAYS_LISTED_UNTIL, { largestUnit: 'day' }).days;
  return { days, isShort: days < BANK_HOLIDAY_HORIZON_DAYS };
}

/**
 * Makes the test for a day on which the front door stays shut: a bank holiday or a closure day (policy key
 * `workingDayRule`).
 *
 * @param localClosures the authority's closure days and newly proclaimed holidays, local dates, `YYYY-MM-DD`
 * @returns a function that says whether the front door stays shut on a local date
 */
export function isBankHolidayOr(localClosures: readonly string[]): (date: Temporal.PlainDate) => boolean {
  return (date) => {
    const day = date.toString();
    return localClosures.includes(day) || bankHolidaysOf(date.year).includes(day);
  };
}
