import { randomUUID } from 'node:crypto';
import type { AgencyActor, StaffActor } from '#access';
import { SERVICE, join, raw, sql, type Sql } from '#store';
import { playHistory } from '../../scripts/demonstration/history.ts';
import { readScenarios } from '../../scripts/demonstration/scenario-files.ts';
import { createHub, type Hub } from '../support/hub.ts';
import { createTestDatabase } from '../support/test-database.ts';

/*
 * The walls of every table, compared row by row with the rule, over a hub of thirteen months. The rule here knows the schema
 * alone: a row is about the referrals to which its foreign keys lead.
 */

let hub: Hub;
let keys: readonly ForeignKey[];
let tables: readonly string[];
let hidden: readonly string[];
let named: StaffActor;

beforeAll(async () => {
  const test = await createTestDatabase();
  await playHistory(test.database, readScenarios());
  hub = await createHub(test);
  named = await hub.another('social_worker');
  for (let two = 0; two < 2; two += 1) await giveAdvice();
  keys = await hub.database.as(SERVICE).rows<ForeignKey>(sql`
    SELECT conrelid::regclass::text AS from, a.attname AS column, confrelid::regclass::text AS to, b.attname AS key
    FROM pg_constraint JOIN pg_attribute a ON a.attrelid = conrelid AND a.attnum = conkey[1]
    JOIN pg_attribute b ON b.attrelid = confrelid AND b.attnum = confkey[1]
    WHERE contype = 'f' AND connamespace = 'public'::regnamespace`);
  tables = (
    await hub.database.as(SERVICE).rows<{ name: string }>(sql`
      SELECT c.relname AS name FROM pg_class c JOIN pg_policy p ON p.polrelid = c.oid
      WHERE 'mash_staff'::regrole = ANY(polroles) AND pg_get_expr(polqual, polrelid) <> 'true' GROUP BY 1 ORDER BY 1`)
  ).map(({ name }) => name);
  hidden = await restrictAThird();
  const filled = new Set<string>();
  for (const table of tables.filter(isAboutReferrals)) await fill(table, filled);
}, 240_000);
afterAll(() => hub.drop());

it('each walled table has rows on both sides of the wall', async () => {
  expect(tables.filter(isAboutReferrals).length).toBeGreaterThan(45);
  for (const table of tables.filter(isAboutReferrals)) {
    const [behind, before] = [isOf(table, hidden), sql`NOT ${isOf(table, hidden)}`];
    const rows = [(await places(SERVICE, table, behind)).length > 0, (await places(SERVICE, table, before)).length > 0];
    expect([table, ...rows]).toEqual([table, true, true]);
  }
});

it('the wall of each table shows a person every row of the referrals that they may open, and no other row', async () => {
  const people = [hub.screener, hub.manager, hub.auditor, await hub.another('head_of_service')];
  for (const person of people) await everyTableShows(person, (table) => sql`NOT ${isOf(table, hidden)}`);
});

it('the wall of each table shows a person who is named for a restricted record its rows too', async () => {
  await everyTableShows(named, () => sql`TRUE`);
});

it('the wall of each table shows an administrator no row', async () => {
  await everyTableShows(await hub.another('administrator'), () => sql`FALSE`);
});

it('the wall of each table shows an agency no row but of the referrals that it sent or is asked about', async () => {
  const agencies = await hub.database.as(SERVICE).rows<{ id: string }>(sql`
    SELECT id FROM agency WHERE id IN (SELECT agency_id FROM referral) ORDER BY id LIMIT 8`);
  let seen = 0;
  for (const { id } of agencies) {
    const agency: AgencyActor = { kind: 'agency', id, clientId: randomUUID(), scopes: [] };
    const others = await hub.database.as(SERVICE).rows<{ id: string }>(sql`
      SELECT id FROM referral WHERE agency_id <> ${id}
        AND id NOT IN (SELECT referral_id FROM information_request WHERE agency_id = ${id})`);
    const ofOthers = others.map((one) => one.id);
    for (const table of tables.filter(isAboutReferrals)) {
      const shown = await places(agency, table, sql`TRUE`);
      seen += shown.length;
      const not = new Set(await places(SERVICE, table, isOf(table, ofOthers)));
      expect([table, shown.filter((place) => not.has(place))]).toEqual([table, []]);
    }
  }
  expect(seen).toBeGreaterThan(100);
});

