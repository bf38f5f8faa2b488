import { randomUUID } from 'node:crypto';
import { auditEntry, VerifyRecord } from '#audit';
import { SERVICE, sql, type Database, type Transaction } from '#store';
import { freePort } from '../scripts/stand-ins/free-port.ts';
import { BODY, CONNECTIONS, load, startServer, tokensOf } from './accept.ts';
import type { FreshDatabase } from './fresh-database.ts';
import { median, print, whole } from './in-words.ts';

/** Many short ones: other work on the machine is alike in two that follow each other. */
const ROUNDS = 30;
const SECONDS = 2;
/** After the trigger is changed every connection plans its statements again. */
const SETTLING_SECONDS = 1;

/**
 * Accepts per second with the trigger that chains the record and without it, in turns on one api and one database; and
 * how many entries a second are verified.
 */
export async function benchChain(fresh: (name: string) => Promise<FreshDatabase>): Promise<void> {
  const on = await fresh('chain');
  const port = await freePort();
  const server = await startServer('api', port, on, new URL('../', import.meta.url));
  const url = `http://127.0.0.1:${port}/api/v1/referrals`;
  const side = { name: 'ours', url, tokens: await tokensOf(on), body: BODY() };
  try {
    await load(side, 3);
    const ratios: number[] = [];
    const all: Record<string, number[]> = { true: [], false: [] };
    for (let round = 0; round < ROUNDS; round++) {
      const rates: Record<string, number> = {};
      // Which of them comes first changes, since the tables grow.
      for (const isChained of round % 2 === 0 ? [true, false] : [false, true]) {
        await chain(on.database, isChained);
        await load(side, SETTLING_SECONDS);
        rates[String(isChained)] = (await load(side, SECONDS)).perSecond;
        all[String(isChained)]!.push(rates[String(isChained)]!);
      }
      ratios.push(rates['true']! / rates['false']!);
    }
    print(
      `Accepts a second: median ${median(all['true']!).toFixed(0)} with the chain, ${median(all['false']!).toFixed(0)} without`,
    );
    const sorted = ratios.toSorted((a, b) => a - b);
    const quarter = (n: number) => sorted[Math.floor((sorted.length * n) / 4)]!;
    print(
      `with / without, ${CONNECTIONS} connections, ${ROUNDS} rounds of ${SECONDS} s in turns: median ${median(ratios).toFixed(2)} (half of them ${quarter(1).toFixed(2)} to ${quarter(3).toFixed(2)}; aim: 0.9)`,
    );
    await measureEntries(on.database);
    await measureVerification(on.database);
  } finally {
    server.kill();
    await on.close();
  }
}

/** What an entry costs PostgreSQL by itself, in batches as referrals that come together are stored: one after the other. */
async function measureEntries(database: Database): Promise<void> {
  const times: Record<string, number[]> = { true: [], false: [] };
  for (let round = 0; round < 60; round++) {
    const isChained = round % 2 === 0;
    await chain(database, isChained);
    for (let n = -2; n < 20; n++) {
      const begun = performance.now();
      await database.as(SERVICE).transaction((tx) => tx.insert(...entriesOf(tx, 32)));
      if (n >= 0) times[String(isChained)]!.push((1_000 * (performance.now() - begun)) / 32);
    }
  }
  const microseconds = (isChained: boolean) => median(times[String(isChained)]!).toFixed(0);
  print(
    `an entry, 32 in a transaction: median ${microseconds(true)} µs with the chain, ${microseconds(false)} µs without`,
  );
}

function entriesOf(tx: Transaction, count: number) {
  return Array.from({ length: count }, () => auditEntry(tx, 'referral.submitted', randomUUID(), { rating: 'amber' }));
}

async function chain(database: Database, isChained: boolean): Promise<void> {
  const service = database.as(SERVICE);
  if (isChained) await service.run(sql`ALTER TABLE audit_entry ENABLE TRIGGER chained`);
  else
    await service.run(sql`ALTER TABLE audit_entry DISABLE TRIGGER chained, ALTER COLUMN lane DROP NOT NULL,
      ALTER COLUMN lane_seq DROP NOT NULL, ALTER COLUMN hash DROP NOT NULL`);
}

/** The entries of the rounds without the chain have no place in it. */
async function measureVerification(database: Database): Promise<void> {
  const service = database.as(SERVICE);
  await service.transaction(async (tx) => {
    await tx.run(sql`SET LOCAL session_replication_role = replica`);
    await tx.run(sql`DELETE FROM audit_entry WHERE lane IS NULL`);
  });
  const begun = performance.now();
  const { entries, holds } = await service.transaction((tx) => new VerifyRecord().execute(tx));
  const seconds = (performance.now() - begun) / 1_000;
  print(`verified: ${whole(entries)} entries in ${seconds.toFixed(1)} s, ${holds ? 'whole' : 'not whole'}`);
}
