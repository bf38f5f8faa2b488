import { randomUUID } from 'node:crypto';
import { Writable } from 'node:stream';
import { pino } from 'pino';
import { readSettings, ApiSettings } from '#platform';
import { createApi } from '../../apps/api/src/create-api.ts';
import { startApp } from '../support/every-app.ts';
import { createHub, type Hub } from '../support/hub.ts';
import { head, sendRaw } from '../support/raw-request.ts';
import { aBruisedBaby, aRoutineAmber } from '../support/referrals.ts';
import { RunningApi } from '../support/running-api.ts';

interface Problem {
  readonly type: string;
  readonly errors?: readonly { readonly pointer: string; readonly code: string }[];
}

const SUBMIT = '/api/v1/referrals';
const problem = (slug: string) => `urn:mash-triage:problem:${slug}`;

let hub: Hub;
let api: RunningApi;
let before: number;
beforeAll(async () => {
  hub = await createHub();
  api = await RunningApi.start(hub.url);
});
beforeEach(async () => {
  await hub.reset();
  before = await hub.storedCount();
});
afterAll(async () => {
  await api.stop();
  await hub.drop();
});

const post = (body: unknown, headers: Record<string, string> = {}) => api.post(hub.agency.token, body, headers);
const referenceIn = ({ body }: { readonly body: unknown }) => (body as { reference: string }).reference;

/** A submission as bytes, for what a client that knows HTTP does not send. */
function sendBytes(headers: Readonly<Record<string, string>>, body: Buffer, address = SUBMIT) {
  const all = {
    Authorization: `Bearer ${hub.agency.token}`,
    'Content-Type': 'application/json',
    'Idempotency-Key': randomUUID(),
    'Content-Length': String(body.length),
    ...headers,
  };
  return sendRaw(api.url, Buffer.concat([Buffer.from(head(`POST ${address}`, all)), body]));
}
const asBytes = (body: unknown) => Buffer.from(JSON.stringify(body));

it('I1: stores one referral with its key, its jobs, its deadlines and one entry on the record', async () => {
  const key = randomUUID();
  const sent = await post(aRoutineAmber(), { 'Idempotency-Key': key });
  expect(await hub.receivedCount()).toBe(1);
  const stored = await hub.storedFor(referenceIn(sent));
  expect(stored).toMatchObject({ keys: [key], submissions: 1 });
  expect([stored!.jobs > 0, stored!.deadlines > 0]).toEqual([true, true]);
});