interface ForeignKey {
  readonly from: string;
  readonly column: string;
  readonly to: string;
  readonly key: string;
}

async function everyTableShows(person: StaffActor, expected: (table: string) => Sql): Promise<void> {
  for (const table of tables.filter(isAboutReferrals)) {
    const shown = await places(person, table, sql`TRUE`);
    expect([person.role, table, shown]).toEqual([person.role, table, await places(SERVICE, table, expected(table))]);
  }
}

/** Where the rows of a table are that an actor sees. */
async function places(
  actor: StaffActor | AgencyActor | typeof SERVICE,
  table: string,
  which: Sql,
): Promise<readonly string[]> {
  const read = () =>
    hub.database
      .as(actor)
      .transaction((tx) =>
        tx.rows<{ place: string }>(
          sql`SELECT t.ctid::text AS place FROM ${raw(table)} t WHERE ${which} ORDER BY t.ctid`,
        ),
      );
  const rows = await read().catch((error: Error) => {
    if (actor.kind === 'agency' && error.message.startsWith('permission denied')) return [];
    throw error;
  });
  return rows.map(({ place }) => place);
}

/** Why a glass was broken is read by managers who may not open the record: `walls.spec.ts` has that wall. */
const OF_MANAGERS = ['glass_broken', 'glass_review'];

const isAboutReferrals = (table: string) => pathsOf(table).length > 0 && !OF_MANAGERS.includes(table);

/** The foreign keys of a table that lead to a referral, directly or through other walled tables. */
function pathsOf(table: string): readonly ForeignKey[] {
  return keys.filter(
    ({ from, to }) =>
      from === table && (to === 'referral' || (to !== table && tables.includes(to) && isAboutReferrals(to))),
  );
}

/** Whether the row `t` of a table is about one of the referrals. */
function isOf(table: string, referrals: readonly string[], row = 't'): Sql {
  const conditions = pathsOf(table).map(({ column, to, key }) => {
    const own = raw(`${row}."${column}"`);
    if (to === 'referral') return sql`coalesce(${own} = ANY(${referrals}::uuid[]), false)`;
    const other = `${row}_${to}`;
    return sql`EXISTS (SELECT FROM ${raw(to)} ${raw(other)} WHERE ${raw(`${other}."${key}"`)} = ${own} AND ${isOf(to, referrals, other)})`;
  });
  return conditions.reduce((all, one) => sql`(${all} OR ${one})`);
}

/**
 * A third of the referrals, and each with work that is rare.
 *
 * @returns the ids of those that are restricted: no person but the named one may open them
 */
async function restrictAThird(): Promise<readonly string[]> {
  return hub.database.as(SERVICE).transaction(async (tx) => {
    const id = randomUUID();
    await tx.run(sql`
      INSERT INTO restriction (id, category, reason, set_by, set_at, review_at)
      VALUES (${id}, 'adoption', 'x', ${hub.manager.id}, ${tx.now}, ${tx.now})`);
    await tx.run(sql`
      INSERT INTO restriction_grant (id, restriction_id, staff_id, given_by, given_at, until)
      VALUES (${randomUUID()}, ${id}, ${named.id}, ${hub.manager.id}, ${tx.now}, ${tx.now.add({ hours: 1 })})`);
    const covered = await tx.rows<{ id: string }>(sql`
      INSERT INTO restricted_referral (restriction_id, referral_id, covered_at)
      SELECT ${id}, id, ${tx.now} FROM (
        SELECT id FROM (SELECT id, row_number() OVER (ORDER BY received_at, id) AS n FROM referral) r WHERE n % 3 = 0
        UNION SELECT referral_id FROM information_request UNION SELECT referral_id FROM challenge) r
      RETURNING referral_id AS id`);
    return covered.map((one) => one.id);
  });
}

