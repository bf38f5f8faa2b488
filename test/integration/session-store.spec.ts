import { SERVICE, sql } from '#store';
import { promisify } from 'node:util';
import type { Request } from 'express';
import type { SessionData } from 'express-session';
import pg from 'pg';
import { SessionStore } from '../../apps/console/src/shell/session/session-store.ts';
import { createTestDatabase, type TestDatabase } from '../support/test-database.ts';

let test: TestDatabase;
let pool: pg.Pool;
let store: SessionStore;
beforeAll(async () => {
  test = await createTestDatabase();
  pool = new pg.Pool({ connectionString: test.url });
  store = new SessionStore(pool);
});
afterAll(async () => {
  await pool.end();
  await test.drop();
});

const get = (sid: string) => promisify(store.get.bind(store))(sid);
const set = (sid: string, data: SessionData) => promisify(store.set.bind(store))(sid, data);
const touch = (sid: string) => promisify(store.touch.bind(store))(sid, newSession());
const destroy = (sid: string) => promisify(store.destroy.bind(store))(sid);
const newSession = (more: Partial<SessionData> = {}): SessionData => ({
  cookie: { originalMaxAge: 1_800_000 },
  ...more,
});
/** The session as a request has it that has loaded it. */
const load = async (sid: string) => store.createSession({ sessionID: sid } as Request, (await get(sid))!);
const expire = (sid: string, when: string) =>
  test.database.as(SERVICE).rows(sql`UPDATE session SET expire = now() + ${when}::interval WHERE sid = ${sid}`);
const kept = () => test.database.as(SERVICE).rows<{ sid: string }>(sql`SELECT sid FROM session ORDER BY sid`);

it('a session is found with its data, and not any more when it has ended', async () => {
  await set('one', newSession({ notice: 'Done' }));
  expect((await get('one'))?.notice).toBe('Done');
  await destroy('one');
  expect(await get('one')).toBeNull();
});

it('a session that ended while a request was answered is not brought back by that answer', async () => {
  await set('two', newSession());
  const session = await load('two');
  await destroy('two');
  Object.assign(session, { notice: 'Late' });
  await set('two', session);
  expect(await get('two')).toBeNull();
});

it('a session in which nothing is done expires, and is removed by the next sweep', async () => {
  await set('idle', newSession());
  await set('busy', newSession());
  await expire('busy', '1 second');
  await touch('busy');
  await expire('idle', '-1 second');
  expect(await get('idle')).toBeNull();
  await store.sweep();
  expect(await kept()).toEqual([{ sid: 'busy' }]);
});
