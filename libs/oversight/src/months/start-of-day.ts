import { atLocalTime } from '#domain';

/** The instant at which a local day begins. */
export function startOfDay(timeZone: string, day: Temporal.PlainDate): Temporal.Instant {
  return atLocalTime({ timeZone }, day, '00:00');
}
