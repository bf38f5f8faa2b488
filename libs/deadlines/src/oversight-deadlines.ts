import { randomUUIDv7 } from 'node:crypto';
import { urgency, type ArmedOversightDeadline, type OversightDeadline } from '#domain';
import { Deadline, DeadlineStep, rowsOf, type RowsOf } from '#store';
import { stepRow } from './deadline-rows.ts';
import type { Versions } from './policies.ts';

/**
 * A deadline of oversight with its steps, to be inserted in the transaction of the act that it is about. `endServiceDeadline`
 * ends it.
 *
 * @param about.subject the thing that it is about, in ids and codes
 * @param about.ownerId the person whom it waits for
 */
export function oversightDeadlineRows(
  at: { readonly now: Temporal.Instant },
  about: { readonly kind: OversightDeadline; readonly subject: string; readonly ownerId: string },
  { dueAt, rating, steps }: ArmedOversightDeadline,
  { policyVersion, calendarVersion }: Versions,
): readonly RowsOf[] {
  const id = randomUUIDv7();
  return [
    rowsOf(Deadline, {
      id,
      ...about,
      generation: 1,
      rating,
      urgency: urgency(rating),
      dueAt,
      state: 'open',
      armedAt: at.now,
      policyVersion,
      calendarVersion,
    }),
    rowsOf(DeadlineStep, ...steps.map((step) => stepRow(id, rating, step, 'waiting'))),
  ];
}
