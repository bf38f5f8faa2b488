import { auditEntry } from '#audit';
import type { Database } from '#store';
import { putBack } from './put-back.ts';

const AT_ONCE = 50;

/** Puts back on the queue what its holder has not worked on for as long as a claim lasts. */
export class ReturnLapsedClaims {
  constructor(private readonly database: Database) {}

  /** @returns how many went back */
  async execute(): Promise<number> {
    return this.database.transaction(async (tx) => {
      const lapsed = await tx.rows<{ id: string; claimedBy: string }>(
        `SELECT id, claimed_by AS "claimedBy" FROM referral
         WHERE status = 'awaiting_decision' AND claimed_by IS NOT NULL AND claim_lapses_at <= $1
         ORDER BY urgency, decision_due_at LIMIT ${AT_ONCE} FOR NO KEY UPDATE SKIP LOCKED`,
        [tx.now],
      );
      for (const { id, claimedBy } of lapsed) {
        await putBack(tx, id);
        await tx.insert(auditEntry(tx, { kind: 'service' }, 'referral.claim-lapsed', id, { from: claimedBy }));
      }
      return lapsed.length;
    });
  }
}
