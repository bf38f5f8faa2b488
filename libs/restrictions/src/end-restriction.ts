import { Injectable } from '@nestjs/common';
import type { StaffActor } from '#access';
import { auditEntry } from '#audit';
import { noteChange } from '#referrals';
import { Database, once, Restriction } from '#store';
import { endRestrictionClock } from './restriction-clock.ts';
import { lockRestriction } from './restriction-of.ts';

export interface EndRestrictionCommand {
  /** Of a referral that it covers. */
  readonly reference: string;
  readonly restrictionId: string;
  /** In the manager's own words. */
  readonly reason: string;
  /** The form that it is sent from, a UUID. */
  readonly formId: string;
  readonly by: StaffActor;
}

/** A manager ends a restriction: the people of the hub can open what it covered again. */
@Injectable()
export class EndRestriction {
  constructor(private readonly database: Database) {}

  /** @throws Refused `not-found`, `not-named` or `form-sent-before` */
  async execute({ reference, restrictionId, reason, formId, by }: EndRestrictionCommand): Promise<void> {
    const form = { id: formId, kind: 'end-restriction', answers: { reference, restrictionId, reason } };
    await this.database.as(by).transaction((tx) =>
      once(tx, form, async () => {
        const { id, referralId } = await lockRestriction(tx, reference, restrictionId, by);
        await tx.change(Restriction, id, { endedBy: by.id, endedAt: tx.now, endReason: reason });
        await endRestrictionClock(tx, id, 'met');
        await noteChange(tx, referralId);
        await tx.insert(auditEntry(tx, 'restriction.ended', referralId, { restrictionId: id }));
        return {};
      }),
    );
  }
}
