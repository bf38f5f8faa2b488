import { Injectable } from '@nestjs/common';
import { randomUUIDv7 } from 'node:crypto';
import { may, type StaffActor } from '#access';
import { auditEntry } from '#audit';
import { Refused } from '#platform';
import { Database, once, rowsOf, SavedFilter, sql, sqlState } from '#store';

const UNIQUE_VIOLATION = '23505';

/** A way to look at the queue that a person gave a name. */
export interface NamedFilter {
  readonly id: string;
  readonly name: string;
  /** The query string of the queue's page. It names codes and ids, never a child. */
  readonly query: string;
  readonly isOfTeam: boolean;
  readonly mayRemove: boolean;
}

export interface NewFilter {
  readonly name: string;
  readonly query: string;
  readonly forTeam: boolean;
  /** The form that it is sent from, a UUID. */
  readonly formId: string;
  readonly by: StaffActor;
}

/** Saved views of the queue: a person's own, and those that a manager made for all staff. */
@Injectable()
export class SavedFilters {
  constructor(private readonly database: Database) {}

  async read(by: StaffActor): Promise<readonly NamedFilter[]> {
    return this.database.as(by).rows<NamedFilter>(
      sql`SELECT id, name, query, owner_id IS NULL AS "isOfTeam", owner_id = ${by.id} OR ${may(by, 'filter:share')} AS "mayRemove"
       FROM saved_filter WHERE owner_id = ${by.id} OR owner_id IS NULL ORDER BY owner_id IS NULL, lower(name)`,
    );
  }

  /** @throws Refused `name-taken`, `form-sent-before`, or `not-found` when a person who is no manager shares one */
  async save({ formId, by, ...filter }: NewFilter): Promise<void> {
    const { name, query, forTeam } = filter;
    if (forTeam && !may(by, 'filter:share')) throw Refused.byPolicy();
    const form = { id: formId, kind: 'filter', answers: filter };
    try {
      await this.database.as(by).transaction((tx) =>
        once(tx, form, async () => {
          const id = randomUUIDv7();
          await tx.insert(
            rowsOf(SavedFilter, { id, ownerId: forTeam ? null : by.id, name, query, madeBy: by.id, madeAt: tx.now }),
            auditEntry(tx, 'filter.saved', null, { filterId: id, forTeam }),
          );
          return {};
        }),
      );
    } catch (error) {
      if (sqlState(error) === UNIQUE_VIOLATION) throw new Refused('name-taken');
      throw error;
    }
  }

  /** @throws Refused `not-found` */
  async remove({ id, by }: { id: string; by: StaffActor }): Promise<void> {
    await this.database.as(by).transaction(async (tx) => {
      const removed = await tx.run(
        sql`DELETE FROM saved_filter WHERE id::text = ${id} AND (owner_id = ${by.id} OR (owner_id IS NULL AND ${may(by, 'filter:share')}))`,
      );
      if (removed === 0) throw new Refused('not-found');
      await tx.insert(auditEntry(tx, 'filter.removed', null, { filterId: id }));
    });
  }
}
