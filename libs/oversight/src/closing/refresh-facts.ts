import { ReferralFact, rowsOf, sql, type Transaction } from '#store';
import { changedSince } from '../standings/changed-since.ts';
import type { Standings } from '../standings/standings.ts';

/** So many facts are written in one statement. */
const BATCH = 2_000;

/**
 * Works out anew the fact of every referral to which something happened since the latest close.
 *
 * @param close the instant of the latest close; null when there is none
 * @returns how many facts it wrote
 */
export async function refreshFacts(
  tx: Transaction,
  standings: Standings,
  close: Temporal.Instant | null,
): Promise<number> {
  const changed = await changedSince(tx, close);
  for (let start = 0; start < changed.length; start += BATCH) {
    const ids = changed.slice(start, start + BATCH);
    const facts = await standings.fromRecord(tx, ids, tx.now);
    await tx.run(sql`DELETE FROM referral_fact WHERE referral_id = ANY(${ids})`);
    await tx.insert(rowsOf(ReferralFact, ...facts));
  }
  // The planner knows nothing yet of a table that this transaction has filled.
  if (close === null) await tx.run(sql`ANALYZE referral_fact`);
  return changed.length;
}
