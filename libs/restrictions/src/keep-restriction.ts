import { Injectable } from '@nestjs/common';
import type { StaffActor } from '#access';
import { auditEntry } from '#audit';
import { Policies } from '#deadlines';
import { REVIEW_WITHIN_DAYS } from '#domain';
import { Database, once, Restriction } from '#store';
import { setRestrictionClock } from './restriction-clock.ts';
import { lockRestriction } from './restriction-of.ts';

export interface KeepRestrictionCommand {
  /** Of a referral that it covers. */
  readonly reference: string;
  readonly restrictionId: string;
  /** The form that it is sent from, a UUID. */
  readonly formId: string;
  readonly by: StaffActor;
}

/** A manager has looked at a restriction: it is still needed, and is looked at again in 90 days. */
@Injectable()
export class KeepRestriction {
  constructor(
    private readonly database: Database,
    private readonly policies: Policies,
  ) {}

  /** @throws Refused `not-found`, `not-named` or `form-sent-before` */
  async execute({ reference, restrictionId, formId, by }: KeepRestrictionCommand): Promise<void> {
    const form = { id: formId, kind: 'keep-restriction', answers: { reference, restrictionId } };
    await this.database.as(by).transaction((tx) =>
      once(tx, form, async () => {
        const { id, referralId } = await lockRestriction(tx, reference, restrictionId, by);
        await tx.change(Restriction, id, { reviewAt: tx.now.add({ hours: REVIEW_WITHIN_DAYS * 24 }) });
        await tx.insert(auditEntry(tx, 'restriction.kept', referralId, { restrictionId: id }));
        await setRestrictionClock(tx, id, await this.policies.inForce(tx));
        return {};
      }),
    );
  }
}
