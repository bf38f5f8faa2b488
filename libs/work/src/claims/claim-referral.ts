import type { StaffActor } from '#access';
import { auditEntry } from '#audit';
import { endDeadlines } from '#deadlines';
import { claimLapsesAt } from '#domain';
import { Refused } from '#platform';
import { lockReferral, type LockedReferral } from '#referrals';
import type { Database, Transaction } from '#store';

/** Gives a person one particular referral, if nobody holds it. */
export class ClaimReferral {
  constructor(private readonly database: Database) {}

  /** @throws Refused `not-found`, `already-decided`, or `already-claimed` by somebody else */
  async execute({ reference, by }: { reference: string; by: StaffActor }): Promise<void> {
    await this.database.transaction(async (tx) => {
      const referral = await lockReferral(tx, reference);
      if (referral.status === 'decided') throw new Refused('already-decided');
      if (referral.claimedBy === by.id) return;
      if (referral.claimedBy !== null) throw new Refused('already-claimed');
      await claim(tx, referral, by.id);
      await tx.insert(auditEntry(tx, by, 'referral.claimed', referral.id, { how: 'chosen' }));
    });
  }
}

/** Makes a person the holder of a referral that the transaction has locked and nobody holds. */
export async function claim(tx: Transaction, { id }: LockedReferral, holder: string): Promise<void> {
  await tx.update(
    `UPDATE referral SET claimed_by = $2, claimed_at = $3, claim_lapses_at = $4,
       first_claimed_at = coalesce(first_claimed_at, $3), version = version + 1, last_changed_at = $3
     WHERE id = $1`,
    [id, holder, tx.now, claimLapsesAt(tx.now)],
  );
  await endDeadlines(tx, id, 'met', 'claim');
}
