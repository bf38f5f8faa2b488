import { reopenedDeadlineRows, restartRequests, type Policies } from '#deadlines';
import { dueTimesUnder, type Rating } from '#domain';
import { sql, type Transaction } from '#store';
import type { LockedReferral } from './lock-referral.ts';
import { requeueDecided } from './referral-state.ts';

/**
 * Opens a decided referral again, because a sample found that its decision may leave a child unsafe, or because those whom
 * the family was sent to do not take it. The deadline that
 * the decision met stays as it is. A new one is armed under the versions in force, with due times that count from the
 * original receipt, so that no time is given twice; its people are told at once.
 *
 * @param referral locked, and decided
 */
export async function reopenDecided(
  tx: Transaction,
  policies: Policies,
  { id, receivedAt }: Pick<LockedReferral, 'id' | 'receivedAt'>,
): Promise<void> {
  const inForce = await policies.inForce(tx);
  const { ratings, generation } = (await tx.row<{ ratings: readonly [Rating, ...Rating[]]; generation: number }>(sql`
    SELECT (SELECT jsonb_agg(rating ORDER BY at, id) FROM rating
       WHERE referral_id = ${id} AND rating IS DISTINCT FROM previous) AS ratings,
      (SELECT max(generation) FROM deadline WHERE referral_id = ${id}) AS generation`))!;
  const due = dueTimesUnder(inForce.policy, inForce.calendar, ratings, receivedAt);
  const rating = ratings.at(-1)!;
  await tx.insert(...reopenedDeadlineRows(tx, inForce, { id, rating, receivedAt, due, generation: generation + 1 }));
  await restartRequests(tx, id, rating, inForce);
  await requeueDecided(tx, id, due);
}
