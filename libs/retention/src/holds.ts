import { randomUUIDv7 } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { StaffActor } from '#access';
import { auditEntry } from '#audit';
import { parseReferralReference } from '#domain';
import { isUuid, Refused } from '#platform';
import { mustNotBeHidden } from '#access';
import { Database, once, Referral, RetentionHold, rowsOf, sql, type Transaction } from '#store';

export interface SetHoldCommand {
  /** A reference; null for every record. */
  readonly reference: string | null;
  readonly reason: string;
  readonly formId: string;
  readonly by: StaffActor;
}

/** Nothing that a hold covers is destroyed: not what is approved, and not what is agreed and waits for the worker. */
@Injectable()
export class Holds {
  constructor(private readonly database: Database) {}

  /** @throws Refused `not-found` or `form-sent-before` */
  async set({ reference, reason, formId, by }: SetHoldCommand): Promise<void> {
    const form = { id: formId, kind: 'retention-hold', answers: { reference, reason } };
    await this.database.as(by).transaction((tx) =>
      once(tx, form, async () => {
        // Waits for records that are being destroyed at this moment.
        await tx.lock('retentionHold');
        const of = reference === null ? null : await referralOf(tx, reference);
        const referralId = of?.id ?? null;
        const id = randomUUIDv7();
        await tx.insert(
          rowsOf(RetentionHold, {
            id,
            referralId,
            reference: of?.reference ?? null,
            reason,
            setBy: by.id,
            setAt: tx.now,
          }),
          auditEntry(tx, 'retention.hold-set', referralId, { holdId: id, isOfAll: referralId === null }),
        );
        return {};
      }),
    );
  }

  /** @throws Refused `not-found`, `hold-moved-on`, or `form-sent-before` */
  async end({ id, reason, formId, by }: { id: string; reason: string; formId: string; by: StaffActor }): Promise<void> {
    const form = { id: formId, kind: 'end-retention-hold', answers: { id, reason } };
    await this.database.as(by).transaction((tx) =>
      once(tx, form, async () => {
        const hold = isUuid(id) ? await tx.one(RetentionHold, { id }, ['referralId']) : null;
        if (hold === null) throw new Refused('not-found');
        const ended = await tx.run(sql`
          UPDATE retention_hold SET ended_by = ${by.id}, ended_at = ${tx.now}, end_reason = ${reason}
          WHERE id = ${id} AND ended_at IS NULL`);
        if (ended === 0) throw new Refused('hold-moved-on');
        await tx.insert(auditEntry(tx, 'retention.hold-ended', hold.referralId, { holdId: id }));
        return {};
      }),
    );
  }
}

async function referralOf(tx: Transaction, reference: string): Promise<Pick<Referral, 'id' | 'reference'>> {
  const found = await tx.one(Referral, { reference: parseReferralReference(reference) ?? '' }, ['id', 'reference']);
  if (found === null) throw new Refused('not-found');
  await mustNotBeHidden(tx, found.id);
  return found;
}
