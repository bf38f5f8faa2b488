import { Injectable } from '@nestjs/common';
import { randomUUIDv7 } from 'node:crypto';
import { auditEntry } from '#audit';
import type { AlertGroup } from '#domain';
import { isMobile, readTelephone, Refused } from '#platform';
import { Database, rowsOf, SERVICE, sql, StaffMember, type Actor, type Sql, type Transaction } from '#store';
import { mustBeOfAnother } from './contacts.ts';
import { mayHold, type StaffActor, type StaffRole } from './policy.ts';
import { sentOnce, type FormOrNone } from './sent-form.ts';

export interface NewStaffMember {
  /** What the identity provider calls the person: the `sub` of their tokens. */
  readonly subject: string;
  readonly name: string;
  readonly email: string;
  /** A mobile, for text messages. */
  readonly phone?: string;
  readonly role: StaffRole;
  /** The agency of a partner. */
  readonly agencyId?: string;
  readonly alertGroups: readonly AlertGroup[];
}

/** The people of the hub. */
@Injectable()
export class Staff {
  constructor(private readonly database: Database) {}

  /**
   * Adds a person, or takes back one of this subject who had left, as they are now.
   *
   * @throws Refused `person-there-already` when a person of this subject works here, or `second-account`
   * @throws RangeError when the telephone number takes no text messages, or for groups of a role that answers no alerts
   */
  async add({ phone: written, ...others }: NewStaffMember, by: Actor, formId: FormOrNone = null): Promise<string> {
    const phone = written === undefined ? null : readTelephone(written);
    if (written !== undefined && (phone === null || !isMobile(phone)))
      throw new RangeError('phone must be a mobile number');
    const member = { ...others, phone };
    const added = await this.database
      .as(by)
      .transaction((tx) =>
        sentOnce(tx, formId, { kind: 'add-person', answers: member }, () => addMember(tx, member, by)),
      );
    return added.id;
  }

  /** The person whom the identity provider knows by this subject; null as of {@link byId}. */
  async bySubject(subject: string): Promise<StaffActor | null> {
    if (subject.includes('\0')) return null;
    return this.found(sql`s.subject = ${subject}`);
  }

  /** The person of this id; null when they do not work here any more, or their agency is suspended. */
  async byId(id: string): Promise<StaffActor | null> {
    return this.found(sql`s.id = ${id}`);
  }

  private async found(who: Sql): Promise<StaffActor | null> {
    const found = await this.database.as(SERVICE).row<FoundStaff>(sql`
      SELECT s.id, s.name, s.role, s.agency_id AS "agencyId", a.name AS agency
      FROM staff_member s LEFT JOIN agency a ON a.id = s.agency_id
      WHERE ${who} AND s.is_active AND a.suspended_at IS NULL`);
    return found === null ? null : { kind: 'staff', ...found };
  }

  /** Every person who works in the hub, by name. */
  async all(): Promise<readonly FoundStaff[]> {
    return this.database.as(SERVICE).rows<FoundStaff>(sql`SELECT id, name, role FROM staff_member
        WHERE is_active AND agency_id IS NULL ORDER BY name, id`);
  }

  /** Every person who works here and can hold referrals, by name. */
  async holders(): Promise<readonly FoundStaff[]> {
    return (await this.all()).filter(mayHold);
  }

  /** Every person who works here or did, by name: the record is about them all. */
  async ever(): Promise<readonly (FoundStaff & { readonly isActive: boolean })[]> {
    return this.database
      .as(SERVICE)
      .rows<FoundStaff & { readonly isActive: boolean }>(
        sql`SELECT id, name, role, is_active AS "isActive" FROM staff_member ORDER BY is_active DESC, name, id`,
      );
  }

  /** @throws Error when the group of last resort has no person: an alert could have no person to go to */
  async mustHaveLastResort(): Promise<void> {
    const found = await this.database
      .as(SERVICE)
      .row(sql`SELECT 1 FROM staff_member WHERE is_active AND 'last_resort' = ANY(alert_groups)`);
    if (found === null) throw new Error('the last_resort group has no person');
  }
}

/** Of a person whom an administrator adds. */
const HERE = { isActive: true, addedByProvider: false, leftByProvider: false };

/** @throws Refused `person-there-already`, or `second-account` for the address of the person who acts */
export async function addMember(
  tx: Transaction,
  member: Omit<NewStaffMember, 'phone'> & { readonly phone: string | null },
  by: Actor,
) {
  const { subject, role } = member;
  const before = await tx.one(StaffMember, { subject }, ['id', 'isActive']);
  if (before?.isActive === true) throw new Refused('person-there-already');
  await mustBeOfAnother(tx, member.email, by);
  const id = before?.id ?? randomUUIDv7();
  if (before === null) {
    await tx.insert(rowsOf(StaffMember, { id, ...member, ...HERE, hoursPercent: 100, createdAt: tx.now }));
  } else {
    const again = { ...HERE, emailFailedAt: null, phoneFailedAt: null, contactChangedAt: tx.now };
    await tx.change(StaffMember, id, { agencyId: null, ...member, ...again });
  }
  await tx.insert(auditEntry(tx, 'staff.added', null, { staffId: id, role, again: before !== null }));
  return { id };
}

type FoundStaff = Pick<StaffActor, 'id' | 'name' | 'role' | 'agencyId' | 'agency'>;
