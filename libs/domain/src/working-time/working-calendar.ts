/** Weekdays in ISO order: index 0 is Monday. */
export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

/** Local opening and closing time, `HH:MM`, half-open: open at the first, shut at the second. */
export type OpeningHours = readonly [opens: string, closes: string];

/** The opening of one working day, as instants. */
export interface Opening {
  readonly opensAt: Temporal.Instant;
  readonly closesAt: Temporal.Instant;
}

/** When the front door is open. */
export interface WorkingCalendar {
  readonly timeZone: string;
  /** The opening of a local date; null when the front door stays shut that day. */
  openingOn(date: Temporal.PlainDate): Opening | null;
}

/**
 * A calendar of weekly opening hours less closed days. A day's opening is worked out once and remembered: the clocks
 * of one referral ask for the same few days again and again.
 *
 * @param isClosed whether a local date has no opening hours, whatever its weekday
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

/** The local date of an instant. */
export function localDate(calendar: { readonly timeZone: string }, instant: Temporal.Instant): Temporal.PlainDate {
  return instant.toZonedDateTimeISO(calendar.timeZone).toPlainDate();
}

export function isWorkingDay(calendar: WorkingCalendar, date: Temporal.PlainDate): boolean {
  return calendar.openingOn(date) !== null;
}

/** Whether the front door is open at an instant. */
export function isOpen(calendar: WorkingCalendar, instant: Temporal.Instant): boolean {
  const opening = calendar.openingOn(localDate(calendar, instant));
  return (
    opening !== null &&
    Temporal.Instant.compare(opening.opensAt, instant) <= 0 &&
    Temporal.Instant.compare(instant, opening.closesAt) < 0
  );
}

/**
 * A local time of a local date as an instant. A time that the clock change skips or repeats is the earlier of the
 * two readings: the safe side for a deadline.
 */
export function atLocalTime(
  calendar: { readonly timeZone: string },
  date: Temporal.PlainDate,
  time: Temporal.PlainTime | string,
): Temporal.Instant {
  return date.toPlainDateTime(time).toZonedDateTime(calendar.timeZone, { disambiguation: 'earlier' }).toInstant();
}

/**
 * How far {@link nextWorkingDay} looks. A calendar without a working day in a year is a mistake, not a calendar.
 */
const FURTHEST_DAYS = 366;

/**
 * The first working day after a local date (or on it, with `including`).
 *
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
 * The last working day before a local date (or on it, with `including`).
 *
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
