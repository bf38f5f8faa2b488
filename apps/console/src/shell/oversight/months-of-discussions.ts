import type { DiscussionPeriod } from '#discussions';
import { atLocalTime } from '#domain';

/** The stretch from the beginning of one month to the end of another, by local time. */
export function discussionsOf(
  from: Temporal.PlainYearMonth,
  to: Temporal.PlainYearMonth,
  timeZone: string,
): DiscussionPeriod {
  const beginning = (month: Temporal.PlainYearMonth) =>
    atLocalTime({ timeZone }, month.toPlainDate({ day: 1 }), '00:00');
  return { from: beginning(from), to: beginning(to.add({ months: 1 })) };
}
