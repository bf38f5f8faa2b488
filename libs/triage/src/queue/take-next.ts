import type { StaffActor } from '#access';
import { claimLapsesAt, NOT_AGAIN_HOURS } from '#domain';
import { auditEntry, endDeadlines, type Database } from '#store';

/** Gives a person the most urgent referral that nobody holds. */
export class TakeNext {
  constructor(private readonly database: Database) {}

  /**
   * @returns its reference; null when nothing is waiting but what this person skipped or gave back in this shift. Two
   * people never get the same one.
   */
  async execute(by: StaffActor): Promise<string | null> {
    return this.database.transaction(async (tx) => {
      const taken = await tx.row<{ id: string; reference: string }>(
        `UPDATE referral SET claimed_by = $1, claimed_at = $2, claim_lapses_at = $3,
           first_claimed_at = coalesce(first_claimed_at, $2), version = version + 1, last_changed_at = $2
         WHERE id = (
           SELECT id FROM referral r
           WHERE status = 'awaiting_decision' AND claimed_by IS NULL AND NOT EXISTS (
             SELECT 1 FROM audit_entry a WHERE a.referral_id = r.id AND a.actor_id = $1
               AND a.act IN ('referral.skipped', 'referral.given-back')
               AND a.at > $2::timestamptz - make_interval(hours => ${NOT_AGAIN_HOURS}))
           ORDER BY urgency, decision_due_at, received_at, id
           LIMIT 1 FOR NO KEY UPDATE SKIP LOCKED)
         RETURNING id, reference`,
        [by.id, tx.now, claimLapsesAt(tx.now)],
      );
      if (taken === null) return null;
      await endDeadlines(tx, taken.id, 'met', 'claim');
      await tx.insert(auditEntry(tx, by, 'referral.claimed', taken.id, { how: 'next' }));
      return taken.reference;
    });
  }
}
