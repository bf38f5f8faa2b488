import { Injectable } from '@nestjs/common';
import { randomUUIDv7 } from 'node:crypto';
import type { StaffActor, StaffRole } from '#access';
import { auditEntry } from '#audit';
import { isUuid, Refused } from '#platform';
import { Database, once, RoleMapping, rowsOf, sql, type Transaction } from '#store';

/** A partner works for an agency, which no value of a claim says. */
export type MappedRole = Exclude<StaffRole, 'partner'>;

/** A value of the identity provider's claim `roles`, and what it makes a person at the hub. */
export interface RoleMappingLine {
  readonly id: string;
  readonly value: string;
  readonly role: MappedRole;
}

interface Sent {
  /** The form that it is sent from, a UUID. */
  readonly formId: string;
  readonly by: StaffActor;
}

/** Which roles the identity provider's word gives, in the administrator's order. */
@Injectable()
export class RoleMappings {
  constructor(private readonly database: Database) {}

  async all(by: StaffActor): Promise<readonly RoleMappingLine[]> {
    return this.database.as(by).transaction(mappingsOf);
  }

  /** Maps a value, after those that there are. @throws Refused `role-mapped-already`, or `form-sent-before` */
  async add({ value, role, formId, by }: { readonly value: string; readonly role: MappedRole } & Sent): Promise<void> {
    await this.database.as(by).transaction((tx) =>
      once(tx, { id: formId, kind: 'map-role', answers: { value, role } }, async () => {
        await tx.lock('mappingRoles');
        const there = await mappingsOf(tx);
        if (there.some((one) => one.value === value)) throw new Refused('role-mapped-already');
        const row = { id: randomUUIDv7(), value, role, position: there.length, addedAt: tx.now };
        await tx.insert(
          rowsOf(RoleMapping, row),
          auditEntry(tx, 'role.mapped', null, { role, place: there.length + 1 }),
        );
        return {};
      }),
    );
  }

  /** @throws Refused `not-found`, or `form-sent-before` */
  async remove({ id, formId, by }: { readonly id: string } & Sent): Promise<void> {
    await this.reorder({ id, formId, by }, 'unmap-role', 'role.unmapped', (others) => others);
  }

  /** Puts a value before the one before it. @throws Refused `not-found`, or `form-sent-before` */
  async moveUp({ id, formId, by }: { readonly id: string } & Sent): Promise<void> {
    await this.reorder({ id, formId, by }, 'move-role', 'role.moved', (others, moved, place) =>
      others.toSpliced(Math.max(0, place - 1), 0, moved),
    );
  }

  private async reorder(
    { id, formId, by }: { readonly id: string } & Sent,
    kind: string,
    act: 'role.unmapped' | 'role.moved',
    ordered: (others: readonly string[], moved: string, place: number) => readonly string[],
  ): Promise<void> {
    await this.database.as(by).transaction((tx) =>
      once(tx, { id: formId, kind, answers: { id } }, async () => {
        await tx.lock('mappingRoles');
        const ids = (await mappingsOf(tx)).map((one) => one.id);
        const place = ids.indexOf(id);
        if (!isUuid(id) || place === -1) throw new Refused('not-found');
        const next = ordered(ids.toSpliced(place, 1), id, place);
        if (!next.includes(id)) await tx.run(sql`DELETE FROM role_mapping WHERE id = ${id}`);
        await tx.run(sql`
          UPDATE role_mapping SET position = array_position(${next}::uuid[], id) - 1 WHERE id = ANY(${next}::uuid[])`);
        await tx.insert(auditEntry(tx, act, null, { place: place + 1 }));
        return {};
      }),
    );
  }
}

/** In the administrator's order. */
export async function mappingsOf(tx: Transaction): Promise<readonly RoleMappingLine[]> {
  return tx.rows<RoleMappingLine>(sql`SELECT id, value, role FROM role_mapping ORDER BY position, id`);
}
