import { Allow, IsIn } from 'class-validator';
import { plannedDay, readTimeOfDay, WEEKDAYS } from '#domain';
import type { Typed } from '#work';
import { Trimmed } from '../../shell/forms/fields.ts';
import type { FormErrors } from '../../shell/forms/read-form.ts';
import { readChange, type ReadChange } from './rota.form.ts';

/** How often a turn is: in the week of its day only, or in every week. */
export const HOW_OFTEN = ['once', 'weekly'] as const;

/** A turn on one day. The fields that it shares with the other forms of the rota are checked as there. */
export class RotaTurnForm {
  @Allow() @Trimmed() readonly group: string = '';
  @Allow() @Trimmed() readonly person: string = '';
  @Allow() @Trimmed() readonly day: string = '';
  @Allow() @Trimmed() readonly from: string = '';
  @Allow() @Trimmed() readonly until: string = '';
  @IsIn(HOW_OFTEN, { message: 'Select whether it is this week only, or every week' })
  readonly often!: (typeof HOW_OFTEN)[number];
}

/** The fields of cover by the names that this form has for them. */
const NAMES_OF_COVER: Readonly<Record<string, string>> = { fromDay: 'day', fromTime: 'from', untilTime: 'until' };

/** What the form stands for: cover of that day, or a turn of its weekday. An end before its beginning is the next day's. */
export function readTurn({ group, person, day, from, until, often }: RotaTurnForm, zone: string): ReadChange {
  const fromDay = dayIn(day);
  if (often === 'weekly' && fromDay !== null) {
    const weekday = WEEKDAYS[fromDay.dayOfWeek - 1]!;
    return readChange('add-shift', { group, person, from, until, [`day.${weekday}`]: 'yes' }, zone);
  }
  const untilDay = endsNextDay(from, until) ? fromDay?.add({ days: 1 }).toString() : day;
  const cover: Typed = { group, person, fromDay: day, fromTime: from, untilDay: untilDay ?? day, untilTime: until };
  const read = readChange('add-cover', cover, zone);
  return read.errors === null ? read : { change: null, errors: renamed(read.errors) };
}

/** The day that was typed; null where it is none. */
export function dayIn(typed: string): Temporal.PlainDate | null {
  try {
    return plannedDay(typed);
  } catch {
    return null;
  }
}

function endsNextDay(from: string, until: string): boolean {
  const [begins, ends] = [readTimeOfDay(from), readTimeOfDay(until)];
  return begins !== null && ends !== null && Temporal.PlainTime.compare(ends, begins) <= 0;
}

/** What is wrong, by the names of this form. The end is on the day itself or the next, so that its day has no fault. */
function renamed({ untilDay, ...errors }: FormErrors): FormErrors {
  const faults = Object.entries(errors).map(([name, error]) => [NAMES_OF_COVER[name] ?? name, error] as const);
  return faults.length > 0 || untilDay === undefined ? Object.fromEntries(faults) : { until: untilDay };
}
