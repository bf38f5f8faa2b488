import { randomUUIDv7 } from 'node:crypto';
import { passedOver, urgency, type ArmedFollowUp, type FollowUp } from '#domain';
import { Deadline, DeadlineStep, rowsOf, type RowsOf } from '#store';
import { stepRow } from './deadline-rows.ts';
import type { Versions } from './policies.ts';

/** The thing that a follow-up is about. */
export interface FollowUpAbout {
  readonly kind: FollowUp;
  /** The reference of the referral, a space, and the id of the thing: {@link followUpSubject} writes it. */
  readonly subject: string;
  /** The person of the hub whom it waits for; null where that is a group. */
  readonly ownerId?: string | null;
  /** The agency that has to act; null where the hub has. */
  readonly agencyId?: string | null;
  /** 1 for the first, which is left out; one more each time that its clock is set anew. */
  readonly generation?: number;
}

export function followUpSubject(reference: string, id: string): string {
  return `${reference} ${id}`;
}

/**
 * The deadline of a follow-up with its steps, to be inserted in the transaction of the act that it follows.
 * `endServiceDeadline` ends it. Of the steps that are past already, the most senior alone fires, at once.
 */
export function followUpRows(
  at: { readonly now: Temporal.Instant },
  { kind, subject, ownerId = null, agencyId = null, generation = 1 }: FollowUpAbout,
  { dueAt, rating, steps }: ArmedFollowUp,
  { policyVersion, calendarVersion }: Versions,
): readonly RowsOf[] {
  const id = randomUUIDv7();
  const skipped = passedOver(steps, at.now, false);
  return [
    rowsOf(Deadline, {
      ...{ id, kind, subject, ownerId, agencyId, rating, dueAt, policyVersion, calendarVersion },
      generation,
      urgency: urgency(rating),
      state: 'open',
      armedAt: at.now,
    }),
    rowsOf(
      DeadlineStep,
      ...steps.map((step) => stepRow(id, rating, step, skipped.includes(step) ? 'passed_over' : 'waiting')),
    ),
  ];
}
