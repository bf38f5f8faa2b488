import { VerifyRecord } from '#audit';
import { SERVICE, sql, type Database } from '#store';
import { freePort } from '../scripts/stand-ins/free-port.ts';
import { BODY, CONNECTIONS, load, startServer, tokensOf } from './accept.ts';
import type { FreshDatabase } from './fresh-database.ts';
import { median, print, whole } from './in-words.ts';

const ROUNDS = 8;
const SECONDS = 6;
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
    for (let round = 0; round < ROUNDS; round++) {
      const rates: Record<string, number> = {};
      // Which of them comes first changes, since the tables grow.
      for (const isChained of round % 2 === 0 ? [true, false] : [false, true]) {
        await chain(on.database, isChained);
        await load(side, SETTLING_SECONDS);
        rates[String(isChained)] = (await load(side, SECONDS)).perSecond;
      }
      ratios.push(rates['true']! / rates['false']!);
      print(`  with the chain ${rates['true']!.toFixed(0)}, without ${rates['false']!.toFixed(0)} accepts a second`);
    }
    const sorted = ratios.toSorted((a, b) => a - b);
    print(
      `with / without, ${CONNECTIONS} connections, ${ROUNDS} rounds of ${SECONDS} s in turns: median ${median(ratios).toFixed(2)} (${sorted[0]!.toFixed(2)} to ${sorted.at(-1)!.toFixed(2)}) (aim: 0.9)`,
    );
    await measureVerification(on.database);
  } finally {
    server.kill();
    await on.close();
  }
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
