import type { StaffActor } from '#access';
import { auditEntry } from '#audit';
import type { Rating } from '#domain';
import type { Database } from '#store';

/** A referral that somebody is about to assign, so that they see what they chose. */
export interface ChosenReferral {
  readonly reference: string;
  readonly rating: Rating;
  /** The first child's name or description, as submitted. */
  readonly child: string;
  readonly holder: string | null;
}

/** The referrals that somebody chose on the queue, the most urgent first. */
export class ReadChosen {
  constructor(private readonly database: Database) {}

  async execute(references: readonly string[], by: StaffActor): Promise<readonly ChosenReferral[]> {
    return this.database.transaction(async (tx) => {
      const chosen = await tx.rows<ChosenReferral>(
        `SELECT r.reference, r.rating, holder.name AS holder,
           coalesce(nullif(concat_ws(' ', c.submitted->>'firstName', c.submitted->>'lastName'), ''),
             c.submitted->>'description', '') AS child
         FROM referral r JOIN referral_child c ON c.referral_id = r.id AND c.position = 0
         LEFT JOIN staff_member holder ON holder.id = r.claimed_by
         WHERE r.reference = ANY($1) ORDER BY r.urgency, r.decision_due_at, r.received_at, r.id`,
        [references],
      );
      await tx.insert(auditEntry(tx, by, 'queue.read', null, { view: 'chosen', lines: chosen.length }));
      return chosen;
    });
  }
}
