import { Injectable } from '@nestjs/common';
import type { JobPayloads } from '#jobs';
import { deliveryRows, queuedDelivery } from '#messages';
import { sql, type Transaction } from '#store';

/** Alerts go first: the places and the budget that are kept for reds are kept for alerts. */
const AFTER_ALERTS = 3;

interface ToAcknowledge {
  readonly hasEmail: boolean;
  readonly isQueued: boolean;
}

/**
 * The job that tells the referrer that we have the referral (Working Together: within one working day). It hands a
 * message over, which goes out as alerts do: leased, tried again, asked about.
 */
@Injectable()
export class AcknowledgeReferral {
  async handle({ referralId }: JobPayloads['acknowledge-referral'], tx: Transaction): Promise<void> {
    const found = await tx.row<ToAcknowledge>(sql`
      SELECT coalesce(submitted->'referrer'->>'email', '') <> '' AS "hasEmail",
        EXISTS (SELECT 1 FROM delivery WHERE referral_id = referral.id AND purpose = 'acknowledgement') AS "isQueued"
      FROM referral WHERE id = ${referralId}`);
    if (found === null || !found.hasEmail || found.isQueued) return;
    await tx.insert(
      deliveryRows(
        queuedDelivery({ purpose: 'acknowledgement', referralId, channel: 'email', urgency: AFTER_ALERTS }, tx.now),
      ),
    );
  }
}
