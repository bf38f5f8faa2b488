import { createHash } from 'node:crypto';
import type { ClientBase } from 'pg';
import { inSpanWithin } from '#platform';
import type { EntityManager, EntityTarget, QueryRunner } from 'typeorm';
import { SERVICE, type Actor } from './actor.ts';
import { NoConnectionFree } from './connections-in-reserve.ts';
import { EnduringClient } from './enduring-client.ts';
import { insertStatement, type LocksOfInsert, type RowsOf } from './insert-statement.ts';
import { LOCKS, type LockName } from './locks.ts';
import { selectOne, updateOne, type Change } from './one-row.ts';
import { countWrites, tablesWritten, timesWritten } from './own-writes.ts';
import { raw, sql, type Sql } from './sql.ts';

/** Statements on PostgreSQL. Instants go in and come out as `Temporal.Instant`. */
export class Statements {
  constructor(protected readonly manager: EntityManager) {}

  /** The rows that a statement returns, in the shape that its column aliases give. */
  async rows<T>(statement: Sql): Promise<T[]> {
    return (await this.execute(statement)).records as T[];
  }

  /** The first row, or null when there is none. */
  async row<T>(statement: Sql): Promise<T | null> {
    return (await this.rows<T>(statement))[0] ?? null;
  }

  /**
   * Runs a statement that changes rows. A guarded one names the state that it saw.
   *
   * @returns how many rows it changed; 0 means that another act was first
   */
  async run(statement: Sql): Promise<number> {
    return (await this.execute(statement)).affected ?? 0;
  }

  /**
   * The rows of a statement that is asked again and again, in the shape that its column aliases give. PostgreSQL knows
   * it again on each connection by its name, and plans it once: for a large statement that people wait for, which takes
   * longer to plan than to run. Its texts have to be few, since each stays in memory.
   */
  async prepared<T>({ text, values }: Sql): Promise<T[]> {
    const parameters = values.map(asParameter);
    return this.onConnection(text, async (runner) => {
      const client = (await runner.connect()) as ClientBase;
      return (await client.query({ name: nameOf(text), text, values: parameters })).rows as T[];
    });
  }

  private execute({ text, values }: Sql) {
    const parameters = values.map(asParameter);
    return this.onConnection(text, (runner) => runner.query(text, parameters, true));
  }

  /** Runs a statement on the transaction's connection, or on one of its own, and notes what it writes. */
  protected async onConnection<T>(text: string, work: (runner: QueryRunner) => Promise<T>): Promise<T> {
    const runner = this.manager.queryRunner;
    const tables = tablesWritten(text);
    if (runner) {
      if (tables.length > 0) writtenOn(runner).push(...tables);
      return work(runner);
    }
    const own = this.manager.dataSource.createQueryRunner();
    try {
      return await work(own);
    } finally {
      await own.release();
      if (tables.length > 0) countWrites(databaseOf(this.manager), tables);
    }
  }
}

/** One transaction on behalf of an actor, and the one instant at which all of it happens. */
export class Transaction extends Statements {
  private isOutside = false;

  /**
   * @param now the database's clock when the transaction began, to the millisecond
   * @param isOverAll whether it is behind no wall
   */
  constructor(
    manager: EntityManager,
    readonly actor: Actor,
    readonly now: Temporal.Instant,
    readonly isOverAll = false,
  ) {
    super(manager);
  }

  /** Inserts into several tables in one round trip; foreign keys among them are checked at its end. */
  async insert(...tables: readonly RowsOf[]): Promise<void> {
    const statement = insertStatement(this.manager.dataSource, tables);
    if (statement !== null) await this.rows(statement);
  }

  /**
   * One row of one table, by columns that identify it.
   *
   * @returns the columns that are asked for; null when there is no such row
   */
  async one<E extends object, K extends keyof E & string>(
    table: EntityTarget<E>,
    where: Partial<E>,
    columns: readonly K[],
  ): Promise<Pick<E, K> | null> {
    return this.row<Pick<E, K>>(selectOne(this.manager.dataSource, table, where, columns));
  }

  /** Changes one row, and with it its version and the instant of its last change, where its table has these. */
  async change<E extends object>(table: EntityTarget<E>, id: string, change: Change<E>): Promise<void> {
    await this.run(updateOne(this.manager.dataSource, table, id, change, this.now));
  }

