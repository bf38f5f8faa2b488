import { randomUUID } from 'node:crypto';
import { aBruisedBaby } from '../support/referrals.ts';
import { APPS, startApp } from '../support/every-app.ts';
import { createHub, type Hub } from '../support/hub.ts';
import { head, sendRaw } from '../support/raw-request.ts';
import { RunningApi } from '../support/running-api.ts';
import { RunningConsole } from '../support/running-console.ts';

interface Problem {
  readonly type: string;
  readonly detail: string;
  readonly errors: readonly { readonly pointer: string; readonly code: string }[];
  readonly moreFaults?: number;
}
type Body = Record<string, unknown> & Record<'children' | 'concern' | 'referrer', never>;

let hub: Hub;
let api: RunningApi;
beforeAll(async () => {
  hub = await createHub();
  api = await RunningApi.start(hub.url);
});
beforeEach(() => hub.reset());
afterAll(async () => {
  await api.stop();
  await hub.drop();
});

const referral = (change: (body: Body) => void = () => undefined): Body => {
  const body = aBruisedBaby() as unknown as Body;
  change(body);
  return body;
};
const names = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, at) => [`n${at.toString(36)}`, 1]));
const within = (part: string, value: unknown) => referral((body) => Object.assign(body[part as 'concern'], value));
const firstChild = (value: object) => referral((body) => Object.assign(body.children[0], value));

/** Milliseconds of this process for one request: the quickest of three, whatever else the machine does. */
async function costOf(body: unknown): Promise<number> {
  const costs: number[] = [];
  for (let round = 0; round < 3; round++) {
    const before = process.cpuUsage();
    await api.post(hub.agency.token, body);
    const { user, system } = process.cpuUsage(before);
    costs.push((user + system) / 1_000);
  }
  return Math.min(...costs);
}

describe('a hostile body costs little and is answered with little', () => {
  it.each<[string, unknown]>([
    ['25,000 unknown names', names(25_000)],
    ['25,000 unknown names in a child', firstChild(names(25_000))],
    ['2,000 unknown names', names(2_000)],
    ['25,000 names of one object within another', { ...referral(), a: { b: names(25_000) } }],
    [
      '1,900 unknown names of a hundred characters',
      Object.fromEntries(Object.keys(names(1_900)).map((name) => [name.padEnd(100, 'x'), 1])),
    ],
    ['a name of 250,000 characters', { ['x'.repeat(250_000)]: 1 }],
    ['lists nested 120,000 deep', `${'['.repeat(120_000)}${']'.repeat(120_000)}`],
    ['objects nested 40,000 deep', `${'{"a":'.repeat(40_000)}1${'}'.repeat(40_000)}`],
    ['lists of lists of lists', { a: Array.from({ length: 90 }, () => Array.from({ length: 90 }, () => [1])) }],
    ['20,000 items in a list of codes', within('concern', { types: Array(20_000).fill('neglect') })],
    ['a hundred times one code', within('concern', { types: Array(100).fill('neglect') })],
    ['60,000 children', referral((body) => Object.assign(body, { children: Array(60_000).fill(1) }))],
    [
      'a hundred children of twenty names',
      referral((body) => Object.assign(body, { children: Array(100).fill(names(19)) })),
    ],
    ['a summary of 250,000 letters', within('concern', { summary: 'x'.repeat(250_000) })],
    ['a summary of one letter with 58,000 marks', within('concern', { summary: `a${'\u0323\u0301'.repeat(29_000)}` })],
    ['a name with 40 marks', firstChild({ firstName: `a${'\u0323\u0301'.repeat(20)}` })],
    ['an address of 29,000 parts', within('referrer', { email: `${'a@'.repeat(29_000)}b.example` })],
    ['a domain of 29,000 parts', within('referrer', { email: `a@${'a.'.repeat(29_000)}example` })],
    ['an NHS number of 29,000 digits', firstChild({ nhsNumber: '9 '.repeat(29_000) })],
    ['a number of 250,000 digits', `{"a":${'9'.repeat(250_000)}}`],
    ['one name 35,000 times', `{${'"a":1,'.repeat(35_000)}"a":1}`],
  ])('I9: refuses a body with %s', async (_, body) => {
    await api.post(hub.agency.token, {});
    const sent = await api.post(hub.agency.token, body);
    expect([400, 422]).toContain(sent.status);
    expect(JSON.stringify(sent.body).length).toBeLessThan(25_000);
    expect(((sent.body as Problem).errors ?? []).length).toBeLessThanOrEqual(100);
    // Much more than it takes, and much less than work that grows with the square of the body.
    expect(await costOf(body)).toBeLessThan(1_000);
  });

  it.each([
    [99, undefined],
    [100, undefined],
    [101, 1],
    [400, 300],
  ])('names a hundred of %d faults and says how many more there are', async (count, more) => {
    const { body } = await api.post(hub.agency.token, { ...referral(), ...names(count) });
    const { errors, moreFaults, detail } = body as Problem;
    expect([errors.length, moreFaults]).toEqual([Math.min(count, 100), more]);
    expect(detail.includes(`there are ${more} more`)).toBe(more !== undefined);
  });

  it('accepts the fullest referral that the contract allows', async () => {
    const address = { line1: 'a', line2: 'b', town: 'c', postcode: 'LS1 4AP', uprn: '12' };
    const child = {
      ...(aBruisedBaby().children[0] as object),
      address,
      otherNames: Array.from({ length: 10 }, (_, at) => `Name ${at}`),
      disabilities: ['MOB', 'HAND', 'PC', 'INC', 'COMM', 'LD', 'HEAR', 'VIS', 'BEH', 'CON', 'AUT', 'DDA'],
      communicationNeeds: 'none',
      description: 'small',
    };
    const { nhsNumber: _, upn: __, ...others } = child as { nhsNumber?: string; upn?: string };
    const body = referral((one) =>
      Object.assign(one, {
        children: Array.from({ length: 12 }, (___, at) => ({ ...others, firstName: `Child ${at}` })),
        adults: Array.from({ length: 20 }, (___, at) => ({ name: `Adult ${at}`, relationship: 'aunt', address })),
        otherAgencies: Array.from({ length: 20 }, (___, at) => ({ name: `Agency ${at}`, contact: 'a', role: 'b' })),
      }),
    );
    const sent = await api.post(hub.agency.token, body);
    expect([sent.status, (sent.body as Problem).errors]).toEqual([201, undefined]);
  });
});

