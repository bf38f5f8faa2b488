import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import fc from 'fast-check';
import { auditEntry, TakeCheckpoint } from '#audit';
import { createLogger } from '#platform';
import { SERVICE, sql, type Transaction } from '#store';
import { createHub, type Hub } from '../support/hub.ts';
import { aBruisedBaby, aRoutineAmber } from '../support/referrals.ts';
import { Holder } from '../support/verbs/moments.ts';
import { asSuperuser, recordOf, takeLane } from '../support/verbs/record-chain.ts';

let hub: Hub;
let record: ReturnType<typeof recordOf>;
beforeAll(async () => {
  hub = await createHub();
});
beforeEach(async () => {
  await hub.reset();
  record = recordOf(hub.database);
});
afterEach(() => rmSync(record.folder, { recursive: true }));
afterAll(() => hub.drop());

const service = () => hub.database.as(SERVICE);
const entry = (tx: Transaction, name: string) => auditEntry(tx, 'queue.read', null, { name });

/** A transaction, or a savepoint within one: what it does in turn, and whether all of that is given up. */
interface Work {
  readonly steps: readonly ('entry' | Work)[];
  readonly isGivenUp: boolean;
}
const { history } = fc.letrec<{ history: Work; step: 'entry' | Work }>((tie) => ({
  history: fc.record({ steps: fc.array(tie('step'), { maxLength: 5 }), isGivenUp: fc.boolean() }),
  step: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    { arbitrary: fc.constant<'entry'>('entry'), weight: 3 },
    { arbitrary: tie('history'), weight: 1 },
  ),
}));

class GivenUp extends Error {}

/** Does the work. @returns the names of the entries that are on the record after it */
async function doing(tx: Transaction, work: Work, name: string): Promise<readonly string[]> {
  const kept: string[] = [];
  for (const [index, step] of work.steps.entries()) {
    const its = `${name}.${index}`;
    if (step === 'entry') {
      await tx.insert(entry(tx, its));
      kept.push(its);
      continue;
    }
    kept.push(
      ...(await orNothing(() =>
        tx
          .inside()
          .as(SERVICE)
          .transaction((inner) => doing(inner, step, its)),
      )),
    );
  }
  if (work.isGivenUp) throw new GivenUp();
  return kept;
}

async function orNothing(work: () => Promise<readonly string[]>): Promise<readonly string[]> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof GivenUp) return [];
    throw error;
  }
}

/** The numbers of each lane are those from 1 to what the table of lanes says. */
async function mustBeWithoutGaps(): Promise<void> {
  const all = await record.everyEntry();
  const numbers = new Map<number, number[]>();
  for (const { lane, seq } of all) numbers.set(lane, [...(numbers.get(lane) ?? []), seq]);
  const expected = (await record.lanes()).map(({ lane, seq }) => [lane, Array.from({ length: seq }, (_, n) => n + 1)]);
  expect([...numbers]).toEqual(expected);
}

