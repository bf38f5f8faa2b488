import type { EntityManager, EntityTarget } from 'typeorm';

/** The rows to insert into one table, as its entity describes them. */
export interface RowsOf<E extends object = object> {
  readonly table: EntityTarget<E>;
  readonly rows: readonly Partial<E>[];
}

export function rowsOf<E extends object>(table: EntityTarget<E>, ...rows: readonly Partial<E>[]): RowsOf {
  return { table: table, rows };
}

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
    const filled = tables.filter(({ rows }) => rows.length > 0);
    if (filled.length === 0) return;
    const inserts = filled.map(({ table, rows }, index) => this.insertStatement(table, rows, index + 1));
    const together = inserts.slice(0, -1).map((insert, index) => `t${index} AS (${insert})`);
    const sql = together.length === 0 ? inserts[0]! : `WITH ${together.join(', ')} ${inserts.at(-1)!}`;
    await this.rows(
      sql,
      filled.map(({ table, rows }) => this.inDatabaseNames(table, rows)),
    );
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

  private insertStatement(table: EntityTarget<object>, rows: readonly object[], parameter: number): string {
    const metadata = this.manager.dataSource.getMetadata(table);
    const columns = metadata.columns
      .filter(({ propertyName }) => rows.some((row) => propertyName in row))
      .map(({ databaseName }) => `"${databaseName}"`)
      .join(', ');
    const name = `"${metadata.tableName}"`;
    return `INSERT INTO ${name} (${columns}) SELECT ${columns} FROM jsonb_populate_recordset(NULL::${name}, $${parameter}::jsonb)`;
  }

  private inDatabaseNames(table: EntityTarget<object>, rows: readonly object[]): string {
    const { columns } = this.manager.dataSource.getMetadata(table);
    const named = (rows as readonly Record<string, unknown>[]).map((row) =>
      Object.fromEntries(
        columns
          .filter(({ propertyName }) => propertyName in row)
          .map(({ databaseName, propertyName }) => [databaseName, row[propertyName]]),
      ),
    );
    return JSON.stringify(named);
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

  /** The database's clock, to the millisecond: the only clock there is. */
  now(): Promise<Temporal.Instant> {
    return clock(this.manager);
  }
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
