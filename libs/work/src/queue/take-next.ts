import { Injectable } from '@nestjs/common';
import { isHiddenFrom, may, type StaffActor } from '#access';
import { Policies } from '#deadlines';
import { NOT_AGAIN_HOURS } from '#domain';
import { Database, followingForm, once, Referral, sql, type Transaction } from '#store';
import { claim } from '../claims/claim-referral.ts';
import { pointsInSql, roomOf } from '../claims/points.ts';

export interface TakenReferral {
  readonly reference: string;
  /** The instant at which this person took it, if they held it before they asked; null when they were given it now. */
  readonly heldSince: Temporal.Instant | null;
}

/** Gives a person the most urgent referral that no person holds. */
@Injectable()
export class TakeNext {
  constructor(
    private readonly database: Database,
    private readonly policies: Policies,
  ) {}

  /**
   * @param formId the form whose button was pressed, a UUID: pressed twice, it takes one, for as long as the person
   * holds that one
   * @returns the referral; null when nothing is waiting for this person. A referral that they skipped, or gave back with
   * a note, in this shift is for others, and one that has been screened is for a person who may decide. One for which
   * the person has no room is for others too, but for a red (policy key `workload`), and so is one that they may not open. Two people never get the same one.
   */
  async execute(by: StaffActor, formId: string): Promise<TakenReferral | null> {
    return this.database.as(by).transaction((tx) => takeOnce(tx, this.policies, by, formId));
  }
}

/** Gives the next one, in the transaction of the act that it follows. @param formId as {@link TakeNext} */
export async function takeOnce(
  tx: Transaction,
  policies: Policies,
  by: StaffActor,
  formId: string,
): Promise<TakenReferral | null> {
  const form = { id: formId, kind: 'take-next', answers: {} };
  const { answer, isRepeat } = await once(tx, form, () => take(tx, policies, by));
  if (answer === null) return null;
  const { reference } = answer;
  if (!isRepeat) return { reference, heldSince: null };
  const held = await tx.one(Referral, { reference, claimedBy: by.id, status: 'awaiting_decision' }, ['claimedAt']);
  if (held !== null) return { reference, heldSince: held.claimedAt };
  // It went on since: the old page asks for another, and pressed twice again for one.
  return takeOnce(tx, policies, by, followingForm(formId));
}

async function take(
  tx: Transaction,
  policies: Policies,
  by: StaffActor,
): Promise<{ readonly reference: string } | null> {
  const { policy } = await policies.inForce(tx);
  const room = await roomOf(tx, by.id, policy);
  // Where nothing fits, PostgreSQL does not look at the children of every referral of a long queue.
  const fits =
    room < Math.min(...Object.values(policy.workload.points)) ? sql`false` : sql`${pointsInSql(policy)} <= ${room}`;
  const next = await tx.row<Pick<Referral, 'id' | 'reference' | 'firstClaimedAt'>>(sql`
    SELECT id, reference, first_claimed_at AS "firstClaimedAt" FROM referral r
    WHERE status = 'awaiting_decision' AND claimed_by IS NULL AND (first_rated_at IS NULL OR ${may(by, 'referral:decide')})
      AND (urgency = 1 OR ${fits}) AND NOT ${isHiddenFrom(by.id)}
      AND NOT EXISTS (
        SELECT 1 FROM claim_note n WHERE n.referral_id = r.id AND n.written_by = ${by.id}
          AND n.kind IN ('skipped', 'given_back') AND n.written_at > ${tx.now.subtract({ hours: NOT_AGAIN_HOURS })})
    ORDER BY urgency, decision_due_at, received_at, id
    LIMIT 1 FOR NO KEY UPDATE SKIP LOCKED`);
  if (next === null) return null;
  await claim(tx, next, by.id, 'next');
  return { reference: next.reference };
}
