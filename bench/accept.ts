import { fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import autocannon from 'autocannon';

const ROUNDS = 5;
const SECONDS = 6;
const CONNECTIONS = 32;

/** Accepts per second of our route and of the bare one, in turns, so that both see the same machine. */
export async function benchAccept(databaseUrl: string, token: string, body: string): Promise<string> {
  const ports = { api: 3910, bare: 3911 } as const;
  const servers = await Promise.all(
    (['api', 'bare'] as const).map((which) => startServer(which, ports[which], databaseUrl)),
  );
  try {
    const load = (which: 'api' | 'bare', seconds: number) =>
      perSecond(
        `http://127.0.0.1:${ports[which]}${which === 'api' ? '/api/v1/referrals' : '/bare'}`,
        token,
        body,
        seconds,
      );
    await load('api', 3);
    await load('bare', 3);
    const ratios: number[] = [];
    const rates: string[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const bare = await load('bare', SECONDS);
      const ours = await load('api', SECONDS);
      ratios.push(ours / bare);
      rates.push(`${ours.toFixed(0)} / ${bare.toFixed(0)}`);
    }
    ratios.sort((a, b) => a - b);
    const shown = (ratio: number) => ratio.toFixed(2);
    return [
      `Accepts per second, ours / bare, ${CONNECTIONS} connections, ${ROUNDS} rounds of ${SECONDS} s: ${rates.join(', ')}`,
      `Ratio: median ${shown(ratios[Math.floor(ROUNDS / 2)]!)}, worst ${shown(ratios[0]!)}, best ${shown(ratios.at(-1)!)} (aim: 0.60)`,
    ].join('\n');
  } finally {
    for (const server of servers) server.kill();
  }
}

async function startServer(which: string, port: number, databaseUrl: string) {
  const server = fork(fileURLToPath(new URL('./server.js', import.meta.url)), [which], {
    env: {
      ...process.env,
      DATABASE_URL: databaseUrl,
      API_PORT: String(port),
      DATABASE_POOL: '16',
      RATE_SUBMISSIONS: '100000',
    },
  });
  await new Promise<void>((resolve, reject) => {
    server.once('message', () => resolve());
    server.once('exit', () => reject(new Error(`the ${which} server did not start`)));
  });
  return server;
}

async function perSecond(url: string, token: string, body: string, seconds: number): Promise<number> {
  const result = await autocannon({
    url,
    connections: CONNECTIONS,
    duration: seconds,
    requests: [
      {
        method: 'POST',
        body,
        setupRequest: (request) => ({
          ...request,
          headers: {
            'Content-Type': 'application/json',
            Authorization: `Bearer ${token}`,
            'Idempotency-Key': randomUUID(),
          },
        }),
      },
    ],
  });
  if (result.non2xx > 0 || result.errors > 0)
    throw new Error(`${result.non2xx} refusals, ${result.errors} errors at ${url}`);
  return result['2xx'] / result.duration;
}
