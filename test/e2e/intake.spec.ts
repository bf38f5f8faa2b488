import { randomUUID } from 'node:crypto';
import { addAgency } from '../support/agencies-and-staff.ts';
import { createHub, type Hub } from '../support/hub.ts';
import { RunningApi } from '../support/running-api.ts';
import { aBruisedBaby } from '../support/referrals.ts';
import { submissionUnderWay } from '../support/verbs/moments.ts';

interface Problem {
  type: string;
  errors?: { pointer: string; code: string }[];
}

let hub: Hub;
let api: RunningApi;
let token: string;
beforeAll(async () => {
  hub = await createHub();
  api = await RunningApi.start(hub.url);
  ({ token } = hub.agency);
});
beforeEach(() => hub.reset());
afterAll(async () => {
  await api.stop();
  await hub.drop();
});

const valid = () => aBruisedBaby() as unknown as Record<string, never>;
const problem = (slug: string) => `urn:mash-triage:problem:${slug}`;
const keyed = () => ({ 'Idempotency-Key': randomUUID() });
const referenceIn = ({ body }: { readonly body: unknown }) => (body as { reference: string }).reference;

describe('the api', () => {
  it('answers an accepted referral with its reference, by which its status is read', async () => {
    const sent = await api.post(token, valid());
    expect(sent.status).toBe(201);
    const answer = sent.body as Record<string, string>;
    expect(answer).toEqual({
      reference: expect.stringMatching(/^MASH-[0-9A-Z]{4}-[0-9A-Z]{4}$/),
      status: 'received',
      receivedAt: expect.stringMatching(/Z$/),
      decisionExpectedBy: expect.stringMatching(/Z$/),
      advice: expect.stringContaining('999'),
    });
    expect(Date.parse(answer['decisionExpectedBy']!) - Date.parse(answer['receivedAt']!)).toBe(4 * 3_600_000);
    expect(sent.headers.get('Location')).toBe(`/api/v1/referrals/${answer['reference']}`);
    expect(sent.headers.get('ETag')).toBe('"v1"');

    const status = await api.get(sent.headers.get('Location')!, token);
    expect(status.status).toBe(200);
    expect(status.body).toEqual({
      reference: answer['reference'],
      status: 'received',
      receivedAt: answer['receivedAt'],
      decisionExpectedBy: answer['decisionExpectedBy'],
    });
  });

  it('answers another agency as for a reference that does not exist', async () => {
    const other = await addAgency(hub.database, 'Other School');
    const { body } = await api.post(token, valid());
    const theirs = await api.get(`/api/v1/referrals/${referenceIn({ body })}`, other.token);
    const none = await api.get('/api/v1/referrals/MASH-0000-0000', other.token);
    const shape = ({ status, body: problem }: typeof none) => ({ status, ...(problem as object), instance: '' });
    expect(theirs.status).toBe(404);
    expect(shape(theirs)).toEqual(shape(none));
  });

  it.each([
    ['emoji', '👩‍👧‍👦 Zoë'],
    ['Welsh', 'Llŷr Ŵyn-Siân'],
    ['Polish', 'Świętosława Łącka'],
    ['Arabic', 'محمد بن سلمان'],
    ['Urdu', 'فاطمہ جناح'],
    ['decomposed accents, as NFC', 'Zoe\u0308'],
  ])('keeps a name in %s as it was sent', async (_, name) => {
    const body = valid() as unknown as { children: { firstName: string }[] };
    body.children[0]!.firstName = name;
    const answer = await api.post(token, body);
    expect((await hub.firstChildOf(referenceIn(answer))).firstName).toBe(name.normalize('NFC'));
  });

  it('accepts a byte order mark before the body, and spaces in an NHS number', async () => {
    const body = valid() as unknown as { children: { nhsNumber: string }[] };
    body.children[0]!.nhsNumber = '999 049 1321';
    const sent = await api.post(token, `\uFEFF${JSON.stringify(body)}`);
    expect(sent.status).toBe(201);
    expect((await hub.firstChildOf(referenceIn(sent))).nhsNumber).toBe('9990491321');
  });
});

