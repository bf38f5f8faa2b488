import { parseReferralReference } from '#domain';
import type { Database } from '#store';

/** Forms about referrals that have been sent and have done what they were for. What comes of one later is late. */
export class SentForms {
  constructor(private readonly database: Database) {}

  /** @param formId the id that the form carried, as it was typed */
  async has(reference: string, formId: string): Promise<boolean> {
    const found = await this.database.row(
      `SELECT 1 FROM audit_entry a JOIN referral r ON r.id = a.referral_id
       WHERE r.reference = $1 AND a.details->>'formId' = $2 LIMIT 1`,
      [parseReferralReference(reference) ?? '', formId],
    );
    return found !== null;
  }
}