const giveAdvice = () =>
  hub.database.as(SERVICE).transaction((tx) =>
    tx.run(sql`
      INSERT INTO consultation (id, agency_id, caller, role, question, advice, outcome, given_by, given_at)
      VALUES (gen_random_uuid(), ${hub.agency.agencyId}, 'x', 'x', 'x', 'x', 'advice_only', ${hub.screener.id}, ${tx.now})`),
  );

/**
 * Gives a table that no story of the demonstration fills two rows, one about a restricted referral and one about another.
 * Their values mean nothing: a wall asks for none but the keys.
 */
async function fill(table: string, filled: Set<string>): Promise<void> {
  if (filled.has(table)) return;
  filled.add(table);
  for (const { to } of pathsOf(table)) if (to !== 'referral') await fill(to, filled);
  await hub.database.as(SERVICE).transaction(async (tx) => {
    const constraints = await tx.rows<{ name: string }>(sql`
      SELECT conname AS name FROM pg_constraint WHERE conrelid = ${table}::regclass AND contype IN ('c', 'f')`);
    const columns = await tx.rows<{ name: string; type: string; mayBeNull: boolean }>(sql`
      SELECT attname AS name, atttypid::regtype::text AS type, NOT attnotnull AS "mayBeNull"
      FROM pg_attribute WHERE attrelid = ${table}::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''`);
    for (const side of [isOf(table, hidden), sql`NOT ${isOf(table, hidden)}`]) {
      const there = await tx.row(sql`SELECT 1 FROM ${raw(table)} t WHERE ${side} LIMIT 1`);
      if (there !== null) continue;
      for (const { name } of constraints)
        await tx.run(sql`ALTER TABLE ${raw(table)} DROP CONSTRAINT IF EXISTS ${raw(name)}`);
      const isBehind = side.text === isOf(table, hidden).text;
      const values = columns.map(({ name, type, mayBeNull }) => {
        const path = pathsOf(table).find(({ column }) => column === name);
        if (path !== undefined) return keyOnSide(path, isBehind);
        const other = keys.find(({ from, column, to }) => from === table && column === name && tables.includes(to));
        if (other !== undefined) return anyKey(other, isBehind);
        return mayBeNull ? sql`NULL` : type.endsWith('[]') ? sql`'{}'` : ANY_VALUE[type]!;
      });
      await tx.run(sql`
        INSERT INTO ${raw(table)} (${raw(columns.map(({ name }) => `"${name}"`).join(', '))}) VALUES (${join(values, ', ')})`);
    }
  });
}

function keyOnSide({ to, key }: ForeignKey, isBehind: boolean): Sql {
  const of = to === 'referral' ? sql`t.id = ANY(${hidden}::uuid[])` : isOf(to, hidden);
  return sql`(SELECT t.${raw(`"${key}"`)} FROM ${raw(to)} t WHERE ${isBehind ? of : sql`NOT ${of}`} ORDER BY t.ctid LIMIT 1)`;
}

/** Of advice: what came of it hides it, so that the rows of the two sides are of two. */
const anyKey = ({ to, key }: ForeignKey, isBehind: boolean) =>
  sql`(SELECT t.${raw(`"${key}"`)} FROM ${raw(to)} t ORDER BY t.ctid LIMIT 1 OFFSET ${isBehind ? 0 : 1})`;

const ANY_VALUE: Readonly<Record<string, Sql>> = {
  uuid: sql`gen_random_uuid()`,
  text: sql`'x'`,
  smallint: sql`1`,
  integer: sql`1`,
  bigint: sql`1`,
  real: sql`1`,
  boolean: sql`true`,
  date: sql`current_date`,
  'timestamp with time zone': sql`mash.now()`,
  bytea: sql`'x'`,
  jsonb: sql`'{}'`,
};
