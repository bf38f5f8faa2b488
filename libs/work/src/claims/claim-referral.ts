import { Injectable } from '@nestjs/common';
import type { StaffActor } from '#access';
import { auditEntry } from '#audit';
import { endDeadlines } from '#deadlines';
import { Refused } from '#platform';
import { holdReferral, lockReferral, type LockedReferral } from '#referrals';
import { Database, type Transaction } from '#store';

/** Gives a person one particular referral, if no person holds it. */
@Injectable()
export class ClaimReferral {
  constructor(private readonly database: Database) {}

  /** @throws Refused `not-found`, `already-decided`, or `already-claimed` by another person */
  async execute({ reference, by }: { reference: string; by: StaffActor }): Promise<void> {
    await this.database.as(by).transaction(async (tx) => {
      const referral = await lockReferral(tx, reference);
      if (referral.status === 'decided') throw new Refused('already-decided');
      if (referral.claimedBy === by.id) return;
      if (referral.claimedBy !== null) throw new Refused('already-claimed');
      await claim(tx, referral, by.id, 'chosen');
    });
  }
}

/**
 * Makes a person the holder of a referral that the transaction has locked and that no person holds.
 *
 * @param how `next`: given by the queue; `chosen`: picked by the person; `deciding`: taken by deciding it
 */
export async function claim(
  tx: Transaction,
  referral: Pick<LockedReferral, 'id' | 'firstClaimedAt'>,
  holder: string,
  how: 'next' | 'chosen' | 'deciding',
): Promise<void> {
  await holdReferral(tx, referral, holder);
  await endClaimDeadline(tx, referral.id);
  await tx.insert(auditEntry(tx, 'referral.claimed', referral.id, { how }));
}

/** A person has the referral: the deadline by which that had to be is met. */
export async function endClaimDeadline(tx: Transaction, referralId: string): Promise<void> {
  await endDeadlines(tx, referralId, 'met', 'claim');
}
