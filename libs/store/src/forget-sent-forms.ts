import type { Transaction } from './database.ts';
import { sql } from './sql.ts';

/** Forgets forms that were sent before an instant. One of them that is sent again would do its work again. @returns how many */
export function forgetSentForms(tx: Transaction, before: Temporal.Instant, atMost: number): Promise<number> {
  return tx.run(sql`
    DELETE FROM sent_form WHERE id IN (SELECT id FROM sent_form WHERE sent_at < ${before} ORDER BY sent_at LIMIT ${atMost})`);
}
