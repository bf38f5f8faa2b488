import { localDate, MEASURES } from '#domain';
import { MONTHS_SHOWN } from '../months/months-shown.ts';
import { startOfDay } from '../months/start-of-day.ts';
import type { PackOf } from './evidence.ts';

/** The measures of a pack: those of months, each by rating. What is open now stands in the list of what is overdue. */
export const FIGURES_OF_PACK = MEASURES.filter((measure) => measure.kind !== 'amount' || !measure.isOfOpen).map(
  (measure) => ({ measure, by: 'rating' as const }),
);

/** The months that a pack may be of, the latest first: their first days. */
export function monthsToChoose(timeZone: string, now: Temporal.Instant): readonly Temporal.PlainDate[] {
  const current = localDate({ timeZone }, now).with({ day: 1 });
  return Array.from({ length: MONTHS_SHOWN }, (_, back) => current.subtract({ months: back }));
}

/** The first days of the months of a pack, in their order. */
export function monthsOf({ firstMonth, lastMonth }: PackOf): readonly Temporal.PlainDate[] {
  const last = Temporal.PlainDate.from(lastMonth);
  const months: Temporal.PlainDate[] = [];
  let month = Temporal.PlainDate.from(firstMonth);
  for (; Temporal.PlainDate.compare(month, last) <= 0; month = month.add({ months: 1 })) months.push(month);
  return months;
}

/** The instants of a pack's period. */
export function periodOf({ firstMonth, lastMonth }: PackOf, timeZone: string) {
  const from = Temporal.PlainDate.from(firstMonth);
  const to = Temporal.PlainDate.from(lastMonth).add({ months: 1 });
  return { from: startOfDay(timeZone, from), to: startOfDay(timeZone, to) };
}
