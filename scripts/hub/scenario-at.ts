import type { SubmittedReferral } from '#domain';

/** The day in which the scenarios were written: their dates are as of then. */
const WRITTEN = Temporal.Instant.from('2026-11-23T12:00:00Z');
const DAY_HOURS = 24;

/**
 * A scenario with its dates moved by whole days, so that children have the ages and incidents are as long ago as they
 * were when it was written, whenever the demonstration begins.
 *
 * @param received the instant at which it is received
 */
export function scenarioAt(body: SubmittedReferral, received: Temporal.Instant): SubmittedReferral {
  const days = Math.floor(received.since(WRITTEN).total({ unit: 'hours' }) / DAY_HOURS);
  const moved = (value: string) =>
    value.length === 10
      ? Temporal.PlainDate.from(value).add({ days }).toString()
      : Temporal.Instant.from(value)
          .add({ hours: days * DAY_HOURS })
          .toString();
  const DATES = ['dateOfBirth', 'expectedDateOfBirth', 'occurredAt', 'reportedAt'];
  return JSON.parse(JSON.stringify(body), (name, value: unknown) =>
    DATES.includes(name) ? moved(value as string) : value,
  ) as SubmittedReferral;
}
