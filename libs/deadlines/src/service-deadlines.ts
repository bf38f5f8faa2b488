import { randomUUIDv7 } from 'node:crypto';
import { SERVICE_URGENCY, urgency, type ArmedStep, type Rating, type ServiceDeadline } from '#domain';
import { Deadline, DeadlineStep, rowsOf, sql, type RowsOf, type Transaction } from '#store';
import { stepRow } from './deadline-rows.ts';
import type { Versions } from './policies.ts';

/**
 * Opens a deadline of the service itself, unless one about the same subject is open.
 *
 * @param subject the thing that it is about, in ids and codes
 */
export async function openServiceDeadline(
  tx: Transaction,
  kind: ServiceDeadline,
  subject: string,
  steps: readonly ArmedStep[],
  versions: Versions,
): Promise<void> {
  await tx.lock('serviceDeadline', `${kind} ${subject}`);
  const open = await tx.row(
    sql`SELECT 1 FROM deadline WHERE kind = ${kind} AND subject = ${subject} AND state = 'open'`,
  );
  if (open !== null) return;
  await tx.insert(...serviceDeadlineRows(tx, { kind, subject, rating: SERVICE_URGENCY[kind], steps, versions }));
}

/** A deadline that is not of a referral, with its steps; due at its first step. */
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
    rowsOf(DeadlineStep, ...steps.map((step) => stepRow(id, rating, step, 'waiting'))),
  ];
}
