import { createHash } from 'node:crypto';
import type { ClientBase } from 'pg';
import type { EntityManager } from 'typeorm';
import { insertStatement, type RowsOf } from './insert-statement.ts';

/** Statements on PostgreSQL. Instants go in and come out as `Temporal.Instant`. */
export class Statements {
  constructor(protected readonly manager: EntityManager) {}

  /** The rows that a statement returns, in the shape its column aliases give. */
  async rows<T>(sql: string, parameters: readonly unknown[] = []): Promise<T[]> {
    const runner = this.manager.queryRunner;
    const written = parameters.map(asParameter);
    if (runner) return (await runner.query(sql, written, true)).records as T[];
    const own = this.manager.dataSource.createQueryRunner();
    try {
      return (await own.query(sql, written, true)).records as T[];
    } finally {
      await own.release();
    }
  }

  /** The first row, or null when there is none. */
  async row<T>(sql: string, parameters: readonly unknown[] = []): Promise<T | null> {
    return (await this.rows<T>(sql, parameters))[0] ?? null;
  }
}

/** One transaction, and the one instant at which all of it happens. */
export class Transaction extends Statements {
  /** @param now the database's clock when the transaction began, to the millisecond */
  constructor(
    manager: EntityManager,
    readonly now: Temporal.Instant,
  ) {
    super(manager);
  }

  /** Inserts into several tables in one round trip; foreign keys among them are checked at its end. */
  async insert(...tables: readonly RowsOf[]): Promise<void> {
    const statement = insertStatement(this.manager.dataSource, tables);
    if (statement !== null) await this.rows(statement.sql, statement.parameters);
  }

  /**
   * Runs a guarded update: one that names the state it saw.
   *
   * @returns how many rows it changed; 0 means that somebody else was first
   */
  async update(sql: string, parameters: readonly unknown[]): Promise<number> {
    const result = await this.manager.queryRunner!.query(sql, parameters.map(asParameter), true);
    return result.affected ?? 0;
  }

  /** The database as seen from within: transactions begun on it are savepoints of this one. */
  inside(): Database {
    return new Database(this.manager);
  }
}

/** SQLSTATEs after which the whole transaction is worth another try: serialization failure and deadlock. */
const WORTH_ANOTHER_TRY = ['40001', '40P01'];
const TRIES = 3;

/** The database: statements of their own, and transactions. */
export class Database extends Statements {
  /**
   * Runs work in one transaction on the database's clock. Within a transaction already begun it is a savepoint.
   *
   * @throws whatever the work throws; nothing is stored then
   */
  async transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    for (let tried = 1; ; tried++) {
      try {
        return await this.manager.transaction(async (manager) => work(new Transaction(manager, await clock(manager))));
      } catch (error) {
        if (tried === TRIES || !WORTH_ANOTHER_TRY.includes(sqlState(error) ?? '')) throw error;
      }
    }
  }

  /**
   * Inserts into several tables at once, all or nothing: a transaction of one statement.
   *
   * @param lock what only one may be inserting at a time; released when the statement ends
   * @returns false when somebody else holds the lock, and nothing was inserted
   */
  async insertAtOnce(lock: string, ...tables: readonly RowsOf[]): Promise<boolean> {
    const { sql, parameters } = insertStatement(this.manager.dataSource, tables, lock)!;
    const runner = this.manager.queryRunner ?? this.manager.dataSource.createQueryRunner();
    try {
      // By its name PostgreSQL knows the statement again: planning so many inserts costs as much as doing them.
      const client = (await runner.connect()) as ClientBase;
      const { rows } = await client.query<{ mine: boolean }>({ name: nameOf(sql), text: sql, values: [...parameters] });
      return rows[0]!.mine;
    } finally {
      if (runner !== this.manager.queryRunner) await runner.release();
    }
  }

  /** The database's clock, to the millisecond: the only clock there is. */
  now(): Promise<Temporal.Instant> {
    return clock(this.manager);
  }
}

const names = new Map<string, string>();

function nameOf(sql: string): string {
  let name = names.get(sql);
  if (name === undefined)
    names.set(sql, (name = `insert-${createHash('sha256').update(sql).digest('hex').slice(0, 16)}`));
  return name;
}

async function clock(manager: EntityManager): Promise<Temporal.Instant> {
  const [row] = await manager.query<{ now: Temporal.Instant }[]>('SELECT mash.now() AS now');
  return row!.now;
}

/** The SQLSTATE of a database error, such as 23505; null for any other error. */
export function sqlState(error: unknown): string | null {
  const cause = error instanceof Error && 'driverError' in error ? error.driverError : error;
  return cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? cause.code : null;
}

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

function asParameter(value: unknown): unknown {
  return value instanceof Temporal.Instant ? value.toString() : value;
}
