/** Pages show so many months: the same month of the year before, and all since. What they show is reckoned twice. */
export const MONTHS_SHOWN = 13;

/** The first days of the months that pages show, the month of a local date last. */
export function monthsUpTo(date: Temporal.PlainDate): readonly Temporal.PlainDate[] {
  const current = date.with({ day: 1 });
  return Array.from({ length: MONTHS_SHOWN }, (_, back) => current.subtract({ months: MONTHS_SHOWN - 1 - back }));
}
