import pg from 'pg';
import { sqlState } from '#store';

const PREFIX = 'mash_sandbox_';

/** A fictional hub's database, and when it was last used. */
export interface HubDatabase {
  readonly id: string;
  /** Null while it is being made, or where its making broke off. */
  readonly usedAt: Temporal.Instant | null;
}

/** The databases of the fictional hubs: one each, on one server. When one was last used stands in its comment. */
export class HubDatabases {
  /** Requests without a good link use it too: a few connections serve them all. */
  private readonly server: pg.Pool;

  /** @param serverUrl a database of the server, as a user who may make others */
  constructor(private readonly serverUrl: string) {
    this.server = new pg.Pool({ connectionString: serverUrl, max: 3 });
    // A connection that breaks while it rests is replaced by the next question.
    this.server.on('error', () => undefined);
  }

  /** The server's clock. */
  async now(): Promise<Temporal.Instant> {
    const [row] = await this.onServer<{ now: Date }>('SELECT clock_timestamp() AS now');
    return Temporal.Instant.fromEpochMilliseconds(row!.now.getTime());
  }

  /** @param id of the hub, a UUID */
  urlOf(id: string): string {
    const url = new URL(this.serverUrl);
    url.pathname = `/${nameOf(id)}`;
    return url.toString();
  }

  async all(): Promise<readonly HubDatabase[]> {
    const rows = await this.onServer<{ name: string; comment: string | null }>(
      `SELECT datname AS name, shobj_description(oid, 'pg_database') AS comment FROM pg_database
       WHERE starts_with(datname, '${PREFIX}') ORDER BY datname`,
    );
    return rows.map(({ name, comment }) => ({
      id: name.slice(PREFIX.length).replaceAll('_', '-'),
      usedAt: comment === null ? null : Temporal.Instant.from(comment),
    }));
  }

  /** Makes the database where it is not there. It has nothing in it then. */
  async make(id: string): Promise<void> {
    await this.onServer(`CREATE DATABASE ${nameOf(id)}`).catch((error: unknown) => {
      // It is there: 42P04, or 23505 where another made it at the same moment.
      if (!['42P04', '23505'].includes(sqlState(error) ?? '')) throw error;
    });
    await this.noteUse(id, await this.now());
  }

  /** When it was last used; null where there is none, or where its making broke off. */
  async usedAt(id: string): Promise<Temporal.Instant | null> {
    return (await this.all()).find((one) => one.id === id)?.usedAt ?? null;
  }

  async noteUse(id: string, at: Temporal.Instant): Promise<void> {
    await this.onServer(`COMMENT ON DATABASE ${nameOf(id)} IS '${at.toString()}'`);
  }

  async remove(id: string): Promise<void> {
    await this.onServer(`DROP DATABASE IF EXISTS ${nameOf(id)} WITH (FORCE)`);
  }

  async close(): Promise<void> {
    await this.server.end();
  }

  private async onServer<R extends pg.QueryResultRow>(statement: string): Promise<readonly R[]> {
    return (await this.server.query<R>(statement)).rows;
  }
}

/** @throws Error for an id that is no UUID: nothing else comes into a statement */
function nameOf(id: string): string {
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)) throw new Error('not the id of a hub');
  return `${PREFIX}${id.replaceAll('-', '_')}`;
}
