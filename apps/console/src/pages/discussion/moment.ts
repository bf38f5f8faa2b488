import { ValidateBy } from 'class-validator';
import { localMoment, plannedDay, readTimeOfDay } from '#domain';

/** A local day as a date field gives it, `YYYY-MM-DD`. */
export const ADay = (message: string) =>
  ValidateBy({ name: 'day', validator: { validate: (day) => isDay(String(day)) } }, { message });

/** A time of day as people write it. */
export const ATime = () =>
  ValidateBy(
    { name: 'timeOfDay', validator: { validate: (time) => readTimeOfDay(String(time)) !== null } },
    { message: 'Enter a time such as 14:30 or 2.30pm' },
  );

/** The instant of a day and a time as they were typed; null for those that are none, also by a change of the clocks. */
export function momentIn(zone: string, day: string, time: string): Temporal.Instant | null {
  const read = readTimeOfDay(time);
  return read === null || !isDay(day) ? null : localMoment(zone, plannedDay(day), read);
}

export function isDay(day: string): boolean {
  try {
    plannedDay(day);
    return true;
  } catch {
    return false;
  }
}