  /**
   * Does work over every referral, behind no wall: counts, figures and clocks must be right whatever the person may open.
   * Nothing that it reads of a child may leave the service. Meanwhile this transaction runs no statement of its own.
   *
   * @param work with the same transaction outside the wall
   */
  async overAll<T>(work: (all: Transaction) => Promise<T>): Promise<T> {
    if (this.isOverAll) return work(this);
    this.isOutside = true;
    await takeOn(this.manager, SERVICE);
    try {
      return await work(new Transaction(this.manager, this.actor, this.now, true));
    } finally {
      // After a fault of PostgreSQL the transaction can only end, and with it the role.
      await takeOn(this.manager, this.actor).catch(() => undefined);
      this.isOutside = false;
    }
  }

  protected override async onConnection<T>(text: string, work: (runner: QueryRunner) => Promise<T>): Promise<T> {
    if (this.isOutside) throw new Error('A statement would run outside the wall, beside work that may');
    return super.onConnection(text, work);
  }

  /**
   * The rows of a statement that has more of them than fit into memory, and no values. All are of one state of the
   * database. The statement may take as long as it takes.
   *
   * @param size how many rows come at once
   */
  async *inBatches<T>({ text }: Sql, size: number): AsyncGenerator<readonly T[]> {
    const client: unknown = await this.manager.queryRunner!.connect();
    const patiently = (ask: () => Promise<T[]>) => (client instanceof EnduringClient ? client.waitingFor(ask) : ask());
    const [before] = await this.rows<{ limit: string }>(sql`SELECT current_setting('statement_timeout') AS limit`);
    await this.rows(sql`SELECT set_config('statement_timeout', '0', true)`);
    await this.rows(raw(`DECLARE batches NO SCROLL CURSOR FOR ${text}`));
    for (;;) {
      const rows = await patiently(() => this.rows<T>(raw(`FETCH ${size} FROM batches`)));
      if (rows.length === 0) break;
      yield rows;
    }
    await this.rows(sql`CLOSE batches`);
    await this.rows(sql`SELECT set_config('statement_timeout', ${before!.limit}, true)`);
  }

  /** The database as seen from within: transactions that are begun on it are savepoints of this one. */
  inside(): Database {
    return new Database(this.manager, this.actor);
  }

  /** Waits for an advisory lock, and holds it until the transaction ends. */
  async lock(name: LockName, key = ''): Promise<void> {
    await this.rows(sql`SELECT pg_advisory_xact_lock(hashtextextended(${key}, ${LOCKS[name]}))`);
  }
}

const TRIES = 3;

/**
 * Whether the whole transaction is worth another try: after a serialization failure, a deadlock, or an entry for a month
 * whose partition was made while the entry waited (23514 as of a check, but without the name of one).
 */
function isWorthAnotherTry(error: unknown): boolean {
  const state = sqlState(error);
  if (state === '23514') return constraintOf(error) === null;
  return state === '40001' || state === '40P01';
}

/** Does the work of a transaction again where another one was in its way. */
async function severalTimes<T>(work: () => Promise<T>): Promise<T> {
  for (let tried = 1; ; tried++) {
    try {
      return await work();
    } catch (error) {
      if (tried === TRIES || !isWorthAnotherTry(error)) throw error;
    }
  }
}

/** The database on behalf of an actor: transactions, and single statements where no child's data is touched. */
export class ActingDatabase extends Statements {
  /** @param outer who began the transaction that all is within, if any */
  constructor(
    manager: EntityManager,
    private readonly actor: Actor,
    private readonly outer: Actor | null,
  ) {
    super(manager);
  }

  /**
   * Runs work in one transaction on the database's clock. Within a transaction already begun it is a savepoint.
   *
   * @throws what the work throws; nothing is stored then
   */
  async transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    return inSpanWithin(this.outer === null ? 'transaction' : 'savepoint', this.told, () => this.transact(work));
  }

  /** What traces say of the one who acts. */
  private get told() {
    const { actor } = this;
    return { 'mash.actor.kind': actor.kind, ...('id' in actor && { 'mash.actor.id': actor.id }) };
  }

  private async transact<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    return severalTimes(async () => {
      let written: readonly string[] = [];
      try {
        return await this.manager.transaction(async (manager) => {
          // Within a transaction already begun they are counted when that ends.
          if (this.outer === null) written = writtenOn(manager.queryRunner!);
          const now = await takeOn(manager, this.actor);
          const done = await work(new Transaction(manager, this.actor, now));
          if (this.outer !== null) await takeOn(manager, this.outer);
          return done;
        });
      } finally {
        if (written.length > 0) countWrites(databaseOf(this.manager), written);
      }
    });
  }

  /**
   * Inserts into several tables at once, all or nothing: a transaction of one statement.
   *
   * @param locks advisory locks under each of which only one may insert at a time; released when the statement ends
   * @returns false when another transaction holds one of them, and nothing was inserted
   */
  async insertAtOnce(locks: LocksOfInsert, tables: readonly RowsOf[]): Promise<boolean> {
    const statement = insertStatement(this.manager.dataSource, tables, locks)!;
    const [row] = await inSpanWithin('transaction', this.told, () =>
      severalTimes(() => this.prepared<{ mine: boolean }>(statement)),
    );
    return row!.mine;
  }
}

