import { atLocalTime } from './working-calendar.ts';

const TIME = /^(\d{1,2})(?:[:.,h ]?(\d{2}))?(?::[0-5]\d)? ?(?:hrs?|hours?|h)?([ap]m)?$/;
const IN_WORDS: Readonly<Record<string, string>> = { midday: '12:00', noon: '12:00', midnight: '00:00' };

/**
 * Reads a time of day as people write it: 14:30, 1430, 14.30, 2.30pm, 2 pm, midday.
 *
 * @returns null when it cannot be told, as `2` without am or pm, or `25:00`
 */
export function readTimeOfDay(written: string): Temporal.PlainTime | null {
  const text = written
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/\p{Default_Ignorable_Code_Point}/gu, '')
    .replaceAll(/\s+/g, ' ')
    .trim()
    .replace(/[.,;]+$/, '')
    .replace(/^12 ?(?=noon|midday|midnight)/, '')
    .replace(/ ?([ap])\.? ?m\.?$/, '$1m');
  const [, hours, minutes = '00', half] = TIME.exec(IN_WORDS[text] ?? text) ?? [];
  const hasMinutes = hours !== undefined && /\d{3}|\d\D+\d/.test(text);
  if (hours === undefined || (!hasMinutes && half === undefined && IN_WORDS[text] === undefined)) return null;
  const hour = hourOf(Number(hours), half);
  if (hour === null || hour > 23 || Number(minutes) > 59) return null;
  return Temporal.PlainTime.from({ hour, minute: Number(minutes) });
}

/** By the clock of 24 hours. `14.30pm` says the same twice. */
function hourOf(hour: number, half: string | undefined): number | null {
  if (half === undefined) return hour;
  if (hour > 12) return half === 'pm' ? hour : null;
  return (hour % 12) + (half === 'pm' ? 12 : 0);
}

/**
 * A local date and time as an instant; the earlier one where the clocks went back and the time came twice.
 *
 * @returns null for a time that the change of the clocks left out
 */
export function localMoment(
  timeZone: string,
  date: Temporal.PlainDate,
  time: Temporal.PlainTime,
): Temporal.Instant | null {
  const instant = atLocalTime({ timeZone }, date, time);
  const shown = instant.toZonedDateTimeISO(timeZone).toPlainDateTime();
  return shown.equals(date.toPlainDateTime(time)) ? instant : null;
}
