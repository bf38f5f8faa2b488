import { sql, type Transaction } from '#store';

/** The second reckoning of the figures by another way. */
export interface Reckoning {
  readonly at: Temporal.Instant;
  readonly compared: number;
  readonly differences: number;
}

/** The latest one before an instant; null while none has been made. */
export function latestReckoning(tx: Transaction, at: Temporal.Instant): Promise<Reckoning | null> {
  return tx.row<Reckoning>(sql`
    SELECT at, compared, jsonb_array_length(differences) AS differences FROM recomputation
    WHERE at <= ${at} ORDER BY at DESC LIMIT 1`);
}
