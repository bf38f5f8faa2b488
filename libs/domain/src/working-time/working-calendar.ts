/** Weekdays in ISO order: index 0 is Monday. */
export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
/** One code of {@link WEEKDAYS}. */
export type Weekday = (typeof WEEKDAYS)[number];

/**
 * The local times, `HH:MM`, at which the front door opens and closes. It is open at the first and shut at the second.
 */
export type OpeningHours = readonly [opens: string, closes: string];

/** The opening hours of one working day, as instants. The front door is open at the first and shut at the second. */
export interface Opening {
  readonly opensAt: Temporal.Instant;
  readonly closesAt: Temporal.Instant;
}

/** The calendar of a hub: it says when the front door is open (policy key `workingCalendar`). */
export interface WorkingCalendar {
  /** An IANA name, such as `Europe/London`. */
  readonly timeZone: string;
  /** The opening hours of a local date; null when the front door stays shut on that day. */
  openingOn(date: Temporal.PlainDate): Opening | null;
}

/**
 * Makes a calendar from weekly opening hours, less closed days. It works out the opening hours of each day once and
 * keeps them, because the clocks of one referral ask for the same few days again and again.
 *
 * @param timeZone an IANA name, such as `Europe/London`
 * @param opening the opening hours of each weekday; null for a weekday on which the front door stays shut
 * @param isClosed whether the front door stays shut on a local date, on any weekday
 */
export function weeklyCalendar(
  timeZone: string,
  opening: Readonly<Record<Weekday, OpeningHours | null>>,
  isClosed: (date: Temporal.PlainDate) => boolean,
): WorkingCalendar {
  const known = new Map<string, Opening | null>();
  const workOut = (date: Temporal.PlainDate): Opening | null => {
    const hours = opening[WEEKDAYS[date.dayOfWeek - 1]!];
    if (hours === null || isClosed(date)) return null;
    return {
      opensAt: atLocalTime({ timeZone }, date, hours[0]),
      closesAt: atLocalTime({ timeZone }, date, hours[1]),
    };
  };
  return {
    timeZone,
    openingOn(date) {
      const day = date.toString();
      let found = known.get(day);
      if (found === undefined) known.set(day, (found = workOut(date)));
      return found;
    },
  };
}

/** The local date of an instant in the calendar's time zone. */
export function localDate(calendar: { readonly timeZone: string }, instant: Temporal.Instant): Temporal.PlainDate {
  return instant.toZonedDateTimeISO(calendar.timeZone).toPlainDate();
}

/** Whether the front door opens on a local date. */
export function isWorkingDay(calendar: WorkingCalendar, date: Temporal.PlainDate): boolean {
  return calendar.openingOn(date) !== null;
}

/** Whether the front door is open at an instant: at opening time it is, at closing time it is not. */
export function isOpen(calendar: WorkingCalendar, instant: Temporal.Instant): boolean {
  const opening = calendar.openingOn(localDate(calendar, instant));
  return (
    opening !== null &&
    Temporal.Instant.compare(opening.opensAt, instant) <= 0 &&
    Temporal.Instant.compare(instant, opening.closesAt) < 0
  );
}

/**
 * A local time of a local date as an instant. When the change of the clocks skips or repeats that time, the earlier of
 * the two readings counts, which is the safe side for a deadline.
 *
 * @param time a local time, `HH:MM` when it is text
 * @throws RangeError when the time or the time zone does not exist
 */
export function atLocalTime(
  calendar: { readonly timeZone: string },
  date: Temporal.PlainDate,
  time: Temporal.PlainTime | string,
): Temporal.Instant {
  return date.toPlainDateTime(time).toZonedDateTime(calendar.timeZone, { disambiguation: 'earlier' }).toInstant();
}

/** Days that {@link nextWorkingDay} looks ahead. A calendar without a working day in a year is taken for a mistake. */
const FURTHEST_DAYS = 366;

/**
 * The first working day after a local date.
 *
 * @param date a local date
 * @param options with `including` the result may be that date itself
 * @throws RangeError when the calendar has no working day within a year
 */
export function nextWorkingDay(
  calendar: WorkingCalendar,
  date: Temporal.PlainDate,
  { including = false }: { including?: boolean } = {},
): Temporal.PlainDate {
  return workingDayFrom(calendar, including ? date : date.add({ days: 1 }), 1);
}

/**
 * The last working day before a local date.
 *
 * @param date a local date
 * @param options with `including` the result may be that date itself
 * @throws RangeError when the calendar has no working day within a year
 */
export function previousWorkingDay(
  calendar: WorkingCalendar,
  date: Temporal.PlainDate,
  { including = false }: { including?: boolean } = {},
): Temporal.PlainDate {
  return workingDayFrom(calendar, including ? date : date.subtract({ days: 1 }), -1);
}

function workingDayFrom(calendar: WorkingCalendar, from: Temporal.PlainDate, step: 1 | -1): Temporal.PlainDate {
  for (let days = 0; days <= FURTHEST_DAYS; days++) {
    const date = from.add({ days: days * step });
    if (isWorkingDay(calendar, date)) return date;
  }
  throw new RangeError(`The working calendar has no working day within ${FURTHEST_DAYS} days of ${from.toString()}`);
}
