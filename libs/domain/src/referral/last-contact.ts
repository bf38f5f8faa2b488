/** Programs that have no date write one long gone, such as 1970 or 1900; a contact before 2000 is none of a child of today. */
const EARLIEST = Temporal.PlainDate.from('2000-01-01');

/**
 * What is wrong with the day on which an agency last had contact with the children of a request.
 *
 * @param today the hub's local date
 * @returns null when nothing is
 */
export function lastContactFault(
  day: Temporal.PlainDate,
  today: Temporal.PlainDate,
): { readonly code: 'in_the_future' | 'too_long_ago'; readonly detail: string } | null {
  if (Temporal.PlainDate.compare(day, EARLIEST) < 0)
    return { code: 'too_long_ago', detail: 'Must not be before 2000-01-01: check the year' };
  if (Temporal.PlainDate.compare(day, today) > 0)
    return { code: 'in_the_future', detail: 'Must not be after today: check the year' };
  return null;
}
