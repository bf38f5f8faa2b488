import type { Transaction } from '#store';
import type { Versions } from './policies.ts';

export interface EndedDeadline extends Versions {
  readonly kind: 'decision' | 'claim';
  readonly generation: number;
}

/**
 * Ends the open deadlines of a referral, and with them the steps that have not fired. When that was is kept, so a
 * breach stays on record.
 *
 * @param kind only deadlines of this kind; all of them without it
 * @returns what was open
 */
export async function endDeadlines(
  tx: Transaction,
  referralId: string,
  state: 'met' | 'superseded',
  kind: EndedDeadline['kind'] | null = null,
): Promise<readonly EndedDeadline[]> {
  return tx.rows<EndedDeadline>(
    `WITH ended AS (
       UPDATE deadline SET state = $2, ended_at = $3
       WHERE referral_id = $1 AND state = 'open' AND ($4::text IS NULL OR kind = $4)
       RETURNING id, kind, generation, policy_version, calendar_version),
     steps AS (
       UPDATE deadline_step SET state = 'not_needed'
       WHERE deadline_id IN (SELECT id FROM ended) AND state = 'waiting')
     SELECT kind, generation, policy_version AS "policyVersion", calendar_version AS "calendarVersion" FROM ended`,
    [referralId, state, tx.now, kind],
  );
}
