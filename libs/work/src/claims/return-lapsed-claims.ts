import { Injectable } from '@nestjs/common';
import { auditEntry } from '#audit';
import { releaseReferral } from '#referrals';
import { releaseHidden } from '#restrictions';
import { Database, SERVICE, sql } from '#store';

/** Claims that one transaction returns: few enough to keep no person waiting. */
const BATCH = 50;

/**
 * Puts referrals back on the queue that their holder has not worked on for as long as a claim lasts, or may not open any more.
 */
@Injectable()
export class ReturnLapsedClaims {
  constructor(private readonly database: Database) {}

  /** @returns how many went back */
  async execute(): Promise<number> {
    return this.database.as(SERVICE).transaction(async (tx) => {
      const lapsed = await tx.rows<{ id: string; claimedBy: string }>(sql`
        SELECT id, claimed_by AS "claimedBy" FROM referral
        WHERE status = 'awaiting_decision' AND claimed_by IS NOT NULL AND claim_lapses_at <= ${tx.now}
        ORDER BY urgency, decision_due_at LIMIT ${BATCH} FOR NO KEY UPDATE SKIP LOCKED`);
      for (const { id, claimedBy } of lapsed) {
        await releaseReferral(tx, id);
        await tx.insert(auditEntry(tx, 'referral.claim-lapsed', id, { from: claimedBy }));
      }
      return lapsed.length + (await releaseHidden(tx));
    });
  }
}
