import { randomUUIDv7 } from 'node:crypto';
import { endDeadlines, type Policies } from '#deadlines';
import { responseTime } from '#domain';
import type { LockedReferral } from '#referrals';
import { ResponseTime, rowsOf, type Transaction } from '#store';

/**
 * The decision takes effect: the referral is decided, its clocks stop, its chain of alerts ends, and how long it took
 * is recorded for good.
 */
export async function takeEffect(
  tx: Transaction,
  policies: Policies,
  referral: LockedReferral,
  decision: {
    readonly id: string;
    readonly decidedAt: Temporal.Instant;
    readonly undoableUntil: Temporal.Instant | null;
  },
): Promise<void> {
  const id = randomUUIDv7();
  const firsts = await tx.row<Pick<ResponseTime, 'firstOpenedAt' | 'firstClaimedAt' | 'firstRatedAt'>>(
    `SELECT first_opened_at AS "firstOpenedAt", first_claimed_at AS "firstClaimedAt", first_rated_at AS "firstRatedAt"
     FROM referral WHERE id = $1`,
    [referral.id],
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
      id,
      referralId: referral.id,
      decisionId: decision.id,
      decidedAt: decision.decidedAt,
      ...firsts!,
      ...times,
      ...responseTime(calendar, times),
      policyVersion,
      calendarVersion,
    }),
  );
  await tx.update(
    `UPDATE referral SET status = 'decided', response_time_id = $3, undoable_until = $4, version = version + 1,
       last_changed_at = $2
     WHERE id = $1`,
    [referral.id, tx.now, id, decision.undoableUntil],
  );
}
