import { fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import autocannon from 'autocannon';

import { addDemonstrationAgency } from '../scripts/demonstration/demonstration-agency.ts';
import type { Database } from '#store';
import { whole } from './in-words.ts';

const PORT = 3913;
const ROUNDS = 3;
const SECONDS = 6;
/** Connections of the agency that floods, for each kind of flood. */
const CONNECTIONS = 32;
/** The other agency sends one request, waits for its answer, and for so long. */
const PAUSE_MS = 40;
/** A body of unknown names, just below the limit of 256 kB. */
const HOSTILE = JSON.stringify(
  Object.fromEntries(Array.from({ length: 25_000 }, (_, at) => [`n${at.toString(36)}`, 1])),
);

type Agency = { readonly token: string };
type Flood = (url: string, token: string) => readonly autocannon.Request[];

const FLOODS: Readonly<Record<string, Flood>> = {
  'readings of one agency': (_, token) => [{ method: 'GET', path: STATUS, headers: bearer(token) }],
  'referrals of one agency': (_, token) => [{ method: 'POST', path: SUBMIT, headers: json(token), body: '{}' }],
  'bodies of 25,000 unknown names': (_, token) => [
    { method: 'POST', path: SUBMIT, headers: json(token), body: HOSTILE },
  ],
  'credentials that are none': () => [{ method: 'GET', path: STATUS, headers: bearer('mash_unknown') }],
};
const SUBMIT = '/api/v1/referrals';
const STATUS = `${SUBMIT}/MASH-0000-0000`;
const bearer = (token: string) => ({ Authorization: `Bearer ${token}` });
const json = (token: string) => ({ ...bearer(token), 'Content-Type': 'application/json', 'Idempotency-Key': 'flood' });

/**
 * How much slower the api answers one agency while another floods it, by what the flood is made of: the p95 of the one
 * agency in the flood, divided by its p95 in the quiet before, in turns, so that both see the same machine.
 */
export async function benchFlood(database: Database, databaseUrl: string, body: string): Promise<string> {
  const add = (name: string): Promise<Agency> =>
    addDemonstrationAgency(database, { name, kind: 'school', sourceCode: '2A' });
  const quiet = await add('Quiet School');
  const server = await startApi(databaseUrl);
  const url = `http://127.0.0.1:${PORT}`;
  try {
    await answerTimes(url, quiet, body, 3);
    const lines: string[] = [];
    for (const [name, flood] of Object.entries(FLOODS)) {
      const ratios: { ratio: number; shown: string; refused: number }[] = [];
      for (let round = 0; round < ROUNDS; round++) {
        const flooder = await add(`Flood ${name} ${round}`);
        const before = p95(await answerTimes(url, quiet, body, SECONDS));
        const flooding = autocannon({
          url,
          connections: CONNECTIONS,
          duration: SECONDS + 1,
          requests: [...flood(url, flooder.token)],
        });
        const during = p95(await answerTimes(url, quiet, body, SECONDS));
        const { non2xx, duration } = await flooding;
        ratios.push({
          ratio: during / before,
          shown: `${before.toFixed(1)} to ${during.toFixed(1)} ms`,
          refused: non2xx / duration,
        });
      }
      ratios.sort((one, other) => one.ratio - other.ratio);
      const middle = ratios[Math.floor(ratios.length / 2)]!;
      lines.push(
        `${name}: ratio ${middle.ratio.toFixed(2)} (${ratios.map(({ ratio }) => ratio.toFixed(2)).join(', ')}), ` +
          `p95 ${middle.shown}, ${whole(middle.refused)} refused a second`,
      );
    }
    return [
      `p95 of an agency that sends a referral every ${PAUSE_MS} ms, quiet to flooded by ${CONNECTIONS} connections of another (aim: below 2)`,
      ...lines,
    ].join('\n');
  } finally {
    server.kill();
  }
}

/** Milliseconds of each answer to an agency that sends referrals one after the other. */
async function answerTimes(url: string, { token }: Agency, body: string, seconds: number): Promise<number[]> {
  const times: number[] = [];
  const end = performance.now() + seconds * 1_000;
  while (performance.now() < end) {
    const begun = performance.now();
    const headers = { ...json(token), 'Idempotency-Key': randomUUID() };
    const response = await fetch(`${url}${SUBMIT}`, { method: 'POST', headers, body });
    await response.text();
    if (response.status !== 201) throw new Error(`the agency that does not flood was answered with ${response.status}`);
    times.push(performance.now() - begun);
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
  return times;
}

function p95(times: readonly number[]): number {
  return times.toSorted((a, b) => a - b)[Math.floor(times.length * 0.95)]!;
}

async function startApi(databaseUrl: string) {
  const server = fork(fileURLToPath(new URL('./server.js', import.meta.url)), ['api'], {
    // The agency that is measured sends more than the default: so may the one that floods.
    env: { ...process.env, DATABASE_URL: databaseUrl, API_PORT: String(PORT), RATE_SUBMISSIONS: '2000' },
  });
  await new Promise<void>((resolve, reject) => {
    server.once('message', () => resolve());
    server.once('exit', () => reject(new Error('the api did not start')));
  });
  return server;
}
