import { actsOfKind, actsStatement, MakeRecordMonths, openingsStatement, recordStatement } from '#audit';
import { raw, SERVICE, sql, type Sql, type Transaction } from '#store';
import { ReadServiceState } from '#watchdog';
import { createHub, type Hub } from '../support/hub.ts';
import { aBruisedBaby } from '../support/referrals.ts';
import { Holder } from '../support/verbs/moments.ts';

let hub: Hub;
beforeAll(async () => {
  hub = await createHub();
});
beforeEach(async () => {
  await hub.reset();
  // Partitions are part of the schema, which a reset leaves alone: each test begins with the default one only.
  for (const name of await partitions()) {
    if (name !== 'entry_other') await rows(sql`ALTER TABLE audit_entry DETACH PARTITION audit.${raw(name)}`);
    if (name !== 'entry_other') await rows(sql`DROP TABLE audit.${raw(name)}`);
  }
});
afterAll(() => hub.drop());

// The schema is the subject here.
const rows = <T>(statement: Sql) => hub.database.as(SERVICE).rows<T>(statement);

async function partitions(): Promise<readonly string[]> {
  const found = await rows<{ name: string }>(sql`
    SELECT c.relname AS name FROM pg_inherits JOIN pg_class c ON c.oid = inhrelid
    WHERE inhparent = 'audit_entry'::regclass ORDER BY 1`);
  return found.map(({ name }) => name);
}

const addEntry = (at: string) =>
  rows(sql`INSERT INTO audit_entry (id, at, actor_kind, act, details) VALUES
    (gen_random_uuid(), ${at}::timestamptz, 'service', 'queue.read', ${JSON.stringify({ at })})`);

const addEntryIn = (tx: Transaction) =>
  tx.rows(
    sql`INSERT INTO audit_entry (id, at, actor_kind, act, details) VALUES (gen_random_uuid(), ${tx.now}, 'service', 'queue.read', '{}')`,
  );

/** Where each entry of `addEntry` lies. */
const places = () =>
  rows<{ at: string; place: string }>(sql`
    SELECT details->>'at' AS at, tableoid::regclass::text AS place FROM audit_entry WHERE details ? 'at' ORDER BY at`);

const makeMonths = () => new MakeRecordMonths(hub.database).execute();
const missing = async () => (await new ReadServiceState(hub.database).execute()).figures.recordMonthsMissing;

/** The partitions that PostgreSQL reads for a statement. */
async function readBy(statement: Sql): Promise<readonly string[]> {
  const [plan] = await rows<{ 'QUERY PLAN': unknown }>(sql`EXPLAIN (FORMAT JSON) ${statement}`);
  const named = JSON.stringify(plan!['QUERY PLAN']).matchAll(/"Relation Name":\s?"(entry_\w+)"/g);
  return [...new Set([...named].map(([, name]) => name!))].toSorted();
}

