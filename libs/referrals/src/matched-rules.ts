import type { MatchedRule } from '#domain';
import { sql, type Transaction } from '#store';

/** The rules by which the rating of a referral was suggested when it came in; none when no rule matched. */
export async function matchedRules(tx: Transaction, referralId: string): Promise<readonly MatchedRule[]> {
  const found = await tx.row<{ readonly matched: readonly MatchedRule[] }>(sql`
    SELECT matched FROM rating WHERE referral_id = ${referralId} AND matched IS NOT NULL`);
  return found?.matched ?? [];
}

/** The reason of a rating that a person confirms by one press: the rules that they saw. */
export function reasonByRules(matched: readonly MatchedRule[]): string {
  if (matched.length === 0) return 'As suggested: no rule matched, which suggests amber';
  return `As the rules suggest: ${matched.map(({ id, because }) => `${because} (${id})`).join('; ')}`;
}
