import type { Request } from 'express';
import type { Pool } from '#store';
import { Store, type Session, type SessionData } from 'express-session';

/** A session in which a person does nothing for so long ends. */
export const IDLE_MS = 30 * 60_000;
const IDLE = `interval '${IDLE_MS} milliseconds'`;

/**
 * Keeps the sessions of staff in the table `session`; the database's clock says when one has expired.
 *
 * A session that has ended stays ended: one that was loaded is changed and never inserted again. Otherwise an answer
 * that is still being made when its person signs out would bring their session back.
 */
export class SessionStore extends Store {
  private readonly loaded = new WeakSet<object>();

  constructor(private readonly pool: Pool) {
    super();
  }

  override createSession(request: Request, data: SessionData): Session & SessionData {
    const session = super.createSession(request, data);
    this.loaded.add(session);
    return session;
  }

  get(sid: string, done: (error: unknown, data?: SessionData | null) => void): void {
    this.pool
      .query<{ sess: SessionData }>('SELECT sess FROM public.session WHERE sid = $1 AND expire > now()', [sid])
      .then(({ rows }) => done(null, rows[0]?.sess ?? null), done);
  }

  set(sid: string, data: SessionData, done: (error?: unknown) => void = ignore): void {
    const statement = this.loaded.has(data)
      ? `UPDATE public.session SET sess = $2, expire = now() + ${IDLE} WHERE sid = $1`
      : `INSERT INTO public.session (sid, sess, expire) VALUES ($1, $2, now() + ${IDLE})`;
    this.pool.query(statement, [sid, data]).then(() => {
      this.loaded.add(data);
      done();
    }, done);
  }

  override touch(sid: string, _data: SessionData, done: (error?: unknown) => void = ignore): void {
    const statement = `UPDATE public.session SET expire = now() + ${IDLE} WHERE sid = $1`;
    this.pool.query(statement, [sid]).then(() => done(), done);
  }

  destroy(sid: string, done: (error?: unknown) => void = ignore): void {
    this.pool.query('DELETE FROM public.session WHERE sid = $1', [sid]).then(() => done(), done);
  }

  /** Removes the sessions that have expired. */
  async sweep(): Promise<void> {
    await this.pool.query('DELETE FROM public.session WHERE expire <= now()');
  }
}

function ignore(): void {
  // express-session asks for no answer.
}
