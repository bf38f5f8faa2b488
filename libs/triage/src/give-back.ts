import { may, type StaffActor } from '#access';
import { Refused } from '#platform';
import { auditEntry, type Database } from '#store';
import { lockReferral } from './open-referral.ts';

/** Puts a referral back on the queue for anybody to take. */
export class GiveBack {
  constructor(private readonly database: Database) {}

  /** @throws Refused `not-found`, or `held-by-someone-else` unless a manager gives it back */
  async execute({ reference, by }: { reference: string; by: StaffActor }): Promise<void> {
    await this.database.transaction(async (tx) => {
      const { id, claimedBy } = await lockReferral(tx, reference);
      if (claimedBy === null) return;
      if (claimedBy !== by.id && !may(by, 'claim:override')) throw new Refused('held-by-someone-else');
      await tx.update(
        `UPDATE referral SET claimed_by = NULL, claimed_at = NULL, version = version + 1, last_changed_at = $2
         WHERE id = $1`,
        [id, tx.now],
      );
      await tx.insert(auditEntry(tx, by, 'referral.given-back', id, { from: claimedBy }));
    });
  }
}
