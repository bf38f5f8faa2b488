import type { WorkingCalendar } from '#domain';

/** How far back a working day is looked for: longer than any week of holidays. */
const DAYS = 14;
/** Eight hours, where none is found. */
const USUAL_MINUTES = 480;

/** The opening minutes of the latest working day up to a local date: as long as a working day is drawn. */
export function minutesOfADay(calendar: WorkingCalendar, date: Temporal.PlainDate): number {
  for (let back = 0; back < DAYS; back++) {
    const opening = calendar.openingOn(date.subtract({ days: back }));
    if (opening !== null) return opening.opensAt.until(opening.closesAt).total('minutes');
  }
  return USUAL_MINUTES;
}
