import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stopClock } from '../../scripts/demonstration/shift-clock.ts';
import { rememberBeginning } from '../support/beginning.ts';
import { createTestDatabase, type TestDatabase } from '../support/test-database.ts';
import { asSuperuser, HASH_AGAIN, recordOf, type EntryInChain } from '../support/verbs/record-chain.ts';

const LANE = 7;
const AT_TEN = Temporal.Instant.from('2026-11-23T10:00Z');

let test: TestDatabase;
let restore: () => Promise<void>;
let record: ReturnType<typeof recordOf>;
let entries: readonly EntryInChain[];
let clock: Temporal.Instant;

beforeAll(async () => {
  test = await createTestDatabase();
  restore = await rememberBeginning(test.database);
});
afterAll(() => test.drop());

/** Two transactions in one lane, a checkpoint after each, and some entries elsewhere. */
beforeEach(async () => {
  await restore();
  record = recordOf(test.database);
  await stopClock(test.database, (clock = AT_TEN));
  await record.add(3, 2);
  entries = await record.add(LANE, 3);
  await checkpoint();
  entries = [...entries, ...(await record.add(LANE, 4))];
  await checkpoint();
  expect(await record.verify()).toMatchObject({ holds: true, entries: 9, checkpoints: 2 });
});
afterEach(() => rmSync(record.folder, { recursive: true }));

async function checkpoint(): Promise<void> {
  expect(await record.checkpoint()).not.toBeNull();
  await stopClock(test.database, (clock = clock.add({ minutes: 5 })));
}

/** The entry with this number in the lane. */
const number = (seq: number) => entries[seq - 1]!;
const tamper = (...statements: readonly string[]) => asSuperuser(test.url, ...statements);
const where = (seq: number) => `WHERE lane = ${LANE} AND lane_seq = ${seq}`;

/** What the verification finds: all of it. */
async function found() {
  const { tampering, holds, count } = await record.verify();
  expect({ holds, count }).toEqual({ holds: tampering.length === 0, count: tampering.length });
  return tampering;
}

/** Gives each of two rows the columns of the other; both places keep their hashes. */
const swap = (one: number, other: number) => `
  ${BEFORE}; DELETE FROM audit_entry WHERE lane = ${LANE} AND lane_seq IN (${one}, ${other});
  INSERT INTO audit_entry (${COLUMNS})
  SELECT c.id, c.at, c.actor_kind, c.act, c.details, p.lane, p.lane_seq, p.hash FROM before c JOIN before p
    ON (c.lane_seq, p.lane_seq) IN ((${one}, ${other}), (${other}, ${one}))`;
const BEFORE = `CREATE TEMP TABLE before AS SELECT * FROM audit_entry WHERE lane = ${LANE}`;
const COLUMNS = 'id, at, actor_kind, act, details, lane, lane_seq, hash';
const intruder = (seq: number) =>
  `INSERT INTO audit_entry (${COLUMNS}) VALUES ('01900000-0000-7000-8000-000000000001', '2026-11-23T10:00Z', 'service',
    'queue.read', '{}', ${LANE}, ${seq}, sha256('x'))`;

