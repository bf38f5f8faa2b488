import { randomUUID } from 'node:crypto';
import { createHub, type Hub } from '../support/hub.ts';
import { RunningApi } from '../support/running-api.ts';
import { aBruisedBaby } from '../support/referrals.ts';

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
  ])('I6, I8: refuses a body that is %s', async (_, headers: Record<string, string>, status) => {
    const sent = await api.post(token, valid(), headers);
    expect([sent.status, sent.headers.get('Accept-Post')]).toEqual([status, 'application/json']);
  });

  it('I7: refuses a body larger than 256 kB', async () => {
    const sent = await api.post(token, JSON.stringify({ ...valid(), staffSafety: 'x'.repeat(257 * 1024) }));
    expect([sent.status, (sent.body as Problem).type]).toEqual([413, problem('too-large')]);
  });

  it.each([
    ['a trailing comma', '{"a":1,}'],
    ['nothing', ''],
    ['invalid UTF-8', Buffer.from([0x22, 0xff, 0x22])],
  ])('I4, I5: refuses a body that is malformed: %s', async (_, body) => {
    const sent = await api.post(token, body);
    expect([sent.status, (sent.body as Problem).type]).toEqual([400, problem('malformed-body')]);
  });

  const faultsOf = async (body: unknown) => {
    const sent = await api.post(token, body);
    expect(sent.status).toBe(422);
    expect(sent.headers.get('Content-Type')).toContain('application/problem+json');
    return (sent.body as Problem).errors!.map(({ pointer, code }) => [pointer, code]);
  };

  it.each([['[]'], ['null'], ['"x"'], ['7']])('I4: refuses a body that is %s', async (body) => {
    expect(await faultsOf(body)).toEqual([['', 'object']]);
  });

  it('I4: names every missing field at once when a body is empty', async () => {
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
    ['null for a needed field', '/referrer/name', null, 'required'],
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
    ['a child without a name, an NHS number or a UPN', '/children/0', {}, 'who_is_it'],
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
    ['a UPRN with letters', '/children/0/address', { uprn: '12A' }, 'uprn'],
  ])(
    'I10, I13, I17, M4: refuses %s, and answers with its pointer and without its value',
    async (_, pointer, value, code) => {
      const body = valid() as unknown as Record<string, unknown>;
      const path = pointer.split('/').slice(1);
      const last = path.pop()!;
      const parent = path.reduce((part, name) => part[name] as Record<string, unknown>, body);
      parent[last] = value;
      const faults = await faultsOf(body);
      expect(faults).toHaveLength(1);
      expect(faults[0]![0]).toMatch(new RegExp(`^${pointer}`));
      expect(faults[0]![1]).toBe(code);
    },
  );

  it('I11: refuses properties that reach for the prototype', async () => {
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

  it('I9: refuses a body nested ten thousand deep', async () => {
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
