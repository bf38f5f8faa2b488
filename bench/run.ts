import 'reflect-metadata';
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '../scripts/demonstration/embedded-postgres.ts';
import { freePort } from '../scripts/stand-ins/free-port.ts';
import { benchAccept } from './accept.ts';
import { benchChain } from './chain.ts';
import { benchDelivery } from './delivery/delivery.ts';
import { benchFlood } from './flood.ts';
import { freshDatabase, scenarioBody } from './fresh-database.ts';
import { print } from './in-words.ts';
import { benchLateness } from './lateness/lateness.ts';
import { SCENARIOS } from './many-referrals.ts';
import { benchMatching } from './matching.ts';
import { benchOversight } from './oversight/oversight.ts';
import { benchQueue } from './queue.ts';
import { benchRecord } from './record.ts';
import { benchRecovery } from './recovery.ts';
import { benchRetention } from './retention.ts';
import { benchSearch } from './search.ts';
import { benchSpread } from './spread.ts';
import { benchStart } from './start.ts';
import { benchTokens } from './tokens.ts';

const PARTS = [
  ...(['accept', 'lateness', 'recovery', 'delivery', 'queue', 'search', 'flood', 'oversight'] as const),
  ...(['spread', 'record', 'start', 'matching', 'chain', 'tokens', 'retention'] as const),
];
type Part = (typeof PARTS)[number];

const asked = process.argv.slice(2);
const parts = PARTS.filter((part) => asked.length === 0 || asked.includes(part));
if (asked.some((part) => !PARTS.includes(part as Part))) {
  process.stderr.write(`The parts are ${PARTS.join(', ')}; all of them when none is named.\n`);
  process.exit(1);
}

const dataDir = mkdtempSync(join(tmpdir(), 'mash-bench-'));
const postgres = await startEmbeddedPostgres({
  dataDir,
  port: await freePort(),
  settings: ['track_commit_timestamp=on', 'max_connections=200'],
});
const fresh = (name: string) => freshDatabase(postgres, name);
try {
  print(
    `${cpus().length} cores of ${cpus()[0]!.model}, Node ${process.versions.node}, PostgreSQL with fsync and synchronous_commit on`,
  );
  const bench: Record<Part, () => Promise<void>> = {
    accept: () => benchAccept(postgres, process.env['BENCH_BEFORE']),
    lateness: () => benchLateness(fresh),
    recovery: benchRecovery,
    delivery: () => benchDelivery(fresh),
    queue: async () => print(await benchQueue(fresh)),
    search: async () => print(await benchSearch(fresh)),
    flood: async () => {
      const on = await fresh('flood');
      print(await benchFlood(on.database, on.url, JSON.stringify(scenarioBody(SCENARIOS.amber))));
      await on.close();
    },
    oversight: () => benchOversight(fresh),
    spread: () => benchSpread(fresh),
    record: () => benchRecord(postgres),
    start: benchStart,
    matching: () => benchMatching(fresh),
    chain: () => benchChain(fresh),
    tokens: () => benchTokens(fresh),
    retention: () => benchRetention(fresh),
  };
  for (const part of parts) await bench[part]();
} finally {
  await postgres.stop();
  rmSync(dataDir, { recursive: true, force: true });
}
process.exit(0);
