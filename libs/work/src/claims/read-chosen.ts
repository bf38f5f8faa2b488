import { Injectable } from '@nestjs/common';
import type { StaffActor } from '#access';
import { auditEntry } from '#audit';
import type { Rating } from '#domain';
import { RATING_CONFIRMED, SUBMITTED_NAME } from '#referrals';
import { Database, sql } from '#store';

/** A referral that a person is about to assign, so that they see what they chose. */
export interface ChosenReferral {
  readonly reference: string;
  readonly rating: Rating;
  readonly isRatingConfirmed: boolean;
  /** The first child's name or description, as submitted; null where the person may not open it. */
  readonly child: string | null;
  readonly holder: string | null;
}

/** The referrals that a person chose on the queue, the most urgent first. */
@Injectable()
export class ReadChosen {
  constructor(private readonly database: Database) {}

  async execute(references: readonly string[], by: StaffActor): Promise<readonly ChosenReferral[]> {
    return this.database.as(by).transaction(async (tx) => {
      const chosen = await tx.rows<ChosenReferral>(
        sql`SELECT r.reference, r.rating, ${RATING_CONFIRMED} AS "isRatingConfirmed", holder.name AS holder,
           ${SUBMITTED_NAME} AS child
         FROM referral r LEFT JOIN referral_child who ON who.referral_id = r.id AND who.position = 0
         LEFT JOIN staff_member holder ON holder.id = r.claimed_by
         WHERE r.reference = ANY(${references}) ORDER BY r.urgency, r.decision_due_at, r.received_at, r.id`,
      );
      await tx.insert(auditEntry(tx, 'queue.read', null, { view: 'chosen', lines: chosen.length }));
      return chosen;
    });
  }
}
