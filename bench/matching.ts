import { findCandidates } from '#children';
import { nameKey, type SubmittedChild } from '#domain';
import { SERVICE, sql, type Database } from '#store';
import {
  seeded,
  syntheticChildren,
  varied,
  VARIATIONS,
  type SyntheticChild,
} from '../test/support/synthetic-children.ts';
import { SubmitReferral } from '#referrals';
import { randomUUID } from 'node:crypto';
import { composeHub } from '../scripts/hub/whole-hub.ts';
import { scenarioBody, type FreshDatabase } from './fresh-database.ts';
import { SCENARIOS } from './many-referrals.ts';
import { percentiles, percentilesInWords, print, whole } from './in-words.ts';

const PAIRS = 10_000;
const CHILDREN = 1_000_000;
const BATCH = 5_000;
const TIMED = 1_000;
/** As many children stand on one referral at the most: a position is a small whole number. */
const ON_ONE = 25_000;
const ON = Temporal.PlainDate.from('2026-11-23');
const SEED = 15;
/** After the positions of the referral's own children. */
const FIRST = 100;

/**
 * Finds children again among others: how many, how many of those called probable are others, whether a twin is ever
 * taken for the other, and how long one takes among a million.
 */
export async function benchMatching(fresh: (name: string) => Promise<FreshDatabase>): Promise<void> {
  const on = await fresh('matching');
  try {
    const pairs = syntheticChildren(PAIRS, seeded(SEED));
    await store(on, pairs);
    await comparePairs(on.database, pairs);
    const random = seeded(SEED + 2);
    for (let stored = PAIRS; stored < CHILDREN; stored += ON_ONE)
      await store(on, syntheticChildren(Math.min(ON_ONE, CHILDREN - stored), random));
    const times: number[] = [];
    for (const { child } of pairs.slice(0, TIMED)) {
      const began = performance.now();
      await candidatesOf(on.database, varied(child, VARIATIONS[times.length % VARIATIONS.length]!, random));
      times.push(performance.now() - began);
    }
    const sorted = times.toSorted((a, b) => a - b);
    print(
      `matching, ${whole(CHILDREN)} children: ${percentilesInWords(percentiles(times))}, p95 ${whole(sorted[Math.floor(times.length * 0.95)]!)} ms`,
    );
  } finally {
    await on.close();
  }
}

async function comparePairs(database: Database, pairs: readonly SyntheticChild[]): Promise<void> {
  const random = seeded(SEED + 1);
  const count = { found: 0, probable: 0, wrong: 0, twins: 0, twinsTaken: 0 };
  for (const [index, { child, twin }] of pairs.entries()) {
    const found = await candidatesOf(database, varied(child, VARIATIONS[index % VARIATIONS.length]!, random));
    const isIt = (position: number) => position === FIRST + index;
    if (found.some(({ position }) => isIt(position))) count.found += 1;
    for (const { position, band } of found.filter((one) => one.band === 'probable'))
      if (isIt(position)) count[band as 'probable'] += 1;
      else count.wrong += 1;
    if (twin === null) continue;
    count.twins += 1;
    if ((await candidatesOf(database, child)).some(({ position }) => position === FIRST + twin)) count.twinsTaken += 1;
  }
  const precision = count.probable / (count.probable + count.wrong);
  print(
    `matching, ${whole(PAIRS)} pairs: ${((100 * count.found) / PAIRS).toFixed(1)} % found again; of those called probable ${(100 * precision).toFixed(2)} % are right; ${count.twinsTaken} of ${count.twins} twins taken for the other`,
  );
}

function candidatesOf(database: Database, child: SubmittedChild) {
  // A number that belongs to no person is stored as none.
  const { nhsNumber: _, ...sought } = child;
  return database.as(SERVICE).transaction((tx) => findCandidates(tx, { child: sought, on: ON, referralId: null }));
}

/** Beside the children of one referral, at positions from 100: the matching asks for no more of a referral than its date. */
async function store({ database, agencyId }: FreshDatabase, children: readonly SyntheticChild[]): Promise<void> {
  const hub = await composeHub(database);
  const referral = scenarioBody(SCENARIOS.amber);
  const { answer } = await hub.get(SubmitReferral).execute({ agencyId, idempotencyKey: randomUUID(), referral });
  await hub.close();
  const { id: referralId } = (await database
    .as(SERVICE)
    .row<{ id: string }>(sql`SELECT id FROM referral WHERE reference = ${answer.reference}`))!;
  for (let start = 0; start < children.length; start += BATCH) {
    const rows = children.slice(start, start + BATCH).map(({ child }, index) => ({
      ...{
        position: FIRST + start + index,
        submitted: child,
        name_key: nameKey(child),
        date_of_birth: child.dateOfBirth,
      },
    }));
    await database.as(SERVICE).run(sql`
      INSERT INTO referral_child (referral_id, position, submitted, name_key, date_of_birth)
      SELECT ${referralId}, position, submitted, name_key, date_of_birth FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        AS given (position smallint, submitted jsonb, name_key text, date_of_birth date)`);
  }
  await database.as(SERVICE).run(sql`ANALYZE referral_child`);
  await database.as(SERVICE).run(sql`ANALYZE person_name`);
}
