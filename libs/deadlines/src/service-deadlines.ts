import { randomUUIDv7 } from 'node:crypto';
import { SERVICE_URGENCY, urgency, type ArmedStep, type Rating, type ServiceDeadline } from '#domain';
import { type Transaction, rowsOf, type RowsOf, Deadline, DeadlineStep } from '#store';
import type { Versions } from './policies.ts';

/**
 * Opens a deadline of the service itself, unless one about the same is open.
 *
 * @param subject what it is about, in ids and codes
 */
export async function openServiceDeadline(
  tx: Transaction,
  kind: ServiceDeadline,
  subject: string,
  steps: readonly ArmedStep[],
  versions: Versions,
): Promise<void> {
  await tx.rows('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`${kind} ${subject}`]);
  const open = await tx.row(`SELECT 1 FROM deadline WHERE kind = $1 AND subject = $2 AND state = 'open'`, [
    kind,
    subject,
  ]);
  if (open !== null) return;
  await tx.insert(...serviceDeadlineRows(tx, { kind, subject, rating: SERVICE_URGENCY[kind], steps, versions }));
}

/** A deadline that is not of a referral, with its steps; due at its first. */
export function serviceDeadlineRows(
  at: { readonly now: Temporal.Instant },
  {
    kind,
    subject,
    rating,
    steps,
    versions,
  }: {
    readonly kind: ServiceDeadline | 'canary';
    readonly subject: string;
    readonly rating: Rating;
    readonly steps: readonly ArmedStep[];
    readonly versions: Versions;
  },
): readonly RowsOf[] {
  const id = randomUUIDv7();
  return [
    rowsOf(Deadline, {
      id,
      kind,
      subject,
      generation: 1,
      rating,
      urgency: urgency(rating),
      dueAt: steps[0]!.at,
      state: 'open',
      armedAt: at.now,
      policyVersion: versions.policyVersion,
      calendarVersion: versions.calendarVersion,
    }),
    rowsOf(
      DeadlineStep,
      ...steps.map((step) => ({
        id: randomUUIDv7(),
        deadlineId: id,
        ...step,
        urgency: urgency(rating),
        fireAt: step.at,
        state: 'waiting' as const,
      })),
    ),
  ];
}

/** Ends the open deadline about a subject: what it asked for has been done, or somebody else has to do it. */
export async function endServiceDeadline(
  tx: Transaction,
  kind: ServiceDeadline,
  subject: string,
  state: 'met' | 'superseded' = 'met',
): Promise<void> {
  await tx.rows(
    `WITH ended AS (
       UPDATE deadline SET state = $3, ended_at = $4 WHERE kind = $1 AND subject = $2 AND state = 'open' RETURNING id),
     steps AS (
       UPDATE deadline_step SET state = 'not_needed'
       WHERE deadline_id IN (SELECT id FROM ended) AND state = 'waiting')
     SELECT id FROM ended`,
    [kind, subject, state, tx.now],
  );
}
