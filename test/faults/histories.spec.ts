import { pathToFileURL } from 'node:url';
import { faultsOfHistory } from './histories/check-history.ts';
import { History } from './histories/history.ts';
import { HubOnTrial } from './histories/hub-on-trial.ts';
import { roundsOf } from './histories/plan.ts';

/** `npm run trial -- --histories N` asks for more. */
const ROUNDS = Number(process.env['HISTORIES'] ?? 4);
const SEED = Number(process.env['HISTORIES_SEED'] ?? 1);
/** `npm run upgrade-drill` has the processes of the version before run beside those of this one. */
const BEFORE = process.env['HISTORIES_BESIDE'];
const PEOPLE = 4;
const A_ROUND_MS = 60_000;

const history = new History();
let trial: HubOnTrial;
beforeAll(async () => {
  trial = await HubOnTrial.begin(history, PEOPLE, BEFORE === undefined ? null : pathToFileURL(`${BEFORE}/`));
});
afterAll(() => trial.close());

it(
  'loses and doubles no referral, and lets one person at most hold each, while processes are killed at random',
  async () => {
    for (const round of roundsOf(SEED, ROUNDS, PEOPLE)) await trial.live(round);
    const stored = await trial.end();
    const record = await trial.recordHolds();
    if (process.env['HISTORIES'] !== undefined) process.stdout.write(summary(stored.length, record.entries));

    expect(faultsOfHistory(history.submissions, history.operations, stored)).toEqual([]);
    expect(trial.surprises).toEqual([]);
    expect(record.holds).toBe(true);
    // Something was accepted, taken, and killed: the rest says nothing otherwise.
    expect(stored).not.toEqual([]);
    expect(history.operations.filter(({ act, result }) => act === 'claim' && result === 'ok')).not.toEqual([]);
    expect(trial.kills.size).toBeGreaterThan(0);
  },
  ROUNDS * A_ROUND_MS,
);

function summary(referrals: number, entries: number): string {
  const { submissions, operations } = history;
  const unanswered = submissions.filter(({ references }) => references.length === 0).length;
  const counts = (of: readonly string[]) =>
    [...new Set(of)]
      .toSorted()
      .map((one) => `${one} ${of.filter((other) => other === one).length}`)
      .join(', ');
  return [
    `\nrounds      ${ROUNDS}, seed ${SEED}`,
    `killed      ${[...trial.kills].map(([process, times]) => `${process} ${times}`).join(', ')}`,
    `submitted   ${submissions.length}, of which ${unanswered} without an answer; ${referrals} referrals in the database`,
    `acts        ${counts(operations.map(({ act, result }) => `${act} ${result}`))}`,
    `record      ${entries} entries\n`,
  ].join('\n');
}
