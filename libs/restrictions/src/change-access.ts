import { Injectable } from '@nestjs/common';
import type { StaffActor } from '#access';
import { auditEntry } from '#audit';
import { Policies } from '#deadlines';
import type { GrantLength } from '#domain';
import { Refused } from '#platform';
import { Database, once, sql, type Transaction } from '#store';
import { barRows, endGrants, grantRows, mustWorkHere } from './grants.ts';
import { releaseHidden } from './release-hidden.ts';
import { setRestrictionClock } from './restriction-clock.ts';
import { lockRestriction } from './restriction-of.ts';

export interface ChangeAccessCommand {
  /** Of a referral that the restriction covers. */
  readonly reference: string;
  readonly restrictionId: string;
  readonly personId: string;
  /** Let in for so long, kept out from now on, or kept out for good because they are or know one of the people. */
  readonly access: GrantLength | 'out' | 'barred';
  /** The form that it is sent from, a UUID. */
  readonly formId: string;
  readonly by: StaffActor;
}

/** A manager says of one person whether they may open what a restriction covers. */
@Injectable()
export class ChangeAccess {
  constructor(
    private readonly database: Database,
    private readonly policies: Policies,
  ) {}

  /** @throws Refused `not-found`, `form-not-whole` for a person of no such id, `not-named`, `not-oneself-out` where a manager would shut
   * themselves out, or `form-sent-before` */
  async execute({ formId, by, ...command }: ChangeAccessCommand): Promise<void> {
    const form = { id: formId, kind: 'change-access', answers: command };
    await this.database.as(by).transaction((tx) => once(tx, form, () => this.change(tx, command, by)));
  }

  private async change(tx: Transaction, command: Omit<ChangeAccessCommand, 'formId' | 'by'>, by: StaffActor) {
    const { reference, restrictionId, personId, access } = command;
    const { id, referralId } = await lockRestriction(tx, reference, restrictionId, by);
    await mustWorkHere(tx, [personId]);
    const isOut = access === 'out' || access === 'barred';
    if (isOut && personId === by.id) throw new Refused('not-oneself-out');
    await endGrants(tx, id, personId, by.id);
    await tx.run(sql`
    UPDATE restriction_bar SET ended_by = ${by.id}, ended_at = ${tx.now}
    WHERE restriction_id = ${id} AND staff_id = ${personId} AND ended_at IS NULL`);
    const rows = isOut
      ? barRows(tx, id, access === 'barred' ? [personId] : [], by.id)
      : grantRows(tx, id, [personId], access, by.id);
    await tx.insert(
      rows,
      auditEntry(tx, 'restriction.access-changed', referralId, { restrictionId: id, staffId: personId, access }),
    );
    await releaseHidden(tx);
    await setRestrictionClock(tx, id, await this.policies.inForce(tx));
    return {};
  }
}