describe('the months of the record', () => {
  it('are the present one and the three that follow, made once however many workers make them', async () => {
    await hub.moveTo('2026-11-30T23:59');
    await Promise.all([makeMonths(), makeMonths()]);
    const made = ['entry_2026_11', 'entry_2026_12', 'entry_2027_01', 'entry_2027_02', 'entry_other'];
    expect(await partitions()).toEqual(made);
    await hub.moveTo('2026-12-01T00:00');
    await makeMonths();
    expect(await partitions()).toEqual([...made.slice(0, 4), 'entry_2027_03', 'entry_other']);
  });

  it('end with the month by UTC, also in the summer time of the hub', async () => {
    await hub.moveTo('2026-06-15T10:00');
    await makeMonths();
    const [last, first] = ['2026-06-30T23:59:59.999Z', '2026-07-01T00:00:00Z'];
    for (const at of [last, first]) await addEntry(at);
    expect(await places()).toEqual([
      { at: last, place: 'audit.entry_2026_06' },
      { at: first, place: 'audit.entry_2026_07' },
    ]);
  });

  it('take over the entries that came before they were made, and lose none', async () => {
    const ats = [
      '2024-02-29T23:59:59.999Z',
      '2026-11-01T00:00:00Z',
      '2026-11-30T23:59:59.999Z',
      '2026-12-01T00:00:00Z',
    ];
    for (const at of ats) await addEntry(at);
    expect(new Set((await places()).map(({ place }) => place))).toEqual(new Set(['audit.entry_other']));
    await hub.moveTo('2026-11-23T10:00');
    await makeMonths();
    expect(await places()).toEqual([
      { at: ats[0], place: 'audit.entry_2024_02' },
      { at: ats[1], place: 'audit.entry_2026_11' },
      { at: ats[2], place: 'audit.entry_2026_11' },
      { at: ats[3], place: 'audit.entry_2026_12' },
    ]);
    expect(await rows(sql`SELECT 1 FROM audit.entry_other`)).toEqual([]);
  });

  it('take the entry of a referral that comes at the moment at which they are made', async () => {
    await hub.moveTo('2026-11-23T10:00');
    const maker = await Holder.of(hub.url, `SELECT mash.make_record_month('2026-11-01'::date)`);
    const [accepted, claimed] = [hub.submit(aBruisedBaby()), hub.database.as(SERVICE).transaction(addEntryIn)];
    await hub.untilWaiting(2);
    await maker.commit();
    expect(await accepted).toMatch(/^MASH-/);
    await claimed;
    expect(await rows(sql`SELECT 1 FROM audit.entry_other`)).toEqual([]);
  });

  it('refuse as their table does to change or to forget an entry, each of them', async () => {
    await addEntry('2026-11-23T10:00Z');
    await makeMonths();
    await addEntry('2029-01-01T00:00Z');
    const all = await partitions();
    expect(all.length).toBeGreaterThan(4);
    for (const name of all) {
      for (const act of ['UPDATE audit.% SET act = act', 'DELETE FROM audit.%', 'TRUNCATE audit.%']) {
        await expect(rows(sql`${raw(act.replace('%', name))}`)).rejects.toThrow(`${name} is append-only`);
      }
    }
    expect(await places()).toHaveLength(2);
  });

  it('have the indexes of their table, each of them', async () => {
    await makeMonths();
    const indexes = await rows<{ name: string; count: number }>(sql`
      SELECT c.relname AS name, count(i.indexrelid)::int AS count FROM pg_inherits JOIN pg_class c ON c.oid = inhrelid
      LEFT JOIN pg_index i ON i.indrelid = c.oid AND EXISTS (SELECT 1 FROM pg_inherits p WHERE p.inhrelid = i.indexrelid)
      WHERE inhparent = 'audit_entry'::regclass GROUP BY 1`);
    expect(indexes.map(({ count }) => count)).toEqual(indexes.map(() => 4));
  });

  it('wait a second at the most for a person who reads, and are made the next time', async () => {
    await hub.moveTo('2026-11-23T10:00');
    await hub.database.as(SERVICE).transaction(async (tx) => {
      await tx.rows(sql`SELECT count(*) FROM audit_entry`);
      await expect(makeMonths()).rejects.toThrow(/lock timeout/);
      await addEntry('2026-11-23T10:00Z');
    });
    await makeMonths();
    expect(await places()).toEqual([{ at: '2026-11-23T10:00Z', place: 'audit.entry_2026_11' }]);
  });

  it('are said to be missing on the page of the service, before they are needed, until they are made', async () => {
    await hub.moveTo('2026-11-23T10:00');
    expect(await missing()).toEqual(['2026-11', '2026-12', '2027-01']);
    await makeMonths();
    expect(await missing()).toEqual([]);
    // The next hour makes it; a month later it is said, while there are still two months of time.
    await hub.moveTo('2026-12-01T10:00');
    expect(await missing()).toEqual([]);
    await hub.moveTo('2027-01-01T10:00');
    expect(await missing()).toEqual(['2027-03']);
    await addEntry('2028-05-05T10:00Z');
    expect(await missing()).toEqual(['2027-03', '2028-05']);
  });
});

describe('what is asked of the record', () => {
  beforeEach(async () => {
    // Three months behind the present one have entries, and one has none.
    for (const at of ['2026-08-10T10:00Z', '2026-09-10T10:00Z', '2026-10-10T10:00Z']) await addEntry(at);
    await hub.moveTo('2026-11-23T10:00');
    await makeMonths();
  });

  const question = (from: string, to: string, more: object = {}) =>
    recordStatement({
      ...{ staffId: null, referralId: null, acts: actsOfKind(null), after: null, limit: 51 },
      ...{ from: Temporal.Instant.from(from), to: Temporal.Instant.from(to), ...more },
    });

  it.each([
    ['of one month', '2026-09-01T00:00Z', '2026-10-01T00:00Z', ['entry_2026_09']],
    ['of days in two months', '2026-09-28T23:00Z', '2026-10-05T23:00Z', ['entry_2026_09', 'entry_2026_10']],
    ['of a day', '2026-11-22T00:00Z', '2026-11-23T00:00Z', ['entry_2026_11']],
    ['before the first month', '2020-01-01T00:00Z', '2020-02-01T00:00Z', ['entry_other']],
  ])('%s reads the months of its period alone, for every person and referral', async (_, from, to, months) => {
    const people = [null, hub.screener.id];
    for (const staffId of people) {
      for (const referralId of [null, hub.screener.id]) {
        expect(await readBy(question(from, to, { staffId, referralId }))).toEqual(months);
      }
    }
  });

  it('of a later page reads no month behind the place where the page before ended', async () => {
    const after = { at: Temporal.Instant.from('2026-09-10T10:00Z'), id: hub.screener.id };
    expect(await readBy(question('2026-08-01T00:00Z', '2026-11-30T00:00Z', { after }))).toEqual([
      'entry_2026_08',
      'entry_2026_09',
    ]);
  });

  it('about a referral reads no month before its receipt', async () => {
    await hub.submit(aBruisedBaby());
    const referral = { id: hub.screener.id, receivedAt: Temporal.Instant.from('2026-10-20T10:00Z') };
    for (const statement of [actsStatement(referral), openingsStatement(referral)]) {
      const read = await readBy(statement);
      expect(read).toContain('entry_2026_10');
      expect(read.filter((name) => name < 'entry_2026_10')).toEqual([]);
    }
  });
});