describe('a submission that is refused stores nothing', () => {
  afterEach(async () => expect(await hub.storedCount()).toBe(before));

  it.each([
    ['spaces', '   ', 'idempotency-key-invalid'],
    ['an emoji', '\u{1f600}', 'idempotency-key-invalid'],
    ['an emoji within', 'key-\u{1f600}-1', 'idempotency-key-invalid'],
  ])('I3: refuses a key of %s', async (_, key, slug) => {
    const sent = await sendBytes({ 'Idempotency-Key': key }, asBytes(aRoutineAmber()));
    expect([sent.status, (JSON.parse(sent.body) as Problem).type]).toEqual([400, problem(slug)]);
  });

  it.each(['utf16le', 'with its mark'])('I5: refuses a body in UTF-16, %s, that calls itself JSON', async (how) => {
    const bytes = Buffer.from(`${how === 'utf16le' ? '' : '\uFEFF'}${JSON.stringify(aRoutineAmber())}`, 'utf16le');
    const sent = await post(bytes);
    expect([sent.status, (sent.body as Problem).type]).toEqual([400, problem('malformed-body')]);
  });

  it('I6: refuses a body without a type, and reads no XML, so that no entity of it opens a file', async () => {
    const xml = '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>';
    const answers = [
      await sendBytes({ 'Content-Type': '' }, asBytes(aRoutineAmber())),
      await sendBytes({ 'Content-Type': 'application/xml' }, Buffer.from(xml)),
      await sendBytes({ 'Content-Type': 'text/xml' }, Buffer.from(xml)),
    ];
    for (const { status, headers, text } of answers) {
      expect([status, headers.get('Accept-Post')]).toEqual([415, 'application/json']);
      expect(text).not.toContain('root:');
    }
  });

  it.each([
    ['lists nested 10,000 deep', `{"a":${'['.repeat(10_000)}${']'.repeat(10_000)}}`],
    ['100,000 children', JSON.stringify({ ...aRoutineAmber(), children: Array(100_000).fill(1) })],
  ])('I9: refuses %s in less than 50 ms of the processor', async (_, body) => {
    const costs: number[] = [];
    for (let round = 0; round < 6; round++) {
      const begun = process.cpuUsage();
      expect((await post(body)).status).toBe(422);
      const { user, system } = process.cpuUsage(begun);
      costs.push((user + system) / 1_000);
    }
    // The quickest: the first ones compile, and other work of the machine is none of ours.
    expect(Math.min(...costs)).toBeLessThan(50);
  });

  it.each<[string, unknown]>([
    ['status', 'closed'],
    ['agencyId', '01900000-0000-7000-8000-000000000009'],
    ['id', '01900000-0000-7000-8000-000000000009'],
    ['createdAt', '2020-01-01T00:00:00Z'],
    ['receivedAt', '2020-01-01T00:00:00Z'],
    ['restricted', false],
    ['rating', 'green'],
    ['decidedBy', 'Mel Manager'],
  ])('I10: refuses the property %s, which is not the sender’s to say', async (name, value) => {
    const sent = await post({ ...aRoutineAmber(), [name]: value });
    expect([sent.status, (sent.body as Problem).errors]).toEqual([
      422,
      [expect.objectContaining({ pointer: `/${name}`, code: 'unknown_property' })],
    ]);
  });

  it('I13: refuses each control character in a narrative but those that part lines and words', async () => {
    const parting = ['\t', '\n', '\u000b', '\u000c', '\r'];
    const controls = Array.from({ length: 32 }, (_, code) => String.fromCharCode(code));
    for (const control of [...controls, '\u007f', '\u009f', '\udc00'].filter((one) => !parting.includes(one))) {
      const body = aRoutineAmber({ summary: `She said${control} that she is afraid to go home.` });
      const sent = await post(body);
      const code = control.charCodeAt(0).toString(16);
      expect([code, sent.status, (sent.body as Problem).errors]).toEqual([
        code,
        422,
        [expect.objectContaining({ pointer: '/concern/summary', code: 'invalid_text' })],
      ]);
    }
  });

  it('I18: refuses a parameter that is given twice with different values', async () => {
    const sent = await sendBytes({}, asBytes(aRoutineAmber()), `${SUBMIT}?dryRun=1&dryRun=0`);
    expect([sent.status, (JSON.parse(sent.body) as Problem).type]).toEqual([400, problem('unknown-query-parameter')]);
  });

  it('I19: takes no other method from an address', async () => {
    const sent = await sendBytes({}, asBytes(aRoutineAmber()), `${SUBMIT}?_method=DELETE`);
    expect(sent.status).toBe(400);
  });
});

it('I19: takes no other method from a header', async () => {
  const reference = referenceIn(await post(aRoutineAmber()));
  for (const name of ['X-HTTP-Method-Override', 'X-HTTP-Method', 'X-Method-Override']) {
    const headers = { Authorization: `Bearer ${hub.agency.token}`, [name]: 'DELETE' };
    expect((await api.send('GET', `${SUBMIT}/${reference}`, { headers })).status).toBe(200);
    expect((await post(aRoutineAmber(), { [name]: 'DELETE' })).status).toBe(201);
  }
  expect(await hub.receivedCount()).toBe(4);
});

it('I20: ends requests that are told to go on and send no body, and serves others meanwhile', async () => {
  const patient = await startApp('api', hub.url, (server) =>
    Object.assign(server, { requestTimeout: 600, headersTimeout: 400, connectionsCheckingInterval: 50 }),
  );
  try {
    const headers = { Authorization: `Bearer ${hub.agency.token}`, 'Content-Type': 'application/json' };
    const waiting = { ...headers, 'Idempotency-Key': 'a', Expect: '100-continue', 'Content-Length': '2000' };
    const hanging = Array.from({ length: 50 }, () => sendRaw(patient.url, head(`POST ${SUBMIT}`, waiting)));
    const body = JSON.stringify(aRoutineAmber());
    const sent = await fetch(`${patient.url}${SUBMIT}`, {
      ...{ method: 'POST', body },
      headers: { ...headers, 'Idempotency-Key': 'b' },
    });
    expect(sent.status).toBe(201);
    for (const { text, isEnded } of await Promise.all(hanging)) {
      expect([text, isEnded]).toEqual([expect.stringMatching(/HTTP\/1\.1 408 /), true]);
    }
    expect(await hub.receivedCount()).toBe(1);
  } finally {
    await patient.stop();
  }
});

