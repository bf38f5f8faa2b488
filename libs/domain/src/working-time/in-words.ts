/**
 * An instant in words, in local time, such as `2:10pm on Monday 23 November 2026` (GOV.UK content style).
 *
 * @param timeZone an IANA name, such as `Europe/London`
 */
export function instantInWords(instant: Temporal.Instant, timeZone: string): string {
  return `${timeInWords(instant, timeZone)} on ${dateInWords(instant, timeZone)}`;
}

/**
 * A due time in words, such as `2:10pm on Monday 23 November 2026`. Midnight is called the end of the day before, such
 * as `the end of Monday 23 November 2026`, because people do not agree to which day midnight belongs.
 *
 * @param due an instant
 */
export function dueInWords(due: Temporal.Instant, timeZone: string): string {
  return timeInWords(due, timeZone) === 'midnight'
    ? `the end of ${dateInWords(due.subtract({ minutes: 1 }), timeZone)}`
    : instantInWords(due, timeZone);
}

/** The local time of an instant in words, such as `2:10pm`, `midday` or `midnight`. */
export function timeInWords(instant: Temporal.Instant, timeZone: string): string {
  const { hour, minute } = instant.toZonedDateTimeISO(timeZone);
  if (minute === 0 && hour === 0) return 'midnight';
  if (minute === 0 && hour === 12) return 'midday';
  const minutes = minute === 0 ? '' : `:${String(minute).padStart(2, '0')}`;
  return `${hour % 12 === 0 ? 12 : hour % 12}${minutes}${hour < 12 ? 'am' : 'pm'}`;
}

/** The local date of an instant in words, such as `Monday 23 November 2026`. */
export function dateInWords(instant: Temporal.Instant, timeZone: string): string {
  return instant
    .toZonedDateTimeISO(timeZone)
    .toLocaleString('en-GB', { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' })
    .replace(',', '');
}

/**
 * A length of time in words, in its two largest units, such as `1 hour 4 minutes`.
 *
 * @param minutes whole minutes, 0 or more
 * @returns `less than a minute` for 0
 */
export function minutesInWords(minutes: number): string {
  const days = Math.floor(minutes / 1440);
  const hours = Math.floor((minutes % 1440) / 60);
  const parts = [withUnit(days, 'day'), withUnit(hours, 'hour'), withUnit(minutes % 60, 'minute')].filter(
    (part) => part !== '',
  );
  return parts.slice(0, 2).join(' ') || 'less than a minute';
}

function withUnit(n: number, unit: string): string {
  return n === 0 ? '' : `${n} ${unit}${n === 1 ? '' : 's'}`;
}
