import { dayIn, instantIn } from './figure-query.ts';

/**
 * The instant as of which a page of oversight is asked for: `asOf` as an instant, or `day` as a local day, which means
 * its end.
 *
 * @returns null for now
 * @throws Refused `figure-not-understood`
 */
export function asOfIn({ asOf, day }: Readonly<Record<string, unknown>>, timeZone: string): Temporal.Instant | null {
  const ended = dayIn(day);
  return ended === null ? instantIn(asOf) : ended.add({ days: 1 }).toZonedDateTime(timeZone).toInstant();
}
