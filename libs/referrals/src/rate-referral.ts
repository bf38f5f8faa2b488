import { randomUUIDv7 } from 'node:crypto';
import { may, type StaffActor } from '#access';
import { auditEntry } from '#audit';
import { deadlineRows, endDeadlines, type Policies } from '#deadlines';
import { dueTimesAfterRerating, isMoreUrgent, urgency, type Rating } from '#domain';
import { Refused } from '#platform';
import { Rating as RatingTable, rowsOf, type Database, type Transaction } from '#store';
import { lockReferral, type LockedReferral } from './lock-referral.ts';
import { renewClaim } from './renew-claim.ts';

export interface RateReferralCommand {
  readonly reference: string;
  readonly rating: Rating;
  readonly reason: string;
  /** The version that the person had before them. */
  readonly version: number;
  /** The form it is sent from, a UUID, for telling a second sending from another act. */
  readonly formId?: string;
  readonly by: StaffActor;
}

/** Confirms or changes a rating. A change re-arms the deadlines; what has been breached stays on record. */
export class RateReferral {
  constructor(
    private readonly database: Database,
    private readonly policies: Policies,
  ) {}

  /**
   * @throws Refused `not-found`, `changed-meanwhile`, `already-decided`, or `lowering-needs-a-manager`
   */
  async execute({ reference, rating, reason, version, formId, by }: RateReferralCommand): Promise<void> {
    await this.database.transaction(async (tx) => {
      const referral = await lockReferral(tx, reference, version);
      if (referral.status !== 'awaiting_decision') throw new Refused('already-decided');
      if (isMoreUrgent(referral.rating, rating) && !may(by, 'rating:lower')) {
        throw new Refused('lowering-needs-a-manager');
      }
      await tx.insert(
        rowsOf(RatingTable, {
          id: randomUUIDv7(),
          referralId: referral.id,
          rating,
          previous: referral.rating,
          givenBy: by.id,
          reason,
          at: tx.now,
        }),
        auditEntry(tx, by, 'referral.rated', referral.id, { from: referral.rating, to: rating, formId }),
      );
      await renewClaim(tx, referral.id, by);
      if (rating === referral.rating) await this.confirm(tx, referral);
      else await this.change(tx, referral, rating);
    });
  }

  private async confirm(tx: Transaction, { id }: LockedReferral): Promise<void> {
    await tx.update(
      `UPDATE referral SET first_rated_at = coalesce(first_rated_at, $2), version = version + 1, last_changed_at = $2
       WHERE id = $1`,
      [id, tx.now],
    );
  }

  private async change(tx: Transaction, referral: LockedReferral, rating: Rating): Promise<void> {
    const { id, receivedAt, decisionDueAt, claimedBy } = referral;
    const inForce = await this.policies.inForce(tx);
    const due = dueTimesAfterRerating(
      inForce.policy,
      inForce.calendar,
      { from: referral.rating, to: rating, decisionDueAt },
      receivedAt,
    );
    const ended = await endDeadlines(tx, id, 'superseded');
    const generation = Math.max(...ended.map((deadline) => deadline.generation)) + 1;
    await tx.insert(
      ...deadlineRows(tx, inForce, { id, rating, receivedAt, due, generation, armClaim: claimedBy === null }),
    );
    await tx.update(
      `UPDATE referral SET rating = $2, urgency = $3, decision_due_at = $4, statutory_due_at = $5,
         first_rated_at = coalesce(first_rated_at, $6), version = version + 1, last_changed_at = $6
       WHERE id = $1`,
      [id, rating, urgency(rating), due.decisionDueAt, due.statutoryDueAt, tx.now],
    );
  }
}
