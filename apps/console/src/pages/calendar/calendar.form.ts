import { WEEKDAYS, type CalendarData, type OpeningHours, type PolicyFault, type Weekday } from '#domain';
import type { Typed } from '#work';

/** What the form shows for opening hours and closed days. */
export function toFields({ opening, localClosures }: CalendarData): Typed {
  const fields: Record<string, string> = { closures: localClosures.join('\n') };
  for (const day of WEEKDAYS) {
    fields[`${day}.from`] = opening[day]?.[0] ?? '';
    fields[`${day}.until`] = opening[day]?.[1] ?? '';
  }
  return fields;
}

/** What a posted form stands for; a day without times stays shut. */
export function fromFields(fields: Typed, base: CalendarData): CalendarData {
  const hours = (day: Weekday): OpeningHours | null => {
    const [from, until] = [fields[`${day}.from`]?.trim() ?? '', fields[`${day}.until`]?.trim() ?? ''];
    return from === '' && until === '' ? null : [from, until];
  };
  const closures = (fields['closures'] ?? '').split(/[\s,]+/).filter((day) => day !== '');
  return {
    ...base,
    opening: Object.fromEntries(WEEKDAYS.map((day) => [day, hours(day)])) as CalendarData['opening'],
    localClosures: [...new Set(closures)].sort(),
  };
}

/** The field that a fault is shown at. */
export function fieldOf({ at }: PolicyFault): string {
  const day = WEEKDAYS.find((one) => at === `opening.${one}`);
  return day === undefined ? (at === 'closures' ? 'closures' : 'mon.from') : `${day}.from`;
}
