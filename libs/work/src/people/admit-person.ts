import { Injectable } from '@nestjs/common';
import { addMember, type StaffActor, type StaffRole } from '#access';
import { Policies, type PolicyInForce } from '#deadlines';
import type { AlertGroup } from '#domain';
import { readEmailAddress, Refused } from '#platform';
import { Database, SERVICE, sql, StaffMember, type Transaction } from '#store';
import { changeRole } from './change-role.ts';
import { leave } from './leave.ts';
import { lockPerson } from './leave-hub.ts';
import { mappingsOf } from './role-mappings.ts';

/** A person as the identity provider vouches for them. */
export interface Vouched {
  readonly subject: string;
  readonly name: string | null;
  readonly email: string | null;
  /** The values of its claim `roles`. */
  readonly roles: readonly string[];
}

/** Why a person for whom the provider vouches is not let in. */
export type NotAdmitted = 'unknown' | 'no-role' | 'no-email' | 'last-resort' | 'agency-suspended';

interface Known {
  readonly id: string;
  readonly name: string;
  readonly role: StaffRole;
  readonly agencyId: string | null;
  readonly agency: string | null;
  readonly isAgencySuspended: boolean;
  readonly groups: readonly AlertGroup[];
  readonly isActive: boolean;
  readonly addedByProvider: boolean;
  readonly leftByProvider: boolean;
}

/**
 * Lets in a person for whom the identity provider vouches. While values of its claim `roles` are mapped, who has one gets
 * its role: a new person is added, one whom the provider brought is changed, and one who has none any more leaves. Of
 * several values the first in the administrator's order counts. People whom an administrator added stay as they are, and
 * whom an administrator took out stays out. An administrator gets no other role so: they map the values themselves, and could
 * let themselves see children. Another administrator gives it to them by hand.
 */
@Injectable()
export class AdmitPerson {
  constructor(
    private readonly database: Database,
    private readonly policies: Policies,
  ) {}

  async execute(vouched: Vouched): Promise<StaffActor | NotAdmitted> {
    if (vouched.subject.includes('\0')) return 'unknown';
    try {
      return await this.database
        .as(SERVICE)
        .transaction(async (tx) => admit(tx, vouched, await this.policies.inForce(tx)));
    } catch (error) {
      if (error instanceof Refused && error.code === 'last-resort-would-be-empty') return 'last-resort';
      throw error;
    }
  }
}

async function admit(tx: Transaction, vouched: Vouched, inForce: PolicyInForce): Promise<StaffActor | NotAdmitted> {
  const mappings = await mappingsOf(tx);
  const before = await personOf(tx, vouched.subject);
  const isByHand = before !== null && (before.isActive ? !before.addedByProvider : !before.leftByProvider);
  if (before?.isActive === true && before.isAgencySuspended) return 'agency-suspended';
  if (mappings.length === 0 || isByHand) return before?.isActive === true ? asActor(before) : 'unknown';
  const mapped = mappings.find(({ value }) => vouched.roles.includes(value))?.role;
  const role = before?.role === 'administrator' && mapped !== 'administrator' ? undefined : mapped;
  if (before?.isActive === true && role === before.role) return asActor(before);
  await tx.lock('admittingPerson', vouched.subject);
  if (role === undefined) {
    if (before?.isActive !== true) return before === null ? 'unknown' : 'no-role';
    await lockPerson(tx, before.id);
    await leave(tx, before.id, { byProvider: true }, inForce);
    return 'no-role';
  }
  if (before?.isActive === true) {
    await lockPerson(tx, before.id);
    await changeRole(tx, before.id, role, before.groups, inForce);
  } else if ((await personOf(tx, vouched.subject))?.isActive !== true) {
    const { subject } = vouched;
    const email = readEmailAddress(vouched.email ?? '');
    if (email === null) return 'no-email';
    const name = vouched.name?.trim().slice(0, 200) || email;
    const { id } = await addMember(tx, { subject, name, email, role, phone: null, alertGroups: [] }, SERVICE);
    await tx.change(StaffMember, id, { addedByProvider: true, leftByProvider: false });
  }
  return asActor((await personOf(tx, vouched.subject))!);
}

function personOf(tx: Transaction, subject: string): Promise<Known | null> {
  return tx.row<Known>(sql`
    SELECT s.id, s.name, s.role, s.agency_id AS "agencyId", a.name AS agency, a.suspended_at IS NOT NULL AS "isAgencySuspended",
      s.alert_groups AS groups, s.is_active AS "isActive", s.added_by_provider AS "addedByProvider",
      s.left_by_provider AS "leftByProvider"
    FROM staff_member s LEFT JOIN agency a ON a.id = s.agency_id WHERE s.subject = ${subject}`);
}

function asActor({ id, name, role, agencyId, agency }: Known): StaffActor {
  return { kind: 'staff', id, name, role, agencyId, agency };
}
