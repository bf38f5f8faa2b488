import { Injectable } from '@nestjs/common';
import { may, mayHold, type StaffActor, type StaffRole } from '#access';
import { auditEntry } from '#audit';
import { Policies, type PolicyInForce } from '#deadlines';
import type { AlertGroup } from '#domain';
import { Refused } from '#platform';
import { setRestrictionClocksOf } from '#restrictions';
import { endTurns } from '#rota';
import { Database, once, StaffMember, type Transaction } from '#store';
import { mustHaveLastResort, releaseAll } from './leave.ts';
import { lockPerson } from './leave-hub.ts';

export interface ChangeRoleCommand {
  readonly personId: string;
  readonly role: StaffRole;
  /** For which they answer; of no effect for a role that opens no alerts. */
  readonly groups: readonly AlertGroup[];
  /** The form that it is sent from, a UUID. */
  readonly formId: string;
  readonly by: StaffActor;
}

/** An administrator changes what a person of the hub may do, and which alerts they answer, in one step. */
@Injectable()
export class ChangeRole {
  constructor(
    private readonly database: Database,
    private readonly policies: Policies,
  ) {}

  /**
   * @throws Refused `not-found`, `not-own-role`, `role-of-provider`, `role-of-partner`, `last-resort-would-be-empty`, or
   * `form-sent-before`
   */
  async execute({ personId, role, groups, formId, by }: ChangeRoleCommand): Promise<void> {
    const form = { id: formId, kind: 'change-role', answers: { personId, role, groups } };
    await this.database.as(by).transaction((tx) =>
      once(tx, form, async () => {
        await lockPerson(tx, personId);
        const before = await tx.one(StaffMember, { id: personId }, ['role', 'agencyId', 'addedByProvider']);
        const isOther = before!.role !== role;
        if (personId === by.id) throw new Refused('not-own-role');
        if (isOther && before!.addedByProvider) throw new Refused('role-of-provider');
        // A partner works for an agency, and a person of the hub for none.
        if (before!.agencyId !== null || role === 'partner') throw new Refused('role-of-partner');
        await changeRole(tx, personId, role, groups, await this.policies.inForce(tx));
        return {};
      }),
    );
  }
}

/**
 * What the person is from now on, where they and the group of last resort are locked. What they hold and may not hold any
 * more is back on the queue, and who answers no alerts has no turns.
 *
 * @throws Refused `last-resort-would-be-empty`
 */
export async function changeRole(
  tx: Transaction,
  personId: string,
  role: StaffRole,
  groups: readonly AlertGroup[],
  inForce: PolicyInForce,
): Promise<void> {
  const person = { id: personId, name: '', role };
  const alertGroups = may({ kind: 'staff', ...person }, 'alert:acknowledge') ? groups : [];
  await tx.change(StaffMember, personId, { role, alertGroups });
  await mustHaveLastResort(tx);
  await setRestrictionClocksOf(tx, personId, inForce);
  const released = mayHold(person) ? 0 : await releaseAll(tx, personId);
  if (alertGroups.length === 0) await endTurns(tx, personId);
  await tx.insert(
    auditEntry(tx, 'staff.role-changed', null, { staffId: personId, role, groups: alertGroups, released }),
  );
}
