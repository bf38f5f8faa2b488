import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { Webhook } from 'standardwebhooks';
import { WebhookReceiver } from '../../partners/client/src/index.ts';
import { newSecret } from '#partners';
import { ownPort } from '../support/own-port.ts';

const [secret, next] = [newSecret(), newSecret()];
const ID = '019abf0e-7a2b-7d90-b1c3-6e5d4c3b2a19';
const BODY = JSON.stringify({
  ...{ id: ID, type: 'referral.decided', occurredAt: '2026-11-24T16:40:02Z' },
  data: { reference: 'MASH-7K3F-9QXT' },
});
const seconds = () => Math.floor(Date.now() / 1_000);
/** The headers of a call as a hub makes them, by the library that it signs with. */
function headersOf(at: number, by = secret, id = ID) {
  const signature = new Webhook(by).sign(id, new Date(at * 1_000), BODY);
  return { 'webhook-id': id, 'webhook-timestamp': String(at), 'webhook-signature': signature };
}

describe('a receiver', () => {
  it('takes either of two secrets while they are changed, whatever the case of the headers', () => {
    const receiver = new WebhookReceiver([next, secret]);
    for (const by of [secret, next]) expect(receiver.verify(headersOf(seconds(), by), BODY)).toEqual(JSON.parse(BODY));
    const shouted = Object.fromEntries(
      Object.entries(headersOf(seconds())).map(([name, v]) => [name.toUpperCase(), v]),
    );
    expect(receiver.verify(shouted, BODY)).toEqual(JSON.parse(BODY));
  });

  it.each([
    ['another body', headersOf(seconds()), `${BODY} `, 'wrong-signature'],
    ['another id', { ...headersOf(seconds()), 'webhook-id': 'x' }, BODY, 'wrong-signature'],
    ['another time', { ...headersOf(seconds()), 'webhook-timestamp': '1' }, BODY, 'wrong-signature'],
    ['a time that is none', { ...headersOf(seconds()), 'webhook-timestamp': 'now' }, BODY, 'wrong-signature'],
    ['a signature of another secret', headersOf(seconds(), next), BODY, 'wrong-signature'],
    [
      'a signature of another version',
      { ...headersOf(seconds()), 'webhook-signature': 'v2,x' },
      BODY,
      'wrong-signature',
    ],
    ['no signature', { 'webhook-id': ID, 'webhook-timestamp': '1' }, BODY, 'header-missing'],
    ['a time to come', headersOf(seconds() + 400), BODY, 'too-new'],
  ])('refuses a call with %s', (_, headers, body, reason) => {
    let refused: unknown;
    try {
      new WebhookReceiver(secret).verify(headers, body);
    } catch (error) {
      refused = error;
    }
    expect(refused).toMatchObject({ name: 'NotFromHub', reason });
  });

  it('does work that failed again when the hub calls again', async () => {
    const receiver = new WebhookReceiver(secret);
    const failing = receiver.receive(headersOf(seconds()), BODY, () => Promise.reject(new Error('the disk is full')));
    await expect(failing).rejects.toThrow('the disk is full');
    expect(await receiver.receive(headersOf(seconds()), BODY, () => undefined)).toBe(true);
    expect(await receiver.receive(headersOf(seconds()), BODY, () => undefined)).toBe(false);
  });
});

describe('verify-webhook', () => {
  const MAIN = resolve('partners/cli/src/main.ts');
  const verify = (headers: ReturnType<typeof headersOf>, body: string, more: readonly string[] = [], by = secret) => {
    const named = Object.entries(headers).flatMap(([name, value]) => [`--${name.replace('webhook-', '')}`, value]);
    const { status, stdout, stderr } = spawnSync(process.execPath, [MAIN, 'verify-webhook', '-', ...named, ...more], {
      ...{ input: body, encoding: 'utf8', env: { PATH: process.env['PATH'], MASH_WEBHOOK_SECRET: by } },
    });
    return [status, stdout, stderr] as const;
  };

  it('ends with 0 for a call of the hub, and says what it is about', () => {
    const [code, stdout, stderr] = verify(headersOf(seconds()), BODY, [], `${next} ${secret}`);
    expect([code, stdout, stderr]).toEqual([
      ...[0, '2026-11-24T16:40:02Z referral.decided MASH-7K3F-9QXT\n', 'The call came from the hub.\n'],
    ]);
  });

  it('ends with 3 for a call that is not the hub’s, or not of this moment, unless it is asked for the signature alone', () => {
    expect(verify(headersOf(seconds()), `${BODY} `)).toEqual([3, '', expect.stringContaining('(wrong-signature)')]);
    expect(verify(headersOf(seconds() - 400), BODY)).toEqual([3, '', expect.stringContaining('(too-old)')]);
    expect(verify(headersOf(seconds() - 400), BODY, ['--late'])[0]).toBe(0);
  });

  it('ends with 2 without the headers, and without a secret', () => {
    const run = (args: readonly string[], env: NodeJS.ProcessEnv) =>
      spawnSync(process.execPath, [MAIN, 'verify-webhook', '-', ...args], { input: BODY, env, encoding: 'utf8' });
    expect(run([], { MASH_WEBHOOK_SECRET: secret })).toMatchObject({
      status: 2,
      stderr: 'Give the headers of the call: --id, --timestamp and --signature\n',
    });
    expect(verify(headersOf(seconds()), BODY, [], 'secret')).toEqual([
      ...[2, '', 'Set MASH_WEBHOOK_SECRET to the secret of the endpoint: whsec_ and base64\n'],
    ]);
  });
});

describe('receive-webhooks.ts', () => {
  let sample: ChildProcess;
  let url: string;
  const lines: string[] = [];
  beforeAll(async () => {
    const port = await ownPort();
    url = `http://127.0.0.1:${port}/`;
    sample = spawn(process.execPath, [resolve('partners/samples/receive-webhooks.ts'), String(port)], {
      ...{
        stdio: ['ignore', 'pipe', 'inherit'],
        env: { PATH: process.env['PATH'], WEBHOOK_SECRET: `${next} ${secret}` },
      },
    });
    createInterface(sample.stdout!).on('line', (line) => lines.push(line));
    while ((await fetch(url, { method: 'POST' }).catch(() => null)) === null) await new Promise(setImmediate);
  });
  afterAll(async () => {
    const ended = once(sample, 'close');
    sample.kill();
    await ended;
  });
  const post = async (headers: Record<string, string>, body = BODY) =>
    (await fetch(url, { method: 'POST', headers, body })).status;

  it('W7: takes a call once, and refuses one that is old, changed or signed by another', async () => {
    expect(await post(headersOf(seconds()))).toBe(204);
    expect(await post(headersOf(seconds()))).toBe(204);
    expect(await post(headersOf(seconds() - 400, secret, 'old'))).toBe(400);
    expect(await post(headersOf(seconds(), secret, 'changed'), `${BODY} `)).toBe(400);
    expect(await post(headersOf(seconds(), newSecret(), 'other'))).toBe(400);
    expect(await post(headersOf(seconds(), next, 'second'))).toBe(204);
    while (lines.length < 2) await new Promise(setImmediate);
    expect(lines).toEqual([`${ID} referral.decided MASH-7K3F-9QXT`, 'second referral.decided MASH-7K3F-9QXT']);
  });
});
