import type { Transaction } from '#store';

/** Puts a referral that the transaction has locked back on the queue for anybody to take. */
export async function putBack(tx: Transaction, referralId: string): Promise<void> {
  await tx.update(
    `UPDATE referral SET claimed_by = NULL, claimed_at = NULL, claim_lapses_at = NULL, version = version + 1,
       last_changed_at = $2
     WHERE id = $1`,
    [referralId, tx.now],
  );
  // A step that was not needed while somebody held it is needed again, now if its instant has passed; one that an
  // acknowledgement holds back is held back until its end, as those that were waiting then.
  await tx.update(
    `UPDATE deadline_step s SET state = 'waiting', fire_at = greatest(s.at, d.paused_until, $2)
     FROM deadline d
     WHERE s.deadline_id = d.id AND d.referral_id = $1 AND d.state = 'open'
       AND s.only_if_unclaimed AND s.state IN ('waiting', 'not_needed')`,
    [referralId, tx.now],
  );
}
