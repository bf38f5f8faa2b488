import type { StaffActor } from '#access';
import { claimLapsesAt, parseReferralReference } from '#domain';
import type { Database, Transaction } from '#store';

/** Working on a referral keeps it: its holder's claim lasts from now on, unless it has lapsed. Nobody else's act does anything to it. */
export async function renewClaim(tx: Transaction, referralId: string, by: StaffActor): Promise<void> {
  await tx.update(
    'UPDATE referral SET claim_lapses_at = $3 WHERE id = $1 AND claimed_by = $2 AND claim_lapses_at BETWEEN $4 AND $3',
    [referralId, by.id, claimLapsesAt(tx.now), tx.now],
  );
}

/** Somebody is typing about a referral: if they hold it, they keep it. */
export class RenewClaim {
  constructor(private readonly database: Database) {}

  async execute({ reference, by }: { reference: string; by: StaffActor }): Promise<void> {
    await this.database.transaction(async (tx) => {
      const found = await tx.row<{ id: string }>('SELECT id FROM referral WHERE reference = $1 AND claimed_by = $2', [
        parseReferralReference(reference) ?? '',
        by.id,
      ]);
      if (found !== null) await renewClaim(tx, found.id, by);
    });
  }
}
