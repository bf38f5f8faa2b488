import { Injectable } from '@nestjs/common';
import type { StaffActor, StaffRole } from '#access';
import { auditEntry } from '#audit';
import type { AlertGroup } from '#domain';
import { isUuid, Refused } from '#platform';
import { Database, sql, type Sql, type Transaction } from '#store';

/** A person who signs in, or did, as an administrator sees them. */
export interface PersonLine {
  readonly id: string;
  readonly name: string;
  readonly role: StaffRole;
  readonly email: string;
  /** Since when messages to that address do not arrive; null where they do. */
  readonly emailFailedAt: Temporal.Instant | null;
  /** The agency of a partner; null for a person of the hub. */
  readonly agency: string | null;
  readonly groups: readonly AlertGroup[];
  readonly addedAt: Temporal.Instant;
  readonly isActive: boolean;
  /** Came by the identity provider's word, and has the role that it gives. */
  readonly isFromProvider: boolean;
}

/** The people who sign in. Each look is on the record. */
@Injectable()
export class ReadPeople {
  constructor(private readonly database: Database) {}

  /** @returns those who work here first, by name */
  async execute(by: StaffActor): Promise<{ readonly people: readonly PersonLine[]; readonly now: Temporal.Instant }> {
    return this.database.as(by).transaction(async (tx) => {
      await tx.insert(auditEntry(tx, 'staff.listed'));
      return { people: await peopleWhere(tx, sql`true`), now: tx.now };
    });
  }

  /** The people of an agency. @returns those who work there first, by name */
  async ofAgency(agencyId: string, by: StaffActor): Promise<readonly PersonLine[]> {
    return this.database.as(by).transaction(async (tx) => {
      await tx.insert(auditEntry(tx, 'staff.listed', null, { agencyId }));
      return peopleWhere(tx, sql`s.agency_id = ${agencyId}`);
    });
  }

  /** @throws Refused `not-found` */
  async one(id: string, by: StaffActor): Promise<{ readonly person: PersonLine; readonly now: Temporal.Instant }> {
    return this.database.as(by).transaction(async (tx) => {
      const [person] = isUuid(id) ? await peopleWhere(tx, sql`s.id = ${id}`) : [];
      if (person === undefined) throw new Refused('not-found');
      await tx.insert(auditEntry(tx, 'staff.listed', null, { staffId: id }));
      return { person, now: tx.now };
    });
  }
}

function peopleWhere(tx: Transaction, who: Sql): Promise<readonly PersonLine[]> {
  return tx.rows<PersonLine>(sql`
    SELECT s.id, s.name, s.role, s.email, s.email_failed_at AS "emailFailedAt", a.name AS agency, s.alert_groups AS groups,
      s.created_at AS "addedAt", s.is_active AS "isActive", s.added_by_provider AS "isFromProvider"
    FROM staff_member s LEFT JOIN agency a ON a.id = s.agency_id
    WHERE ${who} ORDER BY s.is_active DESC, s.name, s.id`);
}
