import { Injectable } from '@nestjs/common';
import type { StaffActor } from '#access';
import { auditEntry } from '#audit';
import { Refused } from '#platform';
import { lockReferral, releaseReferral } from '#referrals';
import { Database, once } from '#store';
import { claimNoteRows } from './claim-note-rows.ts';

export interface SkipReferralCommand {
  readonly reference: string;
  readonly reason: string;
  /** The form that it is sent from, a UUID. */
  readonly formId: string;
  readonly by: StaffActor;
}

/**
 * Passes over a referral that a person was given, for a reason that managers see. For a shift the person is not given
 * it again.
 */
@Injectable()
export class SkipReferral {
  constructor(private readonly database: Database) {}

  /** @throws Refused `not-found`, `already-decided`, `not-held-by-you`, or `form-sent-before` */
  async execute({ reference, reason, formId, by }: SkipReferralCommand): Promise<void> {
    const form = { id: formId, kind: 'skip', answers: { reference, reason } };
    await this.database.as(by).transaction((tx) =>
      once(tx, form, async () => {
        const { id, claimedBy, status } = await lockReferral(tx, reference);
        if (status !== 'awaiting_decision') throw new Refused('already-decided');
        if (claimedBy !== by.id) throw new Refused('not-held-by-you');
        await releaseReferral(tx, id);
        const { rows, details } = claimNoteRows(tx, id, 'skipped', reason);
        await tx.insert(...rows, auditEntry(tx, 'referral.skipped', id, details));
        return {};
      }),
    );
  }
}
