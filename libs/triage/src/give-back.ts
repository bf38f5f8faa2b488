import { may, type StaffActor } from '#access';
import { Refused } from '#platform';
import { auditEntry, type Database } from '#store';
import { lockReferral } from './open-referral.ts';

/** Puts a referral back on the queue for anybody to take. */
export class GiveBack {
  constructor(private readonly database: Database) {}

  /** @throws Refused `not-found`, `already-decided`, or `held-by-someone-else` unless a manager gives it back */
  async execute({ reference, by }: { reference: string; by: StaffActor }): Promise<void> {
    await this.database.transaction(async (tx) => {
      const { id, claimedBy, status } = await lockReferral(tx, reference);
      if (status !== 'awaiting_decision') throw new Refused('already-decided');
      if (claimedBy === null) return;
      if (claimedBy !== by.id && !may(by, 'claim:override')) throw new Refused('held-by-someone-else');
      await tx.update(
        `UPDATE referral SET claimed_by = NULL, claimed_at = NULL, version = version + 1, last_changed_at = $2
         WHERE id = $1`,
        [id, tx.now],
      );
      // A step that was not needed while somebody held it is needed again, at once if its instant has passed; one that
      // an acknowledgement holds back is held back until its end, as those that were waiting then.
      await tx.update(
        `UPDATE deadline_step s SET state = 'waiting', fire_at = greatest(s.at, d.paused_until)
         FROM deadline d
         WHERE s.deadline_id = d.id AND d.referral_id = $1 AND d.state = 'open'
           AND s.only_if_unclaimed AND s.state IN ('waiting', 'not_needed')`,
        [id],
      );
      await tx.insert(auditEntry(tx, by, 'referral.given-back', id, { from: claimedBy }));
    });
  }
}
