import { may, type StaffActor } from '#access';
import { auditEntry } from '#audit';
import { endDeadlines } from '#deadlines';
import { claimLapsesAt, NOT_AGAIN_HOURS } from '#domain';
import type { Database, Transaction } from '#store';

export interface TakenReferral {
  readonly reference: string;
  /** When this person took it, if they held it before they asked; null when they were given it now. */
  readonly heldSince: Temporal.Instant | null;
}

/** Gives a person the most urgent referral that nobody holds. */
export class TakeNext {
  constructor(private readonly database: Database) {}

  /**
   * @param pageMadeAt when the page was made whose button was pressed: pressed twice, it takes one
   * @returns the referral; null when nothing is waiting for this person. What they skipped, or gave back with a note, in
   * this shift is for others, and what has been screened is for who may decide. Two people never get the same one.
   */
  async execute(by: StaffActor, pageMadeAt?: Temporal.Instant): Promise<TakenReferral | null> {
    return this.database.transaction(async (tx) => {
      if (pageMadeAt !== undefined) {
        const already = await takenSince(tx, by, pageMadeAt);
        if (already !== null) return already;
      }
      const taken = await tx.row<{ id: string; reference: string }>(
        `UPDATE referral SET claimed_by = $1, claimed_at = $2, claim_lapses_at = $3,
           first_claimed_at = coalesce(first_claimed_at, $2), version = version + 1, last_changed_at = $2
         WHERE id = (
           SELECT id FROM referral r
           WHERE status = 'awaiting_decision' AND claimed_by IS NULL AND (first_rated_at IS NULL OR $4)
             AND NOT EXISTS (
               SELECT 1 FROM claim_note n WHERE n.referral_id = r.id AND n.written_by = $1
                 AND n.kind IN ('skipped', 'given_back')
                 AND n.written_at > $2::timestamptz - make_interval(hours => ${NOT_AGAIN_HOURS}))
           ORDER BY urgency, decision_due_at, received_at, id
           LIMIT 1 FOR NO KEY UPDATE SKIP LOCKED)
         RETURNING id, reference`,
        [by.id, tx.now, claimLapsesAt(tx.now), may(by, 'referral:decide')],
      );
      if (taken === null) return null;
      await endDeadlines(tx, taken.id, 'met', 'claim');
      await tx.insert(auditEntry(tx, by, 'referral.claimed', taken.id, { how: 'next' }));
      return { reference: taken.reference, heldSince: null };
    });
  }
}

/** What a person took as the next one since an instant, and still holds. One press after the other, so that a second finds the first. */
async function takenSince(tx: Transaction, by: StaffActor, since: Temporal.Instant): Promise<TakenReferral | null> {
  await tx.rows('SELECT pg_advisory_xact_lock(hashtextextended($1, 5))', [by.id]);
  return tx.row<TakenReferral>(
    `SELECT r.reference, r.claimed_at AS "heldSince" FROM referral r JOIN audit_entry a ON a.referral_id = r.id
     WHERE r.claimed_by = $1 AND r.status = 'awaiting_decision' AND r.claimed_at > $2
       AND a.actor_id = $1 AND a.act = 'referral.claimed' AND a.details->>'how' = 'next' AND a.at = r.claimed_at
     ORDER BY r.claimed_at DESC LIMIT 1`,
    [by.id, since],
  );
}
