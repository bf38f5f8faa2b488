import { randomUUID } from 'node:crypto';
import { findCandidates } from '#children';
import { nameKey, normaliseNhsNumber, type SubmittedChild } from '#domain';
import { sql, SERVICE } from '#store';
import { createHub, type Hub } from '../support/hub.ts';
import { aRoutineAmber } from '../support/referrals.ts';
import { seeded, syntheticChildren, varied, VARIATIONS, type SyntheticChild } from '../support/synthetic-children.ts';

const PAIRS = 2_000;
const SEED = 15;
const ON = Temporal.PlainDate.from('2026-11-23');

let hub: Hub;
let children: readonly SyntheticChild[];
let known: string;
beforeAll(async () => {
  hub = await createHub();
  children = syntheticChildren(PAIRS, seeded(SEED));
  const reference = await hub.submit(aRoutineAmber());
  known = (await hub.database
    .as(SERVICE)
    .row<{ id: string }>(sql`SELECT id FROM referral WHERE reference = ${reference}`))!.id;
  const rows = children.map(({ child }, index) => ({
    ...{ position: index + 1, submitted: child, name_key: nameKey(child), date_of_birth: child.dateOfBirth },
  }));
  // One referral has them all: the matching asks for no more of a referral than its date.
  await hub.database.as(SERVICE).run(sql`
    INSERT INTO referral_child (referral_id, position, submitted, name_key, date_of_birth)
    SELECT ${known}, position, submitted, name_key, date_of_birth
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      AS given (position smallint, submitted jsonb, name_key text, date_of_birth date)`);
  await hub.database.as(SERVICE).run(sql`ANALYZE referral_child`);
});
afterAll(() => hub.drop());

const candidatesOf = async (child: SubmittedChild) => {
  const nhsNumber = child.nhsNumber === undefined ? null : normaliseNhsNumber(child.nhsNumber);
  const { nhsNumber: _, ...rest } = child;
  const sought = { ...rest, ...(nhsNumber === null ? {} : { nhsNumber }) };
  return hub.database
    .as(SERVICE)
    .transaction((tx) => findCandidates(tx, { child: sought, on: ON, referralId: randomUUID() }));
};

it('finds 95 of 100 children again, and 99 of 100 that are called probable are right', async () => {
  const random = seeded(SEED + 1);
  const counts = new Map(VARIATIONS.map((name) => [name, { pairs: 0, probable: 0, possible: 0, wrong: 0 }]));
  for (const [index, { child }] of children.entries()) {
    const variation = VARIATIONS[index % VARIATIONS.length]!;
    const found = await candidatesOf(varied(child, variation, random));
    const count = counts.get(variation)!;
    count.pairs += 1;
    for (const { position, band } of found) {
      if (position === index + 1) count[band] += 1;
      else if (band === 'probable') count.wrong += 1;
    }
  }
  const total = (name: 'pairs' | 'probable' | 'possible' | 'wrong') =>
    [...counts.values()].reduce((sum, count) => sum + count[name], 0);
  const precision = total('probable') / (total('probable') + total('wrong'));
  const recall = (total('probable') + total('possible')) / total('pairs');
  expect(precision).toBeGreaterThanOrEqual(0.99);
  expect(recall).toBeGreaterThanOrEqual(0.95);
});

it('never takes a twin for the other', async () => {
  const twins = children.filter(({ twin }) => twin !== null);
  expect(twins.length).toBeGreaterThan(50);
  for (const { child, twin } of twins) {
    const found = await candidatesOf(child);
    expect([child.firstName, found.map(({ position }) => position)]).not.toEqual([
      child.firstName,
      expect.arrayContaining([twin! + 1]),
    ]);
  }
});
