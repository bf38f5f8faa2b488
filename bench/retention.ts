import { randomUUIDv7 } from 'node:crypto';
import { DestroyRecords, ProposeDestruction } from '#retention';
import { SERVICE, sql } from '#store';
import { shiftClock } from '../scripts/demonstration/shift-clock.ts';
import { composeHub } from '../scripts/hub/whole-hub.ts';
import type { FreshDatabase } from './fresh-database.ts';
import { median, percentiles, percentilesInWords, print, whole } from './in-words.ts';
import { manyDecided } from './oversight/many-decided.ts';

const SMALL = { decided: 500, open: 5, copies: 1 };
const LARGE = { decided: 8_000, open: 50, copies: 1 };
const DESTROYED = 50;
/** Every period is over by then, that of an allegation too. */
const YEARS_LATER = 150;

/** What it costs to destroy a record, in a hub of some hundreds and in one of some thousands. */
export async function benchRetention(fresh: (name: string) => Promise<FreshDatabase>): Promise<void> {
  const small = await measure(await fresh('retention_small'), SMALL);
  const large = await measure(await fresh('retention_large'), LARGE);
  print(`a record destroyed: the ratio of the medians is ${(median(large) / median(small)).toFixed(2)}`);
}

/** @returns milliseconds for each record */
async function measure(on: FreshDatabase, { copies, ...size }: typeof SMALL): Promise<readonly number[]> {
  const { decided } = await manyDecided(on, size, copies);
  const { database } = on;
  await shiftClock(database, YEARS_LATER * 365.25 * 24 * 3_600_000);
  await database.as(SERVICE).transaction(async (tx) => {
    await tx.run(sql`UPDATE deadline SET state = 'met', ended_at = ${tx.now} WHERE state = 'open'`);
    await tx.run(sql`ANALYZE`);
  });
  const hub = await composeHub(database);
  const begun = performance.now();
  const { proposed } = await hub.get(ProposeDestruction).execute();
  const seconds = ((performance.now() - begun) / 1_000).toFixed(1);
  print(`${whole(decided)} decided referrals: ${whole(proposed)} are proposed for destruction in ${seconds} s`);
  const destructionId = await agree(on);
  const times: number[] = [];
  for (let record = 0; record < DESTROYED; record++) {
    const began = performance.now();
    await database.as(SERVICE).transaction((tx) => hub.get(DestroyRecords).handle({ destructionId }, tx));
    times.push(performance.now() - began);
  }
  const { destroyed } = (await database.as(SERVICE).row<{ destroyed: number }>(sql`
    SELECT count(*)::int AS destroyed FROM destruction_proposal WHERE state = 'destroyed'`))!;
  if (destroyed !== DESTROYED) throw new Error(`${destroyed} of ${DESTROYED} were destroyed`);
  print(`${DESTROYED} of ${whole(decided)} destroyed, a record each: ${percentilesInWords(percentiles(times))}`);
  await hub.close();
  await on.close();
  return times;
}

/** Two people have said yes. @returns the id of the destruction */
async function agree({ database }: FreshDatabase): Promise<string> {
  const id = randomUUIDv7();
  await database.as(SERVICE).transaction(async (tx) => {
    await tx.run(sql`
      INSERT INTO destruction (id, approved_by, approved_at, answer, answered_by, answered_at)
      SELECT ${id}, (array_agg(m.id))[1], ${tx.now}, 'agreed', (array_agg(m.id))[2], ${tx.now} FROM staff_member m`);
    await tx.run(sql`
      UPDATE destruction_proposal SET state = 'approved', destruction_id = ${id}
      WHERE id IN (SELECT id FROM destruction_proposal ORDER BY id LIMIT ${DESTROYED})`);
  });
  return id;
}
