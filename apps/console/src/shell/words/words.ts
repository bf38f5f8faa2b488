import { dateInWords, minutesInWords, timeInWords, type Rating, type Weekday } from '#domain';
import type { ReferralStatus } from '#store';
import type { TagArgs } from '../govuk/args.ts';
import { shortClockInWords, type KeptClock, type ShortClock } from './short-clock.ts';

export { codeInWords, minutesInWords } from '#domain';
export type { KeptClock } from './short-clock.ts';

/** A word with its indefinite article: `an amber`, `a red`. */
export function withArticle(word: string): string {
  return `${/^[aeiou]/i.test(word) ? 'an' : 'a'} ${word}`;
}

/** How a clock stands, in a word, a shape and a sentence; colour is only added to these. */
export interface ClockWords {
  readonly state: 'on-time' | 'due-soon' | 'overdue';
  readonly stateInWords: 'On time' | 'Due soon' | 'Overdue';
  /** Such as `due 2:10pm today, 1 hour 4 minutes left`. */
  readonly sentence: string;
  readonly short: ShortClock;
  /** For the page to keep the words true, also after midnight. */
  readonly kept: KeptClock;
}

const DUE_SOON_MINUTES = 60;

/** A due time as seen at an instant. */
export function clockInWords(due: Temporal.Instant, now: Temporal.Instant, timeZone: string): ClockWords {
  const left = Math.floor((due.epochMilliseconds - now.epochMilliseconds) / 60_000);
  const { when, ...parts } = dueParts(due, now, timeZone);
  const kept = { due: due.epochMilliseconds, now: now.epochMilliseconds, ...parts, zone: timeZone };
  const short = shortClockInWords(kept, now.epochMilliseconds);
  if (Temporal.Instant.compare(now, due) >= 0) {
    const late = Math.floor((now.epochMilliseconds - due.epochMilliseconds) / 60_000);
    return {
      state: 'overdue',
      stateInWords: 'Overdue',
      sentence: `was due ${when}, overdue by ${minutesInWords(late)}`,
      short,
      kept,
    };
  }
  const isSoon = left < DUE_SOON_MINUTES;
  return {
    state: isSoon ? 'due-soon' : 'on-time',
    stateInWords: isSoon ? 'Due soon' : 'On time',
    sentence: `due ${when}, ${minutesInWords(left)} left`,
    short,
    kept,
  };
}

function dueParts(due: Temporal.Instant, now: Temporal.Instant, timeZone: string) {
  const isMidnight = timeInWords(due, timeZone) === 'midnight';
  const within = isMidnight ? due.subtract({ minutes: 1 }) : due;
  const time = isMidnight ? 'at the end of' : timeInWords(due, timeZone);
  const day = `${isMidnight ? '' : 'on '}${dateNear(within, now, timeZone)}`;
  return {
    when: `${time} ${nearDay(within, now, timeZone) ?? day}`,
    time,
    date: within.toZonedDateTimeISO(timeZone).toPlainDate().toString(),
    day,
  };
}

/** Such as `2:10pm today`, `9am tomorrow`, `4:30pm on Thursday 26 November`, or with the year where it is another. */
export function dayAndTime(instant: Temporal.Instant, now: Temporal.Instant, timeZone: string): string {
  const day = nearDay(instant, now, timeZone) ?? `on ${dateNear(instant, now, timeZone)}`;
  return `${timeInWords(instant, timeZone)} ${day}`;
}

/** A date without its year in that year. */
function dateNear(instant: Temporal.Instant, now: Temporal.Instant, timeZone: string): string {
  const { year } = instant.toZonedDateTimeISO(timeZone);
  const words = dateInWords(instant, timeZone);
  return year === now.toZonedDateTimeISO(timeZone).year ? words.replace(` ${year}`, '') : words;
}

function nearDay(instant: Temporal.Instant, now: Temporal.Instant, timeZone: string): string | undefined {
  const date = instant.toZonedDateTimeISO(timeZone).toPlainDate();
  const { days } = now.toZonedDateTimeISO(timeZone).toPlainDate().until(date);
  return { [-1]: 'yesterday', 0: 'today', 1: 'tomorrow' }[days];
}

/** Such as `3 February 2020`. @param date a local date, `YYYY-MM-DD` */
export function dayInWords(date: string): string {
  return Temporal.PlainDate.from(date).toLocaleString('en-GB', { day: 'numeric', month: 'long', year: 'numeric' });
}

/** Such as `October 2026`. @param month `2026-10`, or a local date in it */
export function monthInWords(month: string): string {
  const first = Temporal.PlainYearMonth.from(month).toPlainDate({ day: 1 });
  return first.toLocaleString('en-GB', { month: 'long', year: 'numeric' });
}

/** How a referral stands, in words. */
export const STATUSES: Readonly<Record<ReferralStatus, string>> = {
  awaiting_decision: 'Waiting for a decision',
  awaiting_sign_off: 'Waiting for sign-off',
  decided: 'Decided',
};

const RATING_TAGS: Readonly<Record<Rating, TagArgs>> = {
  red: { text: 'Red', classes: 'govuk-tag--red' },
  amber: { text: 'Amber', classes: 'govuk-tag--orange' },
  green: { text: 'Green', classes: 'govuk-tag--green' },
};

/** @param isConfirmed false while only the rules suggest it, which the tag says by a question mark and by a word */
export function ratingTag(rating: Rating, isConfirmed = true): TagArgs {
  const tag = RATING_TAGS[rating];
  if (isConfirmed) return tag;
  const html = `${tag.text} <span aria-hidden="true">?</span><span class="govuk-visually-hidden">suggested</span>`;
  return { ...tag, html };
}

export const DAY_NAMES: Readonly<Record<Weekday, string>> = {
  mon: 'Monday',
  tue: 'Tuesday',
  wed: 'Wednesday',
  thu: 'Thursday',
  fri: 'Friday',
  sat: 'Saturday',
  sun: 'Sunday',
};

/** Words of a label as they stand inside a sentence: with a small letter. */
export function inside(words: string): string {
  return `${words.charAt(0).toLowerCase()}${words.slice(1)}`;
}

/** Words as they stand at the beginning of a sentence: with a capital letter. */
export function capital(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}
