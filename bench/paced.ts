import { setTimeout as wait } from 'node:timers/promises';
import { percentiles, percentilesInWords } from './in-words.ts';
import { headersOf, type Side } from './side.ts';

const SECONDS = 20;
/** Submissions a second: hardly any, so that none meets another, and far more than a hub gets. */
const [QUIET, BUSY] = [4, 50];

/** How long a submission takes when few come, and when fifty a second come, each at its own time, also while others wait. */
export async function pacedInWords(side: Side): Promise<string> {
  const quiet = percentiles(await paced(side, QUIET));
  const busy = percentiles(await paced(side, BUSY));
  return [
    `A submission to ${side.name}, ${QUIET} a second: ${percentilesInWords(quiet)}; ${BUSY} a second: ${percentilesInWords(busy)}`,
    `  p99 of ${BUSY} a second less p99 of ${QUIET}: ${(busy.p99 - quiet.p99).toFixed(0)} ms (aim: 50 ms)`,
  ].join('\n');
}

/** @returns the milliseconds of each, from the instant at which it was to be sent */
async function paced({ url, tokens, body }: Side, perSecond: number): Promise<readonly number[]> {
  const begun = performance.now();
  const sent = Array.from({ length: perSecond * SECONDS }, async (_, index) => {
    const due = begun + (index * 1_000) / perSecond;
    await wait(Math.max(0, due - performance.now()));
    const headers = headersOf(tokens[index % tokens.length]!);
    const answer = await fetch(url, { method: 'POST', body, headers });
    await answer.arrayBuffer();
    if (answer.status !== 201) throw new Error(`${answer.status} at ${url}`);
    return performance.now() - due;
  });
  return Promise.all(sent);
}
