import { SERVICE } from './actor.ts';
import { isDatabaseAway, isDatabaseBusy, type Database } from './database.ts';
import { Gathered, togetherOrApart } from './gathered.ts';
import type { RowsOf } from './insert-statement.ts';
import type { LockName } from './locks.ts';

/** All the rows of one act, to be inserted under one key of a lock. The entry in the record names who acts. */
export interface Insertion {
  readonly key: string;
  readonly rows: readonly RowsOf[];
}

/** Another transaction holds the lock. */
export class LockHeld extends Error {}

/** Acts that share a statement, and statements under way at the same time. */
const [MOST, AT_ONCE] = [32, 2];

/**
 * Inserts the rows of acts that come at the same time in one statement and one commit, because that costs little more
 * than those of one. An act whose rows PostgreSQL refuses is refused alone.
 */
export class InsertTogether {
  private readonly gathered: Gathered<Insertion, void>;

  /** @param lock under each of its keys only one act is inserted at a time */
  constructor(
    private readonly database: Database,
    private readonly lock: LockName,
  ) {
    this.gathered = new Gathered((all) => togetherOrApart(all, (some) => this.insertAll(some), isOfOne), MOST, AT_ONCE);
  }

  /**
   * Resolves when everything is stored.
   *
   * @throws LockHeld while another transaction inserts under the same key; else what PostgreSQL says. Nothing of the
   * act is stored then, unless the connection was lost: then it may be.
   */
  async insert(act: Insertion): Promise<void> {
    await this.gathered.ask(act);
  }

  private async insertAll(acts: readonly Insertion[]): Promise<readonly void[]> {
    const locks = { name: this.lock, keys: acts.map(({ key }) => key) };
    const rows = acts.flatMap((act) => act.rows);
    if (!(await this.database.as(SERVICE).insertAtOnce(locks, rows))) throw new LockHeld();
    return acts.map(() => undefined);
  }
}

/** A database that is away or busy is so for all of them. */
function isOfOne(error: unknown): boolean {
  return !isDatabaseAway(error) && !isDatabaseBusy(error);
}
