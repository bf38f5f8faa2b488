import { LOG, ConsoleSettings, type Logger } from '#platform';
import { createPool, type Pool } from '#store';
import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { RequestHandler } from 'express';
import session from 'express-session';
import type { Said } from '../answer/answer.ts';
import { IDLE_MS, SessionStore } from './session-store.ts';

declare module 'express-session' {
  /** With what is said once, on the next page. */
  interface SessionData extends Said {
    /** Who is signed in; their role is looked up at each request. */
    staffId?: string;
    signedInAt?: number;
    /** The identity provider can be asked again whether it still vouches for them. */
    isVouchedFor?: boolean;
    /** When they last did something: a page that is only open does nothing. */
    activeAt?: number;
  }
}

/** However busy, a person signs in again after this. */
export const LONGEST_SESSION_MS = 10 * 3_600_000;

const SWEPT_EVERY_MS = 15 * 60_000;

/** The sessions of staff: the cookie, and the sessions themselves in PostgreSQL. */
@Injectable()
export class Sessions implements OnApplicationShutdown {
  /** Middleware that gives each request its session. */
  readonly handler: RequestHandler;
  private readonly pool: Pool;
  private readonly sweeper: NodeJS.Timeout;

  constructor(settings: ConsoleSettings, @Inject(LOG) log: Logger) {
    this.pool = createPool({ url: settings.DATABASE_URL, size: 4, app: 'mash-sessions' });
    const store = new SessionStore(this.pool);
    const swept = () =>
      store.sweep().catch((error: unknown) => log.warn({ error }, 'expired sessions are removed at the next sweep'));
    this.sweeper = setInterval(() => void swept(), SWEPT_EVERY_MS).unref();
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
    clearInterval(this.sweeper);
    await this.pool.end();
  }
}