describe('D9: the verification of the record names the row', () => {
  it.each([
    ['act', `act = 'search.made'`],
    ['instant', `at = at + interval '1 microsecond'`],
    ['actor', `actor_kind = 'staff', actor_id = gen_random_uuid()`],
    ['referral', 'referral_id = gen_random_uuid()'],
    ['details', `details = details || '{"count": 100}'`],
    ['request', `request_id = ''`],
    ['hash', `hash = sha256('x')`],
  ])('of an entry whose %s is edited', async (what, change) => {
    await tamper(`UPDATE audit_entry SET ${change} ${where(5)}`);
    const [one, ...more] = await found();
    expect(one).toMatchObject({ kind: 'edited', lane: LANE, seq: 5, row: { id: number(5).id, seq: 5 } });
    // A hash that is gone leaves the next entry without one to follow from.
    expect(more.map(({ seq }) => seq)).toEqual(what === 'hash' ? [6] : []);
  });

  it.each([1, 7])('of an entry that is edited at an end of its lane: number %i', async (seq) => {
    await tamper(`UPDATE audit_entry SET act = 'search.made' ${where(seq)}`);
    expect(await found()).toMatchObject([{ kind: 'edited', seq, row: number(seq) }]);
  });

  it('of an entry that is edited and hashed by itself, or the one after it', async () => {
    await tamper(
      `UPDATE audit_entry SET act = 'search.made' ${where(5)}`,
      `UPDATE audit_entry e SET hash = mash.entry_hash(p.hash, e.lane, e.lane_seq, e.id, e.at, e.actor_kind, e.actor_id,
        e.act, e.referral_id, e.details, e.request_id) FROM audit_entry p
       WHERE p.lane = ${LANE} AND p.lane_seq = 4 AND e.lane = ${LANE} AND e.lane_seq = 5`,
    );
    expect(await found()).toMatchObject([{ kind: 'edited', row: number(6), beside: number(5) }]);
  });

  it('before and after an entry that is deleted', async () => {
    await tamper(`DELETE FROM audit_entry ${where(5)}`);
    expect(await found()).toEqual([
      {
        ...{ kind: 'deleted', lane: LANE, seq: 5, upTo: 5 },
        ...{ beside: number(4), row: number(6), checkpoint: null },
      },
    ]);
  });

  it('after an entry that is deleted, where those behind it are numbered down', async () => {
    await tamper(`DELETE FROM audit_entry ${where(5)}`, `UPDATE audit_entry SET lane_seq = lane_seq - 1 ${where(6)}`);
    await tamper(`UPDATE audit_entry SET lane_seq = lane_seq - 1 ${where(7)}`);
    expect(await found()).toMatchObject([{ kind: 'deleted', seq: 5, row: { id: number(6).id }, beside: number(4) }]);
  });

  it('of an entry that is inserted with the number of another', async () => {
    await tamper(intruder(5));
    expect(await found()).toMatchObject([
      { kind: 'inserted', lane: LANE, seq: 5, row: { id: '01900000-0000-7000-8000-000000000001' } },
    ]);
  });

  it('of an entry that is inserted between others, which are numbered up', async () => {
    await tamper(`UPDATE audit_entry SET lane_seq = lane_seq + 1 WHERE lane = ${LANE} AND lane_seq >= 5`, intruder(5));
    expect(await found()).toMatchObject([
      { kind: 'inserted', seq: 5, row: { id: '01900000-0000-7000-8000-000000000001' } },
    ]);
  });

  it('of an entry that is inserted at the end', async () => {
    await tamper(intruder(8));
    expect(await found()).toMatchObject([
      { kind: 'inserted', seq: 8, row: { id: '01900000-0000-7000-8000-000000000001' } },
    ]);
  });

  it.each([
    ['apart', 2, 6],
    ['side by side', 5, 6],
    ['at the ends', 1, 7],
  ])('of both entries that are swapped, %s, each with the hash of its place', async (_, one, other) => {
    await tamper(swap(one, other));
    expect(await found()).toMatchObject([
      { kind: 'swapped', row: { id: number(other).id, seq: one }, beside: { id: number(one).id, seq: other } },
    ]);
  });

  it.each([
    ['apart', 2, 6],
    ['side by side', 4, 5],
  ])('of both entries that are swapped, %s, each with its own hash', async (_, one, other) => {
    const move = (id: string, seq: number) => `UPDATE audit_entry SET lane_seq = ${seq} WHERE id = '${id}'`;
    await tamper(move(number(one).id, other), move(number(other).id, one));
    const all = await found();
    expect(all.filter(({ kind }) => kind !== 'restamped')).toMatchObject([
      { kind: 'swapped', row: { id: number(other).id, seq: one }, beside: { id: number(one).id, seq: other } },
    ]);
  });

  it('before entries that are deleted at the end', async () => {
    await tamper(`DELETE FROM audit_entry WHERE lane = ${LANE} AND lane_seq >= 6`);
    expect(await found()).toEqual([
      {
        ...{ kind: 'tail-deleted', lane: LANE, seq: 6, upTo: 7 },
        ...{ row: null, beside: number(5), checkpoint: null },
      },
    ]);
  });

  it('between checkpoints where an entry was edited and all after it hashed again', async () => {
    await tamper(`UPDATE audit_entry SET act = 'search.made' ${where(5)}`, HASH_AGAIN(LANE));
    expect(await found()).toEqual([
      {
        ...{ kind: 'restamped', lane: LANE, seq: 4, upTo: 7 },
        ...{ row: number(4), beside: number(7), checkpoint: '2026-11-23T10:05:00Z' },
      },
    ]);
  });

  it('of one entry alone where it was edited and hashed again between two checkpoints', async () => {
    const [one] = await record.add(LANE, 1);
    await checkpoint();
    await record.add(LANE, 1);
    await checkpoint();
    await tamper(`UPDATE audit_entry SET act = 'search.made' ${where(8)}`, HASH_AGAIN(LANE));
    expect(await found()).toMatchObject([{ kind: 'restamped', seq: 8, upTo: 8, row: one, beside: one }]);
  });

  it('with which the record ends where its tables are put back to an older dump', async () => {
    await tamper(
      `DELETE FROM audit_entry WHERE lane = ${LANE} AND lane_seq > 3`,
      `UPDATE record_lane SET seq = 3, hash = (SELECT hash FROM audit_entry ${where(3)}) WHERE lane = ${LANE}`,
    );
    expect(await found()).toEqual([
      {
        ...{ kind: 'rolled-back', lane: LANE, seq: 4, upTo: 7 },
        ...{ row: null, beside: number(3), checkpoint: '2026-11-23T10:05:00Z' },
      },
    ]);
  });

  it('with which the record ends where everything is gone', async () => {
    await tamper('DELETE FROM audit_entry', `UPDATE record_lane SET seq = 0, hash = decode(repeat('00', 32), 'hex')`);
    expect(await found()).toMatchObject([
      { kind: 'rolled-back', lane: 3, seq: 1, upTo: 2, beside: null },
      { kind: 'rolled-back', lane: LANE, seq: 1, upTo: 7, beside: null },
    ]);
  });

  it('from which on the record was written anew after it was put back to an older dump', async () => {
    await tamper(
      `DELETE FROM audit_entry WHERE lane = ${LANE} AND lane_seq > 3`,
      `UPDATE record_lane SET seq = 3, hash = (SELECT hash FROM audit_entry ${where(3)}) WHERE lane = ${LANE}`,
    );
    const [first, ...more] = await record.add(LANE, 6);
    expect(await found()).toMatchObject([{ kind: 'restamped', seq: 4, upTo: 7, row: first, beside: more[2]! }]);
  });
});