it('X7: takes no request id that is no UUID, and writes one line of the log for a request', async () => {
  let logged = '';
  const sink = new Writable({ write: (chunk: Buffer, _, done) => ((logged += chunk.toString()), done()) });
  const settings = readSettings(ApiSettings, { DATABASE_URL: hub.url });
  const app = await createApi(settings, pino({ level: 'trace' }, sink), { databaseUrl: hub.url });
  await app.listen(0, '127.0.0.1');
  try {
    const id = 'evil%0d%0aSet-Cookie: a=b\\r\\n{"level":"fatal"}';
    const answer = await sendRaw(
      await app.getUrl(),
      head('GET /api/v1/referrals/MASH-0000-0000', { 'X-Request-Id': id }),
    );
    expect(answer.headers.get('X-Request-Id')).toMatch(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/);
    expect([answer.headers.get('Set-Cookie'), answer.text.includes('evil')]).toEqual([null, false]);
    const lines = logged.split('\n').filter((line) => line.includes('"msg":"request"'));
    expect([lines.length, logged.includes('evil')]).toEqual([1, false]);
  } finally {
    await app.close();
  }
});

it('X7: keeps no line break of a name', async () => {
  const sent = await post(aRoutineAmber({ child: { firstName: 'Kit\r\nSet-Cookie: a=b' } }));
  expect((await hub.firstChildOf(referenceIn(sent))).firstName).toBe('Kit Set-Cookie: a=b');
});

describe('what a submission means', () => {
  it('M6: accepts an incident before the birth of a child, who may not have been born when it happened', async () => {
    const body = structuredClone(aRoutineAmber({ child: { dateOfBirth: '2026-03-01' } }));
    Object.assign(body.concern, { occurredAt: '2026-01-01' });
    expect((await post(body)).status).toBe(201);
  });

  it('M8: accepts a child of whom no name is known, and keeps the description', async () => {
    const description = 'A girl of about six in a red coat';
    const sent = await post({ ...aRoutineAmber(), children: [{ description }] });
    expect(sent.status).toBe(201);
    expect(JSON.stringify(await hub.read(referenceIn(sent)))).toContain(description);
  });

  it('M9: is red where a child is in danger now, answers with 999, and alerts when no person takes it', async () => {
    const calm = await post(aRoutineAmber());
    const danger = await post(aRoutineAmber({ immediateDanger: true }));
    const answered = danger.body as unknown as { reference: string; advice: string };
    expect([danger.status, answered.advice]).toEqual([201, expect.stringContaining('999')]);
    const ratings = [await hub.ratingOf(referenceIn(calm)), await hub.ratingOf(answered.reference)];
    expect(ratings).toEqual(['amber', 'red']);
    const [late, soon] = [await hub.decisionDueAt(referenceIn(calm)), await hub.decisionDueAt(answered.reference)];
    expect(Temporal.Instant.compare(soon, late)).toBe(-1);
    await hub.moveTo('2026-11-23T10:30');
    await hub.fireDue.execute();
    expect([await hub.alertsOf(answered.reference), await hub.alertsOf(referenceIn(calm))]).toEqual([
      [['2026-11-23T10:30', 'duty_team']],
      [],
    ]);
  });

  it('M14: answers a referral that comes again under another key as the first, and tells the hub alone', async () => {
    const first = await post(aBruisedBaby());
    await hub.moveBy({ minutes: 2 });
    const again = await post(aBruisedBaby());
    const shape = ({ status, headers, body }: typeof first) => [
      status,
      [...headers.keys()].sort(),
      Object.keys(body).sort(),
      (body as { status: string }).status,
      (body as { advice: string }).advice,
    ];
    expect(shape(again)).toEqual(shape(first));
    expect(referenceIn(again)).not.toBe(referenceIn(first));
    await hub.linkEarlier(referenceIn(again));
    expect(JSON.stringify(await hub.read(referenceIn(again)))).toContain(referenceIn(first));
  });

  it('M15: answers a request that is sent again after 31 days as at first, and stores it once', async () => {
    const key = { 'Idempotency-Key': randomUUID() };
    const first = await post(aRoutineAmber(), key);
    await hub.moveBy({ hours: 31 * 24 });
    const again = await post(aRoutineAmber(), key);
    expect([again.status, again.headers.get('Idempotency-Replayed')]).toEqual([201, 'true']);
    expect(referenceIn(again)).toBe(referenceIn(first));
    expect(await hub.receivedCount()).toBe(1);
  });
});
