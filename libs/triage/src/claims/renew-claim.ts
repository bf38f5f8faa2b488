import { claimLapsesAt } from '#domain';
import type { StaffActor } from '#access';
import type { Transaction } from '#store';

/** Working on a referral keeps it: its holder's claim lasts from now on. Nobody else's act does anything to it. */
export async function renewClaim(tx: Transaction, referralId: string, by: StaffActor): Promise<void> {
  await tx.update(
    'UPDATE referral SET claim_lapses_at = $3 WHERE id = $1 AND claimed_by = $2 AND claim_lapses_at < $3',
    [referralId, by.id, claimLapsesAt(tx.now)],
  );
}
