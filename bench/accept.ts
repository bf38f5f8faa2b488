import { fork, type ChildProcess } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import autocannon from 'autocannon';

import { addDemonstrationAgency } from '../scripts/demonstration/demonstration-agency.ts';
import { createDataSource, Database, SERVICE, sql } from '#store';
import type { RunningPostgres } from '../scripts/demonstration/embedded-postgres.ts';
import { freePort } from '../scripts/stand-ins/free-port.ts';
import { freshDatabase, scenarioBody, type FreshDatabase } from './fresh-database.ts';
import { median, print } from './in-words.ts';
import { SCENARIOS } from './many-referrals.ts';
import { pacedInWords } from './paced.ts';
import { headersOf, type Side } from './side.ts';

const ROUNDS = 5;
const SECONDS = 6;
export const CONNECTIONS = 32;
/** The api answers four submissions of one agency at a time: so many agencies fill the connections. */
const AGENCIES = 8;

/**
 * Accepts per second of our route beside those of the bare one and the lean one, in turns, so that all see the same
 * machine; and how long a submission takes when it comes alone and at fifty a second.
 *
 * @param before a folder with another build of this repository, whose api is measured in the same turns
 */
export async function benchAccept(postgres: RunningPostgres, before: string | undefined): Promise<void> {
  const builds = [{ name: 'ours', folder: new URL('../', import.meta.url) }];
  if (before !== undefined) builds.push({ name: 'before', folder: new URL('dist/', pathToFileURL(`${before}/`)) });
  const servers: ChildProcess[] = [];
  const databases: FreshDatabase[] = [];
  const add = async (name: string, which: string, folder: URL, on: FreshDatabase, tokens: readonly string[]) => {
    const port = await freePort();
    servers.push(await startServer(which, port, on, folder));
    const path = which === 'api' ? '/api/v1/referrals' : `/${which}`;
    return { name, url: `http://127.0.0.1:${port}${path}`, tokens, body: BODY() };
  };
  try {
    const sides: Side[] = [];
    for (const { name, folder } of builds) {
      const made = (await import(new URL('bench/fresh-database.js', folder).href)) as {
        freshDatabase: typeof freshDatabase;
      };
      const on = await made.freshDatabase(postgres, name);
      databases.push(on);
      sides.push(await add(name, 'api', folder, on, await tokensOf(on)));
    }
    const [on, { folder }] = [databases[0]!, builds[0]!];
    await on.database.as(SERVICE).rows(sql`CREATE TABLE bench_bare (id uuid PRIMARY KEY, body jsonb NOT NULL)`);
    for (const which of ['lean', 'bare']) sides.push(await add(which, which, folder, on, sides[0]!.tokens));
    await compare(sides);
    for (const side of sides.filter(({ url }) => url.includes('/api/'))) print(await pacedInWords(side));
  } finally {
    for (const server of servers) server.kill();
    for (const one of databases) await one.close();
  }
}

export const BODY = () => JSON.stringify(scenarioBody(SCENARIOS.amber));

/** Prints the rates of every side, and each side's ratio to the last two, which are the limits. */
async function compare(sides: readonly Side[]): Promise<void> {
  for (const side of sides) await load(side, 3);
  const rounds: Record<string, number>[] = [];
  const late: Record<string, number[]> = {};
  for (let round = 0; round < ROUNDS; round++) {
    const rates: Record<string, number> = {};
    for (const side of sides) {
      const { perSecond, p99 } = await load(side, SECONDS);
      rates[side.name] = perSecond;
      (late[side.name] ??= []).push(p99);
    }
    rounds.push(rates);
  }
  print(
    `Accepts per second, ${CONNECTIONS} connections of ${AGENCIES} agencies, ${ROUNDS} rounds of ${SECONDS} s in turns:`,
  );
  for (const { name } of sides) {
    const rates = rounds.map((rates) => rates[name]!);
    print(
      `  ${name}: ${rates.map((rate) => rate.toFixed(0)).join(', ')}; p99 median ${median(late[name]!).toFixed(0)} ms`,
    );
  }
  const ratio = (name: string, limit: string, aim: string) => {
    const ratios = rounds.map((rates) => rates[name]! / rates[limit]!).toSorted((a, b) => a - b);
    print(
      `  ${name} / ${limit}: median ${median(ratios).toFixed(2)} (${ratios[0]!.toFixed(2)} to ${ratios.at(-1)!.toFixed(2)})${aim}`,
    );
  };
  const names = sides.map(({ name }) => name);
  ratio('ours', 'lean', ' (aim: 1.0)');
  ratio('ours', 'bare', ' (aim: 0.30)');
  ratio('lean', 'bare', '');
  if (names.includes('before')) for (const limit of ['lean', 'bare']) ratio('before', limit, '');
  if (names.includes('before')) ratio('ours', 'before', '');
}

export async function tokensOf({ url, token }: FreshDatabase): Promise<readonly string[]> {
  // Of this build: the other one's database may be of another.
  const source = await createDataSource({ url, pool: 1, app: 'bench' }).initialize();
  const database = new Database(source.manager);
  const tokens = [token];
  while (tokens.length < AGENCIES) {
    const agency = { name: `Bench ${tokens.length}`, kind: 'police', sourceCode: '6' };
    tokens.push((await addDemonstrationAgency(database, agency)).token);
  }
  await source.destroy();
  return tokens;
}

export async function startServer(which: string, port: number, on: FreshDatabase, folder: URL): Promise<ChildProcess> {
  const server = fork(new URL('bench/server.js', folder), [which, on.agencyId], {
    env: {
      ...process.env,
      DATABASE_URL: on.url,
      API_PORT: String(port),
      RATE_SUBMISSIONS: '100000',
    },
  });
  await new Promise<void>((resolve, reject) => {
    server.once('message', () => resolve());
    server.once('exit', () => reject(new Error(`the ${which} server did not start`)));
  });
  return server;
}

export async function load({ url, tokens, body }: Side, seconds: number): Promise<{ perSecond: number; p99: number }> {
  let clients = 0;
  const result = await autocannon({
    url,
    connections: CONNECTIONS,
    duration: seconds,
    requests: [
      {
        method: 'POST',
        body,
        setupRequest: (request, context: { token?: string }) => {
          context.token ??= tokens[clients++ % tokens.length]!;
          return { ...request, headers: headersOf(context.token) };
        },
      },
    ],
  });
  if (result.non2xx > 0 || result.errors > 0)
    throw new Error(`${result.non2xx} refusals, ${result.errors} errors at ${url}`);
  return { perSecond: result['2xx'] / result.duration, p99: result.latency.p99 };
}
