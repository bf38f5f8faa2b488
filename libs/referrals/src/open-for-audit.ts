import { randomUUIDv7 } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { may, mustNotBeHidden, type StaffActor } from '#access';
import { auditEntry } from '#audit';
import { parseReferralReference } from '#domain';
import { Refused } from '#platform';
import { AuditOpening, Database, once, Referral, rowsOf, sql, type Transaction } from '#store';

/** So long an auditor reads a referral for one reason. */
const OPEN_FOR: Temporal.DurationLike = { hours: 1 };

export interface OpenForAuditCommand {
  readonly reference: string;
  /** Why, in the auditor's own words. */
  readonly reason: string;
  /** The form that it is sent from, a UUID. */
  readonly formId: string;
  readonly by: StaffActor;
}

/** An auditor says why they open a referral: for an hour its pages can be read by them. */
@Injectable()
export class OpenForAudit {
  constructor(private readonly database: Database) {}

  /** @throws Refused `not-found`, or `form-sent-before` */
  async execute({ reference, reason, formId, by }: OpenForAuditCommand): Promise<void> {
    if (!may(by, 'referral:open-for-audit')) throw Refused.byPolicy();
    const form = { id: formId, kind: 'open-for-audit', answers: { reference, reason } };
    await this.database.as(by).transaction((tx) =>
      once(tx, form, async () => {
        const found = await tx.one(Referral, { reference: parseReferralReference(reference) ?? '' }, ['id']);
        if (found === null) throw new Refused('not-found');
        await mustNotBeHidden(tx, found.id);
        const id = randomUUIDv7();
        const opening = { id, referralId: found.id, openedBy: by.id, openedAt: tx.now, reason };
        await tx.insert(
          rowsOf(AuditOpening, opening),
          auditEntry(tx, 'referral.opened-for-audit', found.id, { openingId: id }),
        );
        return {};
      }),
    );
  }

  /** Whether there is a referral of this reference that can be opened. @throws Refused `not-found` */
  async mustExist(reference: string, by: StaffActor): Promise<void> {
    if (!may(by, 'referral:open-for-audit')) throw Refused.byPolicy();
    await this.database.as(by).transaction(async (tx) => {
      const found = await tx.one(Referral, { reference }, ['id']);
      if (found === null) throw new Refused('not-found');
      await mustNotBeHidden(tx, found.id);
    });
  }
}

/**
 * Whether a person may read the pages of a referral now. A person of the hub may, but for a restricted one that does not
 * let them in; an auditor for an hour after a reason.
 *
 * @throws Refused `not-found`, `no-reason-for-audit`
 */
export async function mustBeOpenTo(tx: Transaction, referralId: string, by: StaffActor): Promise<void> {
  await mustNotBeHidden(tx, referralId);
  if (!may(by, 'referral:open-for-audit')) return;
  const opened = await tx.row(sql`
    SELECT 1 FROM audit_opening
    WHERE referral_id = ${referralId} AND opened_by = ${by.id} AND opened_at > ${tx.now.subtract(OPEN_FOR)} LIMIT 1`);
  if (opened === null) throw new Refused('no-reason-for-audit');
}
