import pg from 'pg';
import { DataSource, type DataSourceOptions, DefaultNamingStrategy, type Logger as OrmLogger } from 'typeorm';
import { connectionLimits, SESSION_OPTIONS } from './connection-limits.ts';
import * as tables from './tables/index.ts';

export interface StoreSettings {
  readonly url: string;
  /** Connections that the process may hold. */
  readonly pool: number;
  /** Shown by PostgreSQL as the connection's name. */
  readonly app: string;
  readonly migrations?: DataSourceOptions['migrations'];
  /** Whether people or alerts wait for it: then nothing of it may hang or hold a lock for more than seconds. */
  readonly isUrgent?: boolean;
}

/** TypeORM on PostgreSQL: it never makes or alters a table by itself, and never logs a statement's values. */
export function createDataSource({ url, pool, app, migrations = [], isUrgent = false }: StoreSettings): DataSource {
  const { connectionTimeoutMillis, ...limits } = connectionLimits(isUrgent);
  return new DataSource({
    type: 'postgres',
    url,
    applicationName: app,
    entities: Object.values(tables),
    migrations,
    migrationsTransactionMode: 'each',
    synchronize: false,
    installExtensions: false,
    namingStrategy: new PostgresNames(),
    logger: SILENT,
    poolSize: pool,
    connectTimeoutMS: connectionTimeoutMillis,
    extra: {
      ...limits,
      types: { getTypeParser: parserOf },
      options: SESSION_OPTIONS,
    },
  });
}

/** So often an app that starts asks for its first connection, when it has no answer in time. */
const TRIES = 4;

/**
 * Opens the database of a process that starts. On a busy machine the first connection may take longer than a connection
 * may: then it is asked for again, and no process ends because of that.
 *
 * @throws Error what pg says: at once when the server refuses
 */
export async function openDataSource(settings: StoreSettings): Promise<DataSource> {
  for (let tried = 1; ; tried += 1) {
    try {
      return await createDataSource(settings).initialize();
    } catch (error) {
      const isSlow = error instanceof Error && /timeout/.test(error.message);
      if (!isSlow || tried === TRIES) throw error;
    }
  }
}

const SILENT: OrmLogger = {
  logQuery: () => undefined,
  logQueryError: () => undefined,
  logQuerySlow: () => undefined,
  logSchemaBuild: () => undefined,
  logMigration: () => undefined,
  log: () => undefined,
};

/** PostgreSQL's numbers of the types that we read in our own way. */
const [TIMESTAMPTZ, DATE, INT8] = [1184, 1082, 20];

/** How values of PostgreSQL are read: instants as `Temporal.Instant`, dates as `YYYY-MM-DD`, bigints as numbers. */
function parserOf(oid: number, format?: 'text' | 'binary'): unknown {
  if (format === 'binary') return pg.types.getTypeParser(oid, format);
  if (oid === TIMESTAMPTZ) return (value: string) => Temporal.Instant.from(value.replace(' ', 'T'));
  if (oid === DATE) return (value: string) => value;
  if (oid === INT8) return Number;
  return pg.types.getTypeParser(oid, format);
}

const snakeCase = (name: string) => name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** The names that PostgreSQL itself would give, so that entities and hand-written migrations agree. */
class PostgresNames extends DefaultNamingStrategy {
  override columnName(property: string, customName: string): string {
    return customName || snakeCase(property);
  }
  override primaryKeyName(table: Parameters<DefaultNamingStrategy['primaryKeyName']>[0]): string {
    return `${this.getTableName(table)}_pkey`;
  }
  override uniqueConstraintName(
    table: Parameters<DefaultNamingStrategy['uniqueConstraintName']>[0],
    columns: string[],
  ): string {
    return `${this.getTableName(table)}_${columns.join('_')}_key`;
  }
  override foreignKeyName(table: Parameters<DefaultNamingStrategy['foreignKeyName']>[0], columns: string[]): string {
    return `${this.getTableName(table)}_${columns.join('_')}_fkey`;
  }
}