describe('an idempotency key', () => {
  it('replays the first answer when the same body comes again in another key order and white space', async () => {
    const key = keyed();
    const first = await api.post(token, valid(), key);
    const before = await hub.storedCount();
    const reordered = JSON.stringify(Object.fromEntries(Object.entries(valid()).reverse()), null, 3);
    const again = await api.post(token, reordered, key);
    expect([again.status, again.headers.get('Idempotency-Replayed')]).toEqual([201, 'true']);
    expect(first.headers.get('Idempotency-Replayed')).toBeNull();
    expect(JSON.stringify(again.body)).toBe(JSON.stringify(first.body));
    expect(await hub.storedCount()).toBe(before);
  });

  it('refuses another body under the same idempotency key, and leaves the first as it is', async () => {
    const key = keyed();
    await api.post(token, valid(), key);
    const before = await hub.storedCount();
    const other = await api.post(token, { ...valid(), senderReference: 'another' }, key);
    expect([other.status, (other.body as Problem).type]).toEqual([422, problem('idempotency-key-reused')]);
    expect(await hub.storedCount()).toBe(before);
  });

  it('accepts the same idempotency key from two agencies', async () => {
    const key = keyed();
    const other = await addAgency(hub.database, 'Third School');
    const [mine, theirs] = [await api.post(token, valid(), key), await api.post(other.token, valid(), key)];
    expect([mine.status, theirs.status]).toEqual([201, 201]);
    expect(referenceIn(mine)).not.toBe(referenceIn(theirs));
  });

  it('makes one referral of fifty posts at once under one idempotency key', async () => {
    const key = keyed();
    const answers = await Promise.all(Array.from({ length: 50 }, () => api.post(token, valid(), key)));
    expect(await hub.receivedCount()).toBe(1);
    const created = answers.filter(({ status }) => status === 201);
    expect(new Set(created.map(({ body }) => referenceIn({ body }))).size).toBe(1);
    expect(created.filter(({ headers }) => headers.get('Idempotency-Replayed') === null)).toHaveLength(1);
    expect(answers.filter(({ status }) => status !== 201 && status !== 409)).toEqual([]);
  });

  it('answers 409 and stores nothing while the first request under the same idempotency key is running', async () => {
    const { agencyId, token: slow } = await addAgency(hub.database, 'Slow School');
    const key = randomUUID();
    const first = await submissionUnderWay(hub.url, agencyId, key);
    const before = await hub.storedCount();
    const second = await api.post(slow, valid(), { 'Idempotency-Key': key });
    expect([second.status, second.headers.get('Retry-After')]).toEqual([409, '1']);
    expect(await hub.storedCount()).toBe(before);
    await first.letGo();
    expect((await api.post(slow, valid(), { 'Idempotency-Key': key })).status).toBe(201);
  });

  it.each([
    ['missing', '', 'idempotency-key-required'],
    ['of 300 characters', 'x'.repeat(300), 'idempotency-key-invalid'],
    ['with a space', 'a b', 'idempotency-key-invalid'],
  ])('refuses an idempotency key that is %s', async (_, value, slug) => {
    const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' };
    const before = await hub.storedCount();
    const sent = await api.send('POST', '/api/v1/referrals', {
      body: JSON.stringify(valid()),
      headers: value === '' ? headers : { ...headers, 'Idempotency-Key': value },
    });
    expect([sent.status, (sent.body as Problem).type]).toEqual([400, problem(slug)]);
    expect(await hub.storedCount()).toBe(before);
  });
});

