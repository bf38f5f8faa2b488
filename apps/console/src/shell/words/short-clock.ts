import { timeInWords } from '#domain';

/** Of a clock: its due time and now in milliseconds, and the parts of the due time in words. */
export interface KeptClock {
  readonly due: number;
  readonly now: number;
  /** Such as `2:10pm`; `at the end of` where it is due at midnight, which ends the day before. */
  readonly time: string;
  /** The local date of that day, and how it is called when it is not near. */
  readonly date: string;
  readonly day: string;
  readonly zone: string;
}

/** A clock in as few words as a line of a list has room for. */
export interface ShortClock {
  /** Such as `3 h 8 min left` or `Overdue 36 min`. */
  readonly left: string;
  /** Such as `9:17pm today`, `4:30pm Thursday`, `end of tomorrow` or `11:10am 23 November`. */
  readonly at: string;
}

/**
 * `assets/clocks.js` says the same in the browser.
 *
 * @param now in milliseconds
 */
export function shortClockInWords(kept: KeptClock, now: number): ShortClock {
  const minutes = Math.floor(Math.abs(kept.due - now) / 60_000);
  return {
    left: now >= kept.due ? `Overdue ${shortMinutes(minutes)}` : `${shortMinutes(minutes)} left`,
    at: `${kept.time.replace('at the end', 'end')} ${shortDay(kept, now)}`,
  };
}

/** Such as `36 min`, `3 h 8 min`, `22 h`, `1 day 3 h` or `4 days`: no more than a person plans by. */
function shortMinutes(minutes: number): string {
  const [days, hours] = [Math.floor(minutes / 1440), Math.floor((minutes % 1440) / 60)];
  if (days > 1) return `${days} days`;
  if (days === 1) return hours === 0 ? '1 day' : `1 day ${hours} h`;
  if (hours >= 10) return `${hours} h`;
  const rest = minutes % 60;
  if (hours > 0) return rest === 0 ? `${hours} h` : `${hours} h ${rest} min`;
  return rest === 0 ? 'under 1 min' : `${rest} min`;
}

const WEEK = 7;

/** When something happened, in a list: such as `1:32pm today`, `4:12pm Tuesday` or `9am 3 October 2025`. */
export function shortDayAndTime(instant: Temporal.Instant, now: Temporal.Instant, zone: string): string {
  const today = now.toZonedDateTimeISO(zone).toPlainDate();
  const day = instant.toZonedDateTimeISO(zone).toPlainDate();
  const { days } = day.until(today);
  const near = { [-1]: 'tomorrow', 0: 'today', 1: 'yesterday' }[days];
  const isOfWeek = days > 0 && days < WEEK;
  const date = day.toLocaleString('en-GB', {
    day: 'numeric',
    month: 'long',
    ...(day.year === today.year ? {} : { year: 'numeric' }),
  });
  const far = isOfWeek ? day.toLocaleString('en-GB', { weekday: 'long' }) : date;
  return `${timeInWords(instant, zone)} ${near ?? far}`;
}

/** A day of the week while it can be no other one, else the date. */
function shortDay({ date, day, zone }: KeptClock, now: number): string {
  const today = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(zone).toPlainDate();
  const of = Temporal.PlainDate.from(date);
  const { days } = today.until(of);
  const near = { [-1]: 'yesterday', 0: 'today', 1: 'tomorrow' }[days];
  if (near !== undefined) return near;
  if (days > 0 && days < WEEK) return of.toLocaleString('en-GB', { weekday: 'long' });
  return day.replace(/^(on )?\w+ /, '');
}
