import { randomUUIDv7 } from 'node:crypto';
import { may, type StaffActor } from '#access';
import { auditEntry } from '#audit';
import { Refused } from '#platform';
import { rowsOf, SavedFilter, sqlState, type Database } from '#store';

const UNIQUE_VIOLATION = '23505';

/** A way to look at the queue that somebody gave a name. */
export interface NamedFilter {
  readonly id: string;
  readonly name: string;
  /** The query string of the queue's page. It names codes and ids, never a child. */
  readonly query: string;
  readonly isOfTeam: boolean;
  readonly mayRemove: boolean;
}

/** Named ways to look at the queue: a person's own, and those that a manager made for everybody. */
export class SavedFilters {
  constructor(private readonly database: Database) {}

  async read(by: StaffActor): Promise<readonly NamedFilter[]> {
    return this.database.rows<NamedFilter>(
      `SELECT id, name, query, owner_id IS NULL AS "isOfTeam", owner_id = $1 OR $2 AS "mayRemove"
       FROM saved_filter WHERE owner_id = $1 OR owner_id IS NULL ORDER BY owner_id IS NULL, lower(name)`,
      [by.id, may(by, 'filter:share')],
    );
  }

  /** @throws Refused `name-taken`, or `not-found` when somebody but a manager saves one for everybody */
  async save(filter: { name: string; query: string; forTeam: boolean; by: StaffActor }): Promise<void> {
    const { name, query, forTeam, by } = filter;
    if (forTeam && !may(by, 'filter:share')) throw new Refused('not-found');
    try {
      await this.database.transaction(async (tx) => {
        const id = randomUUIDv7();
        await tx.insert(
          rowsOf(SavedFilter, { id, ownerId: forTeam ? null : by.id, name, query, madeBy: by.id, madeAt: tx.now }),
          auditEntry(tx, by, 'filter.saved', null, { filterId: id, forTeam }),
        );
      });
    } catch (error) {
      if (sqlState(error) === UNIQUE_VIOLATION) throw new Refused('name-taken');
      throw error;
    }
  }

  /** @throws Refused `not-found` */
  async remove({ id, by }: { id: string; by: StaffActor }): Promise<void> {
    await this.database.transaction(async (tx) => {
      const removed = await tx.update(
        'DELETE FROM saved_filter WHERE id::text = $1 AND (owner_id = $2 OR (owner_id IS NULL AND $3))',
        [id, by.id, may(by, 'filter:share')],
      );
      if (removed === 0) throw new Refused('not-found');
      await tx.insert(auditEntry(tx, by, 'filter.removed', null, { filterId: id }));
    });
  }
}
