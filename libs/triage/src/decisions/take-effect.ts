import { responseTime } from '#domain';
import { endDeadlines, ResponseTime, rowsOf, type Policies, type Transaction } from '#store';
import type { LockedReferral } from '../referral/open-referral.ts';

/**
 * The decision takes effect: the referral is decided, its clocks stop, its chain of alerts ends, and how long it took
 * is recorded for good.
 */
export async function takeEffect(
  tx: Transaction,
  policies: Policies,
  referral: LockedReferral,
  decision: { readonly id: string; readonly decidedAt: Temporal.Instant },
): Promise<void> {
  const changed = await tx.row<Pick<ResponseTime, 'firstOpenedAt' | 'firstClaimedAt' | 'firstRatedAt'>>(
    `UPDATE referral SET status = 'decided', version = version + 1, last_changed_at = $2 WHERE id = $1
     RETURNING first_opened_at AS "firstOpenedAt", first_claimed_at AS "firstClaimedAt",
       first_rated_at AS "firstRatedAt"`,
    [referral.id, tx.now],
  );
  const met = await endDeadlines(tx, referral.id, 'met');
  const { policyVersion, calendarVersion, calendar } = await policies.of(
    met.find(({ kind }) => kind === 'decision')!,
    tx,
  );
  const times = {
    receivedAt: referral.receivedAt,
    effectiveAt: tx.now,
    dueAt: referral.decisionDueAt,
    statutoryDueAt: referral.statutoryDueAt,
  };
  await tx.insert(
    rowsOf(ResponseTime, {
      referralId: referral.id,
      decisionId: decision.id,
      decidedAt: decision.decidedAt,
      ...changed!,
      ...times,
      ...responseTime(calendar, times),
      policyVersion,
      calendarVersion,
    }),
  );
}
