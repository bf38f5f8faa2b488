import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { openDataSource } from '#store';
import { migrate } from '../../migrations/migrate.ts';
import { MIGRATIONS } from '../../migrations/index.ts';
import { startEmbeddedPostgres, type RunningPostgres } from '../demonstration/embedded-postgres.ts';
import { freePort } from '../stand-ins/free-port.ts';

const TEMPLATE = 'mash_template';
/** Safe here although off: the machine itself is never stopped. Commits do reach the files, or a crash would lose them. */
const SETTINGS = ['fsync=off', 'full_page_writes=off', 'max_connections=200', 'shared_buffers=64MB', 'autovacuum=on'];

/** A PostgreSQL of one lane's own, with a migrated template, that can be stopped as by a crash. */
export class HubServer {
  private made = 0;

  private constructor(
    private readonly dataDir: string,
    readonly port: number,
    private postgres: RunningPostgres,
  ) {}

  static async start(): Promise<HubServer> {
    const dataDir = mkdtempSync(join(tmpdir(), 'mash-trial-postgres-'));
    const port = await freePort();
    const server = new HubServer(dataDir, port, await startEmbeddedPostgres({ dataDir, port, settings: SETTINGS }));
    await server.run(`CREATE DATABASE ${TEMPLATE}`);
    const source = await openDataSource({
      url: server.url(TEMPLATE),
      pool: 2,
      app: 'template',
      migrations: MIGRATIONS,
    });
    await migrate(source);
    await source.destroy();
    return server;
  }

  url(database: string, port = this.port): string {
    const url = new URL(this.postgres.url(database));
    url.port = String(port);
    return url.toString();
  }

  /** @returns the name of a new, migrated database */
  async createDatabase(): Promise<string> {
    const name = `trial_${++this.made}`;
    await this.run(`CREATE DATABASE ${name} TEMPLATE ${TEMPLATE}`);
    return name;
  }

  async dropDatabase(name: string): Promise<void> {
    await this.run(`DROP DATABASE ${name} WITH (FORCE)`);
  }

  /** Stops at once, in the middle of everything, and starts again after so long. */
  async crash(forMs: number): Promise<void> {
    await this.postgres.crash();
    await new Promise((resolve) => setTimeout(resolve, forMs));
    this.postgres = await startEmbeddedPostgres({ dataDir: this.dataDir, port: this.port, settings: SETTINGS });
  }

  async stop(): Promise<void> {
    await this.postgres.stop();
    rmSync(this.dataDir, { recursive: true, force: true });
  }

  private async run(sql: string): Promise<void> {
    const client = new pg.Client({ connectionString: this.url('postgres') });
    await client.connect();
    try {
      await client.query(sql);
    } finally {
      await client.end();
    }
  }
}
