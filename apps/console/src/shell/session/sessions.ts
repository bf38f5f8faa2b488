import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import session from 'express-session';
import connectPgSimple from 'connect-pg-simple';
import type { Request, RequestHandler } from 'express';
import pg from 'pg';
import { ConsoleSettings } from '#platform';
import { EnduringClient } from '#store';

declare module 'express-session' {
  interface SessionData {
    /** Who is signed in; their role is looked up at each request. */
    staffId?: string;
    signedInAt?: number;
    /** When they last did something: a page that is only open does nothing. */
    activeAt?: number;
    /** What the identity provider has to send back, for each page that began to sign in, and where that page was going. */
    signIns?: { state: string; nonce: string; codeVerifier: string; returnTo: string | undefined }[];
    returnTo?: string;
    /** Said once, on the next page. Never anything about a child. */
    notice?: string;
    /** The same where something was not done. */
    warning?: string;
  }
}

/** Who does nothing for so long is signed out. */
export const IDLE_MS = 30 * 60_000;
/** However busy, a person signs in again after this. */
export const LONGEST_SESSION_MS = 10 * 3_600_000;

/**
 * A session that has ended stays ended. The store's own save would bring it back when somebody signs out while something
 * else that they asked for is being answered.
 */
function endingStore(pool: pg.Pool) {
  const Store = connectPgSimple(session);
  const inStore = new WeakSet<object>();
  return new (class extends Store {
    override createSession(request: Request, data: session.SessionData) {
      const found = super.createSession(request, data);
      inStore.add(found);
      return found;
    }

    override set(sid: string, data: session.SessionData, done: (error?: unknown) => void = () => undefined): void {
      if (!inStore.has(data)) {
        inStore.add(data);
        return super.set(sid, data, done);
      }
      const expires = (Date.now() + IDLE_MS) / 1000;
      pool
        .query('UPDATE public.session SET sess = $1, expire = to_timestamp($2) WHERE sid = $3', [data, expires, sid])
        .then(() => done(), done);
    }
  })({ pool, tableName: 'session', schemaName: 'public', errorLog: () => undefined });
}

/** Staff sessions, kept in PostgreSQL. */
@Injectable()
export class Sessions implements OnApplicationShutdown {
  readonly handler: RequestHandler;
  private readonly pool: pg.Pool;
  private readonly store: { close(): void };

  constructor(settings: ConsoleSettings) {
    this.pool = new pg.Pool({
      connectionString: settings.DATABASE_URL,
      max: 4,
      connectionTimeoutMillis: 2_000,
      Client: EnduringClient,
    });
    this.pool.on('error', () => undefined);
    const store = endingStore(this.pool);
    this.store = store;
    const secure = settings.CONSOLE_URL.startsWith('https://');
    this.handler = session({
      store,
      name: secure ? '__Host-mash' : 'mash',
      secret: settings.SESSION_SECRET,
      resave: false,
      saveUninitialized: false,
      rolling: true,
      cookie: { httpOnly: true, sameSite: 'lax', secure, path: '/', maxAge: IDLE_MS },
    });
  }

  async onApplicationShutdown(): Promise<void> {
    this.store.close();
    await this.pool.end();
  }
}
