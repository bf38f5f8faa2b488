/** An instant as people in the hub read it, such as `2:10pm on Monday 23 November 2026`. */
export function instantInWords(instant: Temporal.Instant, timeZone: string): string {
  return `${timeInWords(instant, timeZone)} on ${dateInWords(instant, timeZone)}`;
}

/** When something is due, such as `2:10pm on Monday 23 November 2026`; midnight is the end of the day before it. */
export function dueInWords(due: Temporal.Instant, timeZone: string): string {
  return timeInWords(due, timeZone) === 'midnight'
    ? `the end of ${dateInWords(due.subtract({ minutes: 1 }), timeZone)}`
    : instantInWords(due, timeZone);
}

/** The time of day of an instant, such as `2:10pm`; midday and midnight by name. */
export function timeInWords(instant: Temporal.Instant, timeZone: string): string {
  const { hour, minute } = instant.toZonedDateTimeISO(timeZone);
  if (minute === 0 && hour === 0) return 'midnight';
  if (minute === 0 && hour === 12) return 'midday';
  const minutes = minute === 0 ? '' : `:${String(minute).padStart(2, '0')}`;
  return `${hour % 12 === 0 ? 12 : hour % 12}${minutes}${hour < 12 ? 'am' : 'pm'}`;
}

/** The date of an instant, such as `Monday 23 November 2026`. */
export function dateInWords(instant: Temporal.Instant, timeZone: string): string {
  return instant
    .toZonedDateTimeISO(timeZone)
    .toLocaleString('en-GB', { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' })
    .replace(',', '');
}

/** A length of time in its two largest units, such as `1 hour 4 minutes`; under a minute, `less than a minute`. */
export function minutesInWords(minutes: number): string {
  const days = Math.floor(minutes / 1440);
  const hours = Math.floor((minutes % 1440) / 60);
  const parts = [count(days, 'day'), count(hours, 'hour'), count(minutes % 60, 'minute')].filter((part) => part !== '');
  return parts.slice(0, 2).join(' ') || 'less than a minute';
}

function count(n: number, unit: string): string {
  return n === 0 ? '' : `${n} ${unit}${n === 1 ? '' : 's'}`;
}
