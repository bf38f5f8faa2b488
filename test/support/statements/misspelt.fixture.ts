import { sql, type Transaction } from '#store';

/** Statements as a careless hand writes them: the check of statements must find each. */
export async function misspelt(tx: Transaction): Promise<void> {
  await tx.rows<{ reference: string }>(sql`SELECT referense AS reference FROM referral`);
  await tx.rows<{ receivedAt: Temporal.Instant }>(sql`SELECT received_at AS "recievedAt" FROM referral`);
  await tx.row<{ version: string }>(sql`SELECT version FROM referral WHERE id = ${'an id'}`);
  await tx.run(sql`UPDATE referral SET claimd_by = NULL`);
}

/** A statement that nothing sends. */
export const UNUSED = sql`SELECT 1`;
