import { sql, type Transaction } from '#store';

/** Forgets the alerts of canaries, which told no person. The database lets no other alert go. */
export async function forgetAlerts(tx: Transaction, ids: readonly string[]): Promise<void> {
  await tx.run(sql`DELETE FROM alert WHERE id = ANY(${ids})`);
}
