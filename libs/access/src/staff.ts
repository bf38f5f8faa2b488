import { randomUUIDv7 } from 'node:crypto';
import { auditEntry, type Actor } from '#audit';
import type { AlertGroup } from '#domain';
import { rowsOf, StaffMember, type Database } from '#store';
import type { StaffActor, StaffRole } from './policy.ts';

export interface NewStaffMember {
  /** What the identity provider calls the person: the `sub` of their tokens. */
  readonly subject: string;
  readonly name: string;
  readonly email: string;
  /** A mobile, for text messages. */
  readonly phone?: string;
  readonly role: StaffRole;
  readonly alertGroups: readonly AlertGroup[];
}

/** The people of the hub. */
export class Staff {
  constructor(private readonly database: Database) {}

  async add(member: NewStaffMember, by: Actor): Promise<string> {
    const id = randomUUIDv7();
    await this.database.transaction(async (tx) => {
      await tx.insert(
        rowsOf(StaffMember, { id, ...member, isActive: true, createdAt: tx.now }),
        auditEntry(tx, by, 'staff.added', null, { staffId: id, role: member.role }),
      );
    });
    return id;
  }

  /** The person whom the identity provider knows by this subject; null when they do not work here (any more). */
  async bySubject(subject: string): Promise<StaffActor | null> {
    return subject.includes('\0') ? null : this.find('subject = $1', subject);
  }

  /** The person of this id; null when they do not work here any more. */
  async byId(id: string): Promise<StaffActor | null> {
    return this.find('id = $1', id);
  }

  /** Everybody who works here, by name. */
  async everybody(): Promise<readonly Pick<StaffActor, 'id' | 'name' | 'role'>[]> {
    return this.database.rows('SELECT id, name, role FROM staff_member WHERE is_active ORDER BY name, id');
  }

  private async find(where: string, value: string): Promise<StaffActor | null> {
    const found = await this.database.row<Omit<StaffActor, 'kind'>>(
      `SELECT id, name, role FROM staff_member WHERE ${where} AND is_active`,
      [value],
    );
    return found === null ? null : { kind: 'staff', ...found };
  }
}