describe('the api and a body', () => {
  const submit = (headers: Record<string, string>, token = hub.agency.token) =>
    head('POST /api/v1/referrals', {
      Authorization: `Bearer ${token}`,
      'Content-Type': 'application/json',
      'Idempotency-Key': randomUUID(),
      Connection: 'keep-alive',
      ...headers,
    });

  it.each([
    ['an unknown credential', 'mash_unknown', 401],
    ['a body that it announces as too large', null, 413],
  ])('I7: answers a request with %s before a byte of its body comes', async (_, token, status) => {
    const first = submit({ 'Content-Length': status === 401 ? '200000' : '300000' }, token ?? hub.agency.token);
    const answer = await sendRaw(api.url, first);
    expect([answer.status, answer.isEnded]).toEqual([status, true]);
    expect(answer.text).toMatch(/\r\nConnection: close\r\n/i);
  });

  it.each([
    ['a credential of an agency', null, 413],
    ['an unknown credential', 'mash_unknown', 401],
  ])('I7: ends the connection of a body without end that comes with %s', async (_, token, status) => {
    const chunk = Buffer.from(`8000\r\n${'x'.repeat(0x8000)}\r\n`);
    const first = submit({ 'Transfer-Encoding': 'chunked' }, token ?? hub.agency.token);
    const answer = await sendRaw(api.url, first, chunk);
    expect(answer.status).toBe(status);
    expect(answer.text).toMatch(/\r\nConnection: close\r\n/i);
    // What the kernels of both ends hold, and not what a second can carry.
    expect(answer.sent).toBeLessThan(32 * 1024 * 1024);
  });

  it('I20: asks a client that waits for its body only when its credential is known', async () => {
    const waiting = { Expect: '100-continue', 'Content-Length': '100000' };
    const unknown = await sendRaw(api.url, submit(waiting, 'mash_unknown'));
    expect(unknown.status).toBe(401);
    const known = await sendRaw(api.url, `${submit({ ...waiting, 'Content-Length': '2', Connection: 'close' })}{}`);
    expect(known.text).toMatch(/^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 422 /);
  });

  it('leaves the connection of a refused request open when its body has come', async () => {
    const both =
      submit({ 'Content-Length': '2' }) + '{}' + submit({ 'Content-Length': '2', Connection: 'close' }) + '{}';
    expect((await sendRaw(api.url, both)).text.match(/HTTP\/1\.1 422 /g)).toHaveLength(2);
  });
});

it('the console ends the connection of a form without end', async () => {
  const console = await RunningConsole.start(hub);
  try {
    const form = { 'Content-Type': 'application/x-www-form-urlencoded', Connection: 'keep-alive' };
    const chunk = Buffer.from(`8000\r\n${'x'.repeat(0x8000)}\r\n`);
    const endless = await sendRaw(
      console.url,
      head('POST /queue/next', { ...form, 'Transfer-Encoding': 'chunked' }),
      chunk,
    );
    expect(endless.status).toBe(413);
    const announced = await sendRaw(console.url, head('POST /queue/next', { ...form, 'Content-Length': '2000000' }));
    expect([announced.status, announced.isEnded]).toEqual([413, true]);
  } finally {
    await console.stop();
  }
});

describe.each(APPS)('the %s', (name) => {
  it.each([
    ['its headers', head('POST /health/live').slice(0, -2)],
    ['its body', `${head('POST /health/live', { 'Content-Length': '100' })}x`],
  ])('I20: ends a request that never finishes %s', async (_, begun) => {
    const app = await startApp(name, hub.url, (server) => {
      const { connectionsCheckingInterval: interval } = server as unknown as { connectionsCheckingInterval: number };
      // The console takes files by a form: Node's limit is that of these, and of other requests its own (limit-requests.spec.ts).
      expect(server.requestTimeout + interval).toBeLessThanOrEqual(name === 'console' ? 601_000 : 30_000);
      expect(server.headersTimeout + interval).toBeLessThanOrEqual(15_000);
      Object.assign(server, { requestTimeout: 300, headersTimeout: 200, connectionsCheckingInterval: 50 });
    });
    try {
      expect((await sendRaw(app.url, begun)).isEnded).toBe(true);
    } finally {
      await app.stop();
    }
  });
});