/** The database. There is no way in but on behalf of an actor. */
export class Database {
  constructor(
    private readonly manager: EntityManager,
    private readonly outer: Actor | null = null,
  ) {}

  as(actor: Actor): ActingDatabase {
    return new ActingDatabase(this.manager, actor, this.outer);
  }

  /**
   * How often this process has written any of these tables: tells whether an answer that was kept for a while is older
   * than what a person has just done.
   */
  timesWritten(...tables: readonly string[]): number {
    return timesWritten(databaseOf(this.manager), tables);
  }

  /** Whether its transactions are savepoints of one that has begun. Then no two of them may run at the same time. */
  get isInside(): boolean {
    return this.manager.queryRunner !== undefined;
  }

  /** The database's clock, to the millisecond: the only clock there is. */
  now(): Promise<Temporal.Instant> {
    return clock(this.manager);
  }
}

/** The tables that the transaction on a connection has written so far. */
function writtenOn(runner: QueryRunner): string[] {
  return ((runner.data as { written?: string[] }).written ??= []);
}

function databaseOf({ dataSource }: EntityManager): string {
  const { options } = dataSource;
  return (options.type === 'postgres' && options.url) || '';
}

const names = new Map<string, string>();

function nameOf(text: string): string {
  let name = names.get(text);
  if (name === undefined)
    names.set(text, (name = `mash-${createHash('sha256').update(text).digest('hex').slice(0, 16)}`));
  return name;
}

/**
 * The role of PostgreSQL, owner of nothing, under which an actor acts, and for whom: what it may read of children is walled. A
 * person of an agency acts behind the wall of that agency, as its programs do.
 */
function roleOf(actor: Actor): { readonly role: 'mash_agency' | 'mash_staff' | 'none'; readonly acting: string } {
  if (actor.kind === 'service') return { role: 'none', acting: '' };
  const agencyId = actor.kind === 'agency' ? actor.id : actor.agencyId;
  return agencyId ? { role: 'mash_agency', acting: agencyId } : { role: 'mash_staff', acting: actor.id };
}

/**
 * Lets an actor act from now until the end of the transaction.
 *
 * @returns the database's clock, to the millisecond
 */
async function takeOn(manager: EntityManager, actor: Actor): Promise<Temporal.Instant> {
  const { role, acting } = roleOf(actor);
  const [row] = await manager.query<{ now: Temporal.Instant }[]>(
    `SELECT mash.now() AS now, set_config('mash.actor', $1, true), set_config('role', $2, true)`,
    [acting, role],
  );
  return row!.now;
}

async function clock(manager: EntityManager): Promise<Temporal.Instant> {
  const [row] = await manager.query<{ now: Temporal.Instant }[]>('SELECT mash.now() AS now');
  return row!.now;
}

/** The SQLSTATE of a database error, such as 23505; null for any other error. */
export function sqlState(error: unknown): string | null {
  const cause = causeOf(error);
  return cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? cause.code : null;
}

/** The name of the constraint that a database error is about; null where it has none. */
function constraintOf(error: unknown): string | null {
  const cause = causeOf(error);
  return cause instanceof Error && 'constraint' in cause && typeof cause.constraint === 'string'
    ? cause.constraint
    : null;
}

const causeOf = (error: unknown) => (error instanceof Error && 'driverError' in error ? error.driverError : error);

/**
 * Whether an error says that the database is away, as opposed to that it refused a statement: connection errors of
 * the socket, and SQLSTATE classes 08 (connection), 53 (resources) and 57P (shutdown).
 */
export function isDatabaseAway(error: unknown): boolean {
  const state = sqlState(error);
  if (state !== null && /^(08|53|57P)|^E(CONN|PIPE|HOST|NET|TIMEDOUT|AI_AGAIN)|^ENOTFOUND/.test(state)) return true;
  return (
    error instanceof Error &&
    /Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|Driver not Connected/i.test(
      error.message,
    )
  );
}

/**
 * Whether an error says that the database cannot do it now and may a moment later: a statement or a lock took too long
 * (57014, 55P03), or no connection came free for a request.
 */
export function isDatabaseBusy(error: unknown): boolean {
  return error instanceof NoConnectionFree || ['57014', '55P03'].includes(sqlState(error) ?? '');
}

function asParameter(value: unknown): unknown {
  return value instanceof Temporal.Instant ? value.toString() : value;
}