describe('a request that is refused stores nothing', () => {
  let before: number;
  beforeEach(async () => {
    before = await hub.storedCount();
  });
  afterEach(async () => expect(await hub.storedCount()).toBe(before));

  it.each([
    ['no credential', {}, null],
    ['an unknown credential', { Authorization: 'Bearer mash_unknown' }, 'invalid_token'],
    ['another scheme', { Authorization: 'Basic abc' }, null],
  ])('refuses a request with %s', async (_, headers: Record<string, string>, code) => {
    const sent = await api.send('POST', '/api/v1/referrals', {
      body: JSON.stringify(valid()),
      headers: { 'Content-Type': 'application/json', 'Idempotency-Key': randomUUID(), ...headers },
    });
    expect(sent.status).toBe(401);
    expect(sent.headers.get('WWW-Authenticate')).toContain(code ?? 'Bearer');
  });

  it.each([
    ['text/plain', { 'Content-Type': 'text/plain' }, 415],
    ['XML', { 'Content-Type': 'application/xml' }, 415],
    ['UTF-16', { 'Content-Type': 'application/json; charset=utf-16' }, 415],
    ['compressed', { 'Content-Encoding': 'gzip' }, 415],
  ])('refuses a body that is %s', async (_, headers: Record<string, string>, status) => {
    const sent = await api.post(token, valid(), headers);
    expect([sent.status, sent.headers.get('Accept-Post')]).toEqual([status, 'application/json']);
  });

  it('refuses a body larger than 256 kB', async () => {
    const sent = await api.post(token, JSON.stringify({ ...valid(), staffSafety: 'x'.repeat(257 * 1024) }));
    expect([sent.status, (sent.body as Problem).type]).toEqual([413, problem('too-large')]);
  });

  it.each([
    ['a trailing comma', '{"a":1,}'],
    ['nothing', ''],
    ['invalid UTF-8', Buffer.from([0x22, 0xff, 0x22])],
  ])('refuses a body that is malformed: %s', async (_, body) => {
    const sent = await api.post(token, body);
    expect([sent.status, (sent.body as Problem).type]).toEqual([400, problem('malformed-body')]);
  });

  const faultsOf = async (body: unknown) => {
    const sent = await api.post(token, body);
    expect(sent.status).toBe(422);
    expect(sent.headers.get('Content-Type')).toContain('application/problem+json');
    return (sent.body as Problem).errors!.map(({ pointer, code }) => [pointer, code]);
  };

  it.each([['[]'], ['null'], ['"x"'], ['7']])('refuses a body that is %s', async (body) => {
    expect(await faultsOf(body)).toEqual([['', 'object']]);
  });

  it('names every missing field at once when a body is empty', async () => {
    expect(await faultsOf({})).toEqual(
      ['referrer', 'immediateDanger', 'concern', 'children', 'parentsInformed', 'agreement'].map((name) => [
        `/${name}`,
        'required',
      ]),
    );
  });

  it.each<[string, string, unknown, string]>([
    ['an unknown property', '/status', 'closed', 'unknown_property'],
    ['an unknown property within', '/children/0/restricted', false, 'unknown_property'],
    ['a number for text', '/referrer/name', 7, 'text'],
    ['text for a boolean', '/immediateDanger', 'true', 'true_or_false'],
    ['null for an optional field', '/senderReference', null, 'text'],
    ['a wrong check digit', '/children/0/nhsNumber', '9990491322', 'nhs_number_check_digit'],
    ['a wrong check letter', '/children/0/upn', 'A950000178302', 'upn_check_letter'],
    ['a year of two digits', '/children/0/dateOfBirth', '0019-02-03', 'too_long_ago'],
    ['a birth tomorrow', '/children/0/dateOfBirth', '2999-01-01', 'in_the_future'],
    ['an adult’s birth tomorrow', '/adults/0/dateOfBirth', '2999-01-01', 'in_the_future'],
    ['29 February 2023', '/children/0/dateOfBirth', '2023-02-29', 'date'],
    ['a thirteenth month', '/children/0/dateOfBirth', '2019-13-01', 'date'],
    ['a date the other way round', '/children/0/dateOfBirth', '01/02/2019', 'date'],
    ['a time without its offset', '/reportedAt', '2026-11-23T10:00:00', 'date_time'],
    ['NUL', '/concern/summary', `A long enough summary\u0000`, 'invalid_text'],
    ['half of a surrogate pair', '/concern/summary', 'A long enough summary \uD800', 'invalid_text'],
    ['a summary too short', '/concern/summary', 'see referral', 'too_short'],
    ['text longer than allowed', '/senderReference', 'x'.repeat(65), 'too_long'],
    ['a code that is not in its list', '/concern/source', 'rumour', 'not_in_list'],
    ['a repeated code', '/concern/types', ['neglect', 'neglect'], 'repeated'],
    ['no type of concern', '/concern/types', [], 'too_few'],
    ['no children', '/children', [], 'too_few'],
    ['thirteen children', '/children', Array.from({ length: 13 }, () => ({ firstName: 'A' })), 'too_many'],
    ['a hundred thousand children', '/children', Array.from({ length: 60_000 }, () => 1), 'too_many'],
    ['a child who is nobody', '/children/0', {}, 'who_is_it'],
    ['a child whose name is blank', '/children/0', { firstName: ' ', lastName: '' }, 'who_is_it'],
    [
      'two ages for one child',
      '/children/0',
      { firstName: 'A', estimatedAge: 4, dateOfBirth: '2020-01-01' },
      'one_age_only',
    ],
    ['a child that is not an object', '/children/0', 'Elodie', 'object'],
    ['a part that is not an object', '/concern', 'neglect', 'object'],
    ['parents not informed without a reason', '/parentsInformed', { informed: 'no' }, 'required'],
    ['a level of five', '/thresholdLevel', 5, 'whole_number'],
    ['an address that is not one', '/referrer/email', 'nobody', 'email'],
    ['an address that could be read as two', '/referrer/email', '"a,b@evil.example"@x.example', 'email'],
    ['a UPRN with letters', '/children/0/address', { uprn: '12A' }, 'pattern'],
  ])('refuses %s, and answers with its pointer and without its value', async (_, pointer, value, code) => {
    const body = valid() as unknown as Record<string, unknown>;
    const path = pointer.split('/').slice(1);
    const last = path.pop()!;
    const parent = path.reduce((part, name) => part[name] as Record<string, unknown>, body);
    parent[last] = value;
    const faults = await faultsOf(body);
    expect(faults).toHaveLength(1);
    expect(faults[0]![0]).toMatch(new RegExp(`^${pointer}`));
    expect(faults[0]![1]).toBe(code);
  });

  it('refuses properties that reach for the prototype', async () => {
    const body = JSON.stringify(valid()).replace(
      '{',
      '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},',
    );
    expect(await faultsOf(body)).toEqual([
      ['/__proto__', 'unknown_property'],
      ['/constructor', 'unknown_property'],
    ]);
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });

  it.each(['toString', 'valueOf', 'hasOwnProperty', '__defineGetter__', 'prototype'])(
    'refuses a property named %s',
    async (name) => {
      expect(await faultsOf({ ...valid(), [name]: 'x' })).toEqual([[`/${name}`, 'unknown_property']]);
    },
  );

  it('refuses a body nested ten thousand deep', async () => {
    const faults = await faultsOf(`{"a":${'['.repeat(10_000)}${']'.repeat(10_000)}}`);
    expect(faults[0]![1]).toBe('too_deep');
  });

  it('never says back what was sent when it refuses a body', async () => {
    const canary = 'Canaryella-Quux';
    const sent = await api.post(token, {
      ...valid(),
      thresholdLevel: canary,
      children: [{ firstName: canary, upn: canary }],
    });
    expect(JSON.stringify(sent.body)).not.toContain(canary);
  });
});

it('accepts a summary of exactly 20,000 code points, each of two UTF-16 units, and no more', async () => {
  const body = valid() as unknown as { concern: { summary: string } };
  body.concern.summary = '😀'.repeat(20_000);
  expect((await api.post(token, body)).status).toBe(201);
  body.concern.summary += '😀';
  expect((await api.post(token, body)).status).toBe(422);
});

it('publishes the contract of the api as OpenAPI 3.1', async () => {
  const { body } = await api.get('/openapi.json');
  const document = body as { openapi: string; paths: Record<string, object> };
  expect(document.openapi).toBe('3.1.0');
  expect(Object.keys(document.paths)).toEqual(['/api/v1/referrals', '/api/v1/referrals/{reference}']);
  expect((await fetch(`${api.url}/docs`)).status).toBe(200);
});

it('says that the api is alive and ready', async () => {
  expect((await api.get('/health/live')).status).toBe(200);
  expect((await api.get('/health/ready')).status).toBe(200);
});
