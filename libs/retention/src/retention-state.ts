import { randomUUIDv7 } from 'node:crypto';
import {
  Destruction,
  DestructionProposal,
  rowsOf,
  sql,
  type NewRow,
  type ProposalState,
  type Transaction,
} from '#store';
import { idOf, type RecordInQuestion } from './due-record.ts';

/*
 * What state a proposal may go to next is said here alone: proposed → approved | kept | withdrawn; approved → proposed (the other
 * person refuses) | withdrawn | destroyed.
 */

export async function propose(
  tx: Transaction,
  proposals: readonly (RecordInQuestion &
    Pick<DestructionProposal, 'rule' | 'keptUntil' | 'looksFirst' | 'scheduleVersion'>)[],
): Promise<void> {
  const rows = proposals.map((one): NewRow<DestructionProposal> => ({
    ...one,
    id: randomUUIDv7(),
    proposedAt: tx.now,
    state: 'proposed',
  }));
  await tx.insert(rowsOf(DestructionProposal, ...rows));
}

/** @returns how many of these proposals are approved by this: one that another person settled meanwhile is not */
export async function approve(
  tx: Transaction,
  ids: readonly string[],
  destructionId: string,
  by: string,
): Promise<number> {
  await tx.insert(rowsOf(Destruction, { id: destructionId, approvedBy: by, approvedAt: tx.now }));
  return tx.run(sql`
    UPDATE destruction_proposal SET state = 'approved', destruction_id = ${destructionId}
    WHERE id = ANY(${ids}::uuid[]) AND state = 'proposed'`);
}

/** @param until a local date @returns whether it was still proposed */
export async function keepLonger(
  tx: Transaction,
  id: string,
  { until, why, by }: { readonly until: Temporal.PlainDate; readonly why: string; readonly by: string },
): Promise<boolean> {
  return (
    (await tx.run(sql`
      UPDATE destruction_proposal SET state = 'kept', keep_until = ${until.toString()}::date, why = ${why},
        settled_at = ${tx.now}, settled_by = ${by}
      WHERE id = ${id} AND state = 'proposed'`)) === 1
  );
}

/** Another person answers an approval. @returns whether it was still unanswered, and approved by another */
export async function answer(
  tx: Transaction,
  destructionId: string,
  said: 'agreed' | 'refused',
  by: string,
): Promise<boolean> {
  const answered = await tx.run(sql`
    UPDATE destruction SET answer = ${said}, answered_by = ${by}, answered_at = ${tx.now}
    WHERE id = ${destructionId} AND answer IS NULL AND approved_by <> ${by}`);
  if (answered === 1 && said === 'refused') {
    await tx.run(sql`
      UPDATE destruction_proposal SET state = 'proposed', destruction_id = NULL
      WHERE destruction_id = ${destructionId} AND state = 'approved'`);
  }
  return answered === 1;
}

/** @param why a code: `held`, `not_due`, or `other_rule` where the schedule says otherwise by now */
export function withdraw(tx: Transaction, id: string, why: string): Promise<void> {
  return settle(tx, id, 'withdrawn', { why });
}

/** The certificate has counts. What a person once said of why the record was kept may name a child, and goes with it. */
export async function certify(
  tx: Transaction,
  certified: Pick<DestructionProposal, 'id' | 'referralId' | 'consultationId'>,
  rowsDestroyed: Readonly<Record<string, number>>,
): Promise<void> {
  await settle(tx, certified.id, 'destroyed', { rowsDestroyed });
  await tx.run(sql`
    UPDATE destruction_proposal SET why = 'destroyed since'
    WHERE (referral_id = ${idOf(certified)} OR consultation_id = ${idOf(certified)}) AND state = 'kept'`);
}

function settle(
  tx: Transaction,
  id: string,
  state: ProposalState,
  more: Partial<Pick<DestructionProposal, 'why' | 'rowsDestroyed'>>,
): Promise<void> {
  return tx.change(DestructionProposal, id, { state, settledAt: tx.now, ...more });
}

export function finish(tx: Transaction, destructionId: string): Promise<void> {
  return tx.change(Destruction, destructionId, { doneAt: tx.now });
}