describe('the verification of the record', () => {
  const files = () =>
    readdirSync(record.folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.checkpoint'))
      .toSorted()
      .map((name) => join(record.folder, name));

  it('D9: names a checkpoint that was changed', async () => {
    const [, last] = files();
    writeFileSync(last!, readFileSync(last!, 'utf8').replace(' 7 ', ' 6 '));
    expect(await found()).toMatchObject([{ kind: 'checkpoint', checkpoint: '2026-11-23T10-05-00.000Z' }]);
  });

  it('takes no notice of a checkpoint that was being written when the machine stopped', async () => {
    const [, last] = files();
    writeFileSync(`${last!}.4711.unfinished`, readFileSync(last!, 'utf8').slice(0, 100));
    expect(await record.verify()).toMatchObject({ holds: true, checkpoints: 2 });
  });

  it('says which months are detached, and how many entries are away with them', async () => {
    await tamper(`SELECT mash.make_record_month('2026-10-01')`, `SELECT mash.make_record_month('2026-12-01')`);
    await stopClock(test.database, (clock = Temporal.Instant.from('2026-12-01T10:00Z')));
    await record.add(LANE, 2);
    await checkpoint();
    await stopClock(test.database, (clock = Temporal.Instant.from('2027-01-01T10:00Z')));
    await record.add(LANE, 1);
    expect(await record.verify()).toMatchObject({ holds: true, detached: { months: [], entries: 0 } });
    await tamper('ALTER TABLE audit_entry DETACH PARTITION audit.entry_2026_12');
    expect(await record.verify()).toMatchObject({
      holds: true,
      detached: { months: ['2026-12'], entries: 2 },
    });
    // A month that was detached is no excuse for an entry of another.
    await tamper(`DELETE FROM audit_entry ${where(5)}`);
    expect(await found()).toMatchObject([{ kind: 'deleted', seq: 5 }]);
    // Put back, it is part of the record again, in its place.
    await tamper(`ALTER TABLE audit_entry ATTACH PARTITION audit.entry_2026_12
      FOR VALUES FROM ('2026-12-01T00:00Z') TO ('2027-01-01T00:00Z')`);
    expect(await record.verify()).toMatchObject({ detached: { months: [], entries: 0 } });
  });

  it('holds where entries are moved into the month that is made for them', async () => {
    await tamper('ALTER TABLE audit_entry DETACH PARTITION audit.entry_2026_11', 'DROP TABLE audit.entry_2026_11');
    await tamper(`DELETE FROM audit_entry`, `UPDATE record_lane SET seq = 0, hash = decode(repeat('00', 32), 'hex')`);
    for (const file of files()) rmSync(file);
    await record.add(LANE, 3);
    const before = await record.everyEntry();
    await tamper('SET session_replication_role = origin', `SELECT mash.make_record_month('2026-11-01')`);
    expect(await record.everyEntry()).toEqual(before);
    await record.add(LANE, 3);
    expect(await record.verify()).toMatchObject({ holds: true, entries: 6 });
  });
});