describe('the chain of the record', () => {
  it('D9: is without a gap, and has exactly the entries of what was committed, whatever runs at the same time', async () => {
    let run = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(history, { minLength: 1, maxLength: 8 }), async (histories) => {
        run++;
        const kept = await Promise.all(
          histories.map((one, index) =>
            orNothing(() => service().transaction((tx) => doing(tx, one, `${run}.${index}`))),
          ),
        );
        const names = (await record.everyEntry()).map(({ details }) => details['name']);
        const ours = names.filter((name) => typeof name === 'string' && name.startsWith(`${run}.`));
        expect(ours.toSorted()).toEqual(kept.flat().toSorted());
        await mustBeWithoutGaps();
      }),
      { numRuns: 40, endOnFailure: true },
    );
    expect(await record.verify()).toMatchObject({ holds: true, checkpoints: 0 });
  });

  it('D9: holds while people work, referrals come together, and acts are given up', async () => {
    await hub.letClockRun();
    const references = await Promise.all(Array.from({ length: 40 }, () => hub.submit(aRoutineAmber())));
    await record.checkpoint();
    await Promise.all([
      ...references.map((reference) => hub.read(reference, hub.screener)),
      ...references.slice(0, 10).map((reference) => hub.claims(hub.socialWorker, reference)),
      // The same key twice at once: one is refused, and the statement that both share is given up.
      ...references.slice(0, 10).map((reference) => hub.claims(hub.manager, reference).catch(() => undefined)),
    ]);
    await mustBeWithoutGaps();
    const { holds, entries, checkpoints } = await record.verify();
    expect({ holds, checkpoints }).toEqual({ holds: true, checkpoints: 1 });
    expect(entries).toBeGreaterThan(90);
  });

  it('D9: is what this code computes too, of any text and any JSON', async () => {
    const text = fc
      .string({ unit: 'grapheme', maxLength: 20 })
      .filter((one) => !one.includes('\0') && one.isWellFormed());
    const details = fc.dictionary(
      text,
      fc.oneof(text, fc.double({ noNaN: true, noDefaultInfinity: true }), fc.boolean()),
    );
    await fc.assert(
      fc.asyncProperty(
        text,
        fc.option(text),
        details,
        fc.integer({ min: 0, max: 10 ** 15 }),
        async (act, id, json, us) => {
          await service().rows(sql`
          INSERT INTO audit_entry (id, at, actor_kind, act, details, request_id)
          VALUES (gen_random_uuid(), 'epoch'::timestamptz + make_interval(secs => ${us}::float8 / 1000000), 'service', ${act},
            ${JSON.stringify(json)}, ${id})`);
        },
      ),
      { endOnFailure: true },
    );
    await service().rows(sql`
      INSERT INTO audit_entry (id, at, actor_kind, act, details) VALUES
        (gen_random_uuid(), '1969-12-31T23:59:59.999999Z', 'service', 'a', '{"n": 1.00, "big": 1e400, "a": {"b": [null, 1]}}')`);
    expect(await record.verify()).toMatchObject({ holds: true, count: 0 });
  });

  it('keeps two transactions from waiting for one another, and gives each a lane of its own', async () => {
    await service().transaction(async (first) => {
      await first.insert(entry(first, 'first'));
      await service().transaction((second) => second.insert(entry(second, 'second'), entry(second, 'second')));
      await first.insert(entry(first, 'first'));
    });
    const ours = (await record.everyEntry()).filter(({ details }) => 'name' in details);
    const lanesOf = (name: string) => ours.filter(({ details }) => details['name'] === name).map(({ lane }) => lane);
    const [first, second] = [lanesOf('first'), lanesOf('second')];
    expect([first, second]).toEqual([
      [first[0], first[0]],
      [second[0], second[0]],
    ]);
    expect(first[0]).not.toBe(second[0]);
  });

  it('takes the one lane that is free, and waits only while none is', async () => {
    const others = await Holder.of(hub.url, 'SELECT FROM record_lane WHERE lane <> 99 FOR UPDATE');
    await service().transaction(async (tx) => {
      await tx.insert(entry(tx, 'the one that is free'));
      const waits = service().transaction((late) => late.insert(entry(late, 'late')));
      await hub.untilWaiting(1);
      await others.letGo();
      await waits;
    });
    const [free] = (await record.everyEntry()).filter(({ details }) => details['name'] === 'the one that is free');
    expect(free).toMatchObject({ lane: 99, seq: 1 });
    await mustBeWithoutGaps();
  });

  it('overrules a person who names the place of an entry', async () => {
    const before = (await record.everyEntry()).length;
    await service().rows(sql`
      INSERT INTO audit_entry (id, at, actor_kind, act, details, lane, lane_seq, hash)
      VALUES (gen_random_uuid(), now(), 'service', 'queue.read', '{}', 5, 400, sha256('x'))`);
    await mustBeWithoutGaps();
    expect(await record.verify()).toMatchObject({ holds: true, entries: before + 1 });
  });

  it('D5: lets no act be done of which the entry cannot be written', async () => {
    const reference = await hub.submit(aBruisedBaby());
    const before = await record.everyEntry();
    await asSuperuser(hub.url, 'CREATE TABLE lanes AS TABLE record_lane', 'DELETE FROM record_lane');
    await expect(hub.claims(hub.screener, reference)).rejects.toThrow(/nothing is done that cannot be recorded/);
    await expect(hub.submit(aBruisedBaby())).rejects.toThrow(/nothing is done that cannot be recorded/);
    await asSuperuser(hub.url, 'INSERT INTO record_lane TABLE lanes', 'DROP TABLE lanes');
    expect(await record.everyEntry()).toEqual(before);
    expect((await hub.read(reference, hub.screener)).holder).toBeNull();
    expect(await record.verify()).toMatchObject({ holds: true });
  });
});

describe('a checkpoint of the record', () => {
  it('D9: names nothing that may still be rolled back, and does not wait for it', async () => {
    await record.add(120, 3);
    await service()
      .transaction(async (tx) => {
        await takeLane(tx, 120);
        await tx.insert(entry(tx, 'not yet'));
        const taken = await record.checkpoint();
        expect(taken!.lanes.find(({ lane }) => lane === 120)).toMatchObject({ seq: 3 });
        throw new GivenUp();
      })
      .catch((error: unknown) => expect(error).toBeInstanceOf(GivenUp));
    await record.add(120, 1);
    expect(await record.entries(120)).toHaveLength(4);
    expect(await record.verify()).toMatchObject({ holds: true, checkpoints: 1 });
  });

  it('is made where something was added, and once an hour where nothing was', async () => {
    await record.add(1, 1);
    const made = async (...minutes: readonly number[]) => {
      const found: boolean[] = [];
      for (const each of minutes) {
        await hub.moveBy({ minutes: each });
        found.push((await record.checkpoint()) !== null);
      }
      return found;
    };
    expect(await made(0, 5, 50, 5)).toEqual([true, false, false, true]);
    await record.add(1, 1);
    expect(await made(3, 2, 5)).toEqual([false, true, false]);
  });

  it('is made once, however many workers make it', async () => {
    await record.add(1, 1);
    const made = await Promise.all([record.checkpoint(), record.checkpoint(), record.checkpoint()]);
    expect(made.filter((one) => one !== null)).toHaveLength(1);
    expect(readdirSync(record.folder)).toEqual(['2026-11-23']);
    expect(readdirSync(`${record.folder}/2026-11-23`)).toEqual(['2026-11-23T10-00-00.000Z.checkpoint']);
  });

  it('is not made where no key or no folder is set up', async () => {
    await record.add(1, 1);
    expect(await new TakeCheckpoint(hub.database, null, createLogger('test', 'silent')).execute()).toBeNull();
  });

  it('that could not be written is in no table, and is made the next time', async () => {
    await record.add(1, 1);
    writeFileSync(`${record.folder}/file`, 'A file where a folder is needed.');
    const nowhere = { folder: `${record.folder}/file`, key: record.privateKey };
    const broken = new TakeCheckpoint(hub.database, nowhere, createLogger('test', 'silent'));
    await expect(broken.execute()).rejects.toThrow(/ENOTDIR/);
    expect(await record.checkpoint()).not.toBeNull();
  });
});
