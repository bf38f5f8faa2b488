import { randomUUID } from 'node:crypto';
import { AgencyClients } from '#access';
import { SERVICE, sql } from '#store';
import { generateKeyPair, SignJWT, UnsecuredJWT } from 'jose';
import { AgencyClient, FORM, TOKEN_URL } from '../support/agency-client.ts';
import { createHub, type Hub } from '../support/hub.ts';
import { aBruisedBaby } from '../support/referrals.ts';
import { API_URL, RunningApi } from '../support/running-api.ts';
import { RunningConsole } from '../support/running-console.ts';
import { refusalsOnRecord } from '../support/verbs/refusals.ts';

let hub: Hub;
let api: RunningApi;
let client: AgencyClient;
beforeAll(async () => void (hub = await createHub()));
beforeEach(async () => {
  await hub.reset();
  api = await RunningApi.start(hub.url);
  client = await AgencyClient.of(hub.database, hub.agency.agencyId);
});
afterEach(() => api.stop());
afterAll(() => hub.drop());

const ask = (client_assertion: string, more: Record<string, string> = {}) =>
  api.send('POST', '/oauth2/token', { body: new URLSearchParams({ ...FORM, client_assertion, ...more }) });
const seconds = async () => Math.floor((await hub.database.now()).epochMilliseconds / 1000);
const tokenOf = async (of = client, more: Record<string, string> = {}) =>
  ((await ask(await of.assertion(), more)).body as { access_token: string }).access_token;

describe('a client', () => {
  it.each(['ES256', 'RS256', 'PS256', 'EdDSA'])('gets a token for an assertion that it signs with %s', async (alg) => {
    const one = await AgencyClient.of(hub.database, hub.agency.agencyId, { alg });
    const { status, headers, body } = await ask(await one.assertion());
    expect([status, headers.get('Cache-Control')]).toEqual([200, 'no-store']);
    expect(body).toEqual({
      access_token: expect.stringMatching(/^mash_[\w-]{43}$/) as unknown,
      ...{ token_type: 'Bearer', expires_in: 600 },
      scope: 'referrals:submit referrals:read-own information:answer webhooks:manage',
    });
    const sent = await api.post((body as { access_token: string }).access_token, aBruisedBaby());
    expect(sent.status).toBe(201);
  });

  it('K1: uses its token until it runs out, and asks for another', async () => {
    const token = await tokenOf();
    await hub.moveBy({ minutes: 9, seconds: 59 });
    expect((await api.get('/api/v1/information-requests', token)).status).toBe(200);
    await hub.moveBy({ seconds: 1 });
    const { status, body } = await api.get('/api/v1/information-requests', token);
    expect([status, body]).toEqual([
      401,
      expect.objectContaining({ type: 'urn:mash-triage:problem:credential-unknown' }),
    ]);
    expect((await api.get('/api/v1/information-requests', await tokenOf())).status).toBe(200);
  });

  it('K5: that is suspended may do nothing from its next request on, with the token that it has', async () => {
    const token = await tokenOf();
    const clients = new AgencyClients(hub.database);
    await clients.suspend(client.id, true, SERVICE);
    expect((await api.post(token, aBruisedBaby())).status).toBe(401);
    const refused = await ask(await client.assertion());
    expect([refused.status, refused.body]).toEqual([
      401,
      { error: 'invalid_client', error_description: 'The client is suspended: ask the hub' },
    ]);
    await clients.suspend(client.id, false, SERVICE);
    // What it had is good no more: it asks for another.
    expect((await api.post(token, aBruisedBaby())).status).toBe(401);
    expect((await api.post(await tokenOf(), aBruisedBaby())).status).toBe(201);
  });

  it('K6: does with a token what its scopes say and no more, and the refusal is on the record', async () => {
    const token = await tokenOf(client, { scope: 'referrals:read-own' });
    const { status, headers, body } = await api.post(token, aBruisedBaby());
    expect([status, headers.get('WWW-Authenticate')]).toEqual([403, 'Bearer realm="mash", error="insufficient_scope"']);
    expect(body).toMatchObject({ type: 'urn:mash-triage:problem:insufficient-scope' });
    expect(await refusalsOnRecord(hub.database)).toMatchObject([
      { act: 'access.refused', details: { code: 'insufficient-scope', action: 'referral:submit' } },
    ]);
    const few = await AgencyClient.of(hub.database, hub.agency.agencyId, { scopes: ['referrals:submit'] });
    const refused = await ask(await few.assertion(), { scope: 'referrals:submit referrals:read-own' });
    expect([refused.status, refused.body]).toEqual([
      400,
      { error: 'invalid_scope', error_description: 'scope may name only what this client has: referrals:submit' },
    ]);
  });

  it('K3: finds no page of the console with its token, and a signed token of a person is none at the api', async () => {
    const signed = await client.assertion({ sub: hub.manager.subject });
    expect((await api.get('/api/v1/referrals', signed)).status).toBe(401);
    const console = await RunningConsole.start(hub);
    const headers = { Authorization: `Bearer ${await tokenOf()}` };
    try {
      const answer = await fetch(`${console.url}/queue`, { headers, redirect: 'manual' });
      expect([answer.status, answer.headers.get('Location')]).toEqual([303, '/sign-in']);
    } finally {
      await console.stop();
    }
  });

  it('changes its keys without a gap: two hold, and one that is removed signs no more', async () => {
    const clients = new AgencyClients(hub.database);
    const [line] = (await clients.list(hub.agency.agencyId, SERVICE)).filter(({ id }) => id === client.id);
    expect(line!.keys).toMatchObject([{ kid: client.kid, lastUsedAt: null, standing: 'good' }]);
    await tokenOf();
    await clients.removeKey(client.id, line!.keys[0]!.id, SERVICE);
    expect((await ask(await client.assertion())).status).toBe(401);
  });
});

describe('an assertion is refused, and the answer names what is expected,', () => {
  const bad = (error_description: unknown) => ({ error: 'invalid_client', error_description });
  const unsigned = 'The assertion is not signed with a key of the client that iss names';

  it.each([
    ['whose aud has a slash at its end', { aud: `${TOKEN_URL}/` }, `aud must be exactly ${TOKEN_URL}`],
    ['whose aud is the API', { aud: API_URL }, `aud must be exactly ${TOKEN_URL}`],
    ['that is for another as well', { aud: [TOKEN_URL, 'https://evil.example'] }, `aud must be exactly ${TOKEN_URL}`],
    ['without aud', { aud: undefined }, `aud must be exactly ${TOKEN_URL}`],
    ['without exp', { exp: undefined }, /^exp is missing/],
    ['with a text for exp', { exp: '1' }, 'exp and nbf must be whole seconds since 1970'],
    ['without jti', { jti: undefined }, /^jti must be a text/],
    ['with a long jti', { jti: 'x'.repeat(201) }, /^jti must be a text/],
    ['whose sub is not its iss', { sub: randomUUID() }, 'iss and sub must both be the id of your client'],
    ['whose iss is no id', { iss: 'school', sub: 'school' }, 'iss and sub must both be the id of your client'],
    [
      'of a client that is not there',
      { iss: '01900000-0000-7000-8000-000000000009', sub: '01900000-0000-7000-8000-000000000009' },
      unsigned,
    ],
  ])('K4: for one of its claims: %s', async (_, claims, description) => {
    const { status, body } = await ask(await client.assertion(claims as never));
    const expected = description instanceof RegExp ? (expect.stringMatching(description) as unknown) : description;
    expect([status, body]).toEqual([401, bad(expected)]);
  });

  it.each([
    ['that expired a minute ago', -60, /^exp has passed: our clock says \d+$/],
    ['that is good for an hour', 3_600, /^exp must be at most 300 seconds ahead: our clock says \d+$/],
    ['that is good for 361 seconds', 361, /^exp must be at most 300 seconds ahead/],
  ])('K4: for how long it is good: %s', async (_, ahead, description) => {
    const { status, body } = await ask(await client.assertion({ exp: (await seconds()) + ahead }));
    expect([status, body]).toEqual([401, bad(expect.stringMatching(description))]);
  });

  it('K4: that is not good yet', async () => {
    const { body } = await ask(await client.assertion({ nbf: (await seconds()) + 61 }));
    expect(body).toEqual(bad(expect.stringMatching(/^nbf is ahead/)));
  });

  it('K4: that is sent again, also at the same moment', async () => {
    const assertion = await client.assertion();
    const answers = await Promise.all([1, 2, 3].map(() => ask(assertion)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 401, 401]);
    expect((await ask(assertion)).body).toEqual(bad('jti has been used before: make a new one for each assertion'));
  });

  it('K2: that is not signed', async () => {
    const claims = { iss: client.id, sub: client.id, aud: TOKEN_URL, exp: (await seconds()) + 60, jti: randomUUID() };
    const { body } = await ask(new UnsecuredJWT(claims).encode());
    expect(body).toEqual(bad('alg must be one of RS256, PS256, ES256, EdDSA, Ed25519'));
  });

  it('K2: that is signed with the public key as a shared secret', async () => {
    const claims = { iss: client.id, sub: client.id, aud: TOKEN_URL, exp: (await seconds()) + 60, jti: randomUUID() };
    const secret = new TextEncoder().encode(JSON.stringify({ kid: client.kid }).padEnd(64, ' '));
    const { body } = await ask(await new SignJWT(claims).setProtectedHeader({ alg: 'HS256' }).sign(secret));
    expect(body).toEqual(bad('alg must be one of RS256, PS256, ES256, EdDSA, Ed25519'));
  });

  it('K2: that is signed with a key which it brings along or names by address', async () => {
    const { privateKey } = await generateKeyPair('ES256');
    const claims = { iss: client.id, sub: client.id, aud: TOKEN_URL, exp: (await seconds()) + 60, jti: randomUUID() };
    for (const header of [
      {},
      { jku: 'http://127.0.0.1:1/keys' },
      { x5u: 'http://127.0.0.1:1/keys' },
      { kid: client.kid },
    ]) {
      const signed = await new SignJWT(claims).setProtectedHeader({ alg: 'ES256', ...header }).sign(privateKey);
      expect((await ask(signed)).body).toEqual(bad(unsigned));
    }
  });

  it.each(['ES256', 'RS256', 'EdDSA'])(
    'whose header has crit, of a client that is there or is not, signed with %s',
    async (alg) => {
      const known = await AgencyClient.of(hub.database, hub.agency.agencyId, { alg });
      const header = Buffer.from(JSON.stringify({ alg, crit: ['x'], x: 1 })).toString('base64url');
      for (const id of [known.id, randomUUID()]) {
        const [, payload, signature] = (await known.assertion({ iss: id, sub: id })).split('.');
        const { status, body } = await ask([header, payload, signature].join('.'));
        expect([status, body]).toEqual([401, bad('The header must have neither crit nor b64')]);
      }
    },
  );

  it('that is signed with the key of another client', async () => {
    const other = await AgencyClient.of(hub.database, (await hub.anAgency('Other School')).agencyId);
    const { body } = await ask(await other.assertion({ iss: client.id, sub: client.id }));
    expect(body).toEqual(bad(unsigned));
    const named = await ask(await other.assertion({ iss: client.id, sub: client.id }, { kid: client.kid }));
    expect(named.body).toEqual(bad(unsigned));
  });

  it('that is signed with a key that expired', async () => {
    await hub.moveBy({ hours: 366 * 24 });
    const { body } = await ask(await client.assertion());
    expect(body).toEqual(bad(expect.stringMatching(/^The key .+ expired at .+: add another one$/)));
  });

  it.each([
    ['empty', ''],
    ['a letter', 'x'],
    ['three letters', 'a.b.c'],
    ['long', 'x'.repeat(5_000)],
    ['a list', 'eyJhbGciOiJFUzI1NiJ9.W10.c2ln'],
  ])('that is no assertion: %s', async (assertion) => {
    const { status } = await ask(assertion);
    expect([400, 401]).toContain(status);
  });
});

it.each([
  [{ grant_type: 'password' }, 'unsupported_grant_type', 'grant_type must be client_credentials'],
  [{ client_assertion_type: 'x' }, 'invalid_request', `client_assertion_type must be ${FORM.client_assertion_type}`],
])('a request with %j is refused with %s', async (more, error, error_description) => {
  const { status, body } = await ask(await client.assertion(), more);
  expect([status, body]).toEqual([400, { error, error_description }]);
});

it('a request is a form, with each parameter once', async () => {
  const json = await api.send('POST', '/oauth2/token', {
    body: JSON.stringify(FORM),
    headers: { 'Content-Type': 'application/json' },
  });
  expect([json.status, json.body]).toEqual([400, expect.objectContaining({ error: 'invalid_request' })]);
  const body = new URLSearchParams({ ...FORM, client_assertion: await client.assertion() });
  body.append('scope', 'referrals:submit');
  body.append('scope', 'referrals:read-own');
  expect((await api.send('POST', '/oauth2/token', { body })).body).toEqual({
    ...{ error: 'invalid_request', error_description: 'A parameter must be there once' },
  });
  const many = new URLSearchParams(Array.from({ length: 30_000 }, (_, index) => [index.toString(36), '']));
  expect((await api.send('POST', '/oauth2/token', { body: many })).body).toMatchObject({
    error_description: 'The form has more parameters than this endpoint knows',
  });
});

it('who goes on sending bad assertions is held up, and no other address or client is', async () => {
  const sparing = await RunningApi.start(
    hub.url,
    { databaseUrl: hub.url },
    { RATE_FAILED_CREDENTIALS: 10, TRUSTED_PROXIES: 1 },
  );
  try {
    const askFrom = async (address: string, client_assertion: string) =>
      sparing.send('POST', '/oauth2/token', {
        body: new URLSearchParams({ ...FORM, client_assertion }),
        headers: { 'X-Forwarded-For': address },
      });
    const statuses = [];
    for (let count = 0; count < 12; count++) statuses.push((await askFrom('192.0.2.1', 'x.y.z')).status);
    expect([statuses.slice(0, 10).every((one) => one === 401), statuses.at(-1)]).toEqual([true, 429]);
    expect((await askFrom('192.0.2.2', await client.assertion())).status).toBe(200);
    // Nor a client behind the same address, while another there goes on failing.
    const other = await AgencyClient.of(hub.database, hub.agency.agencyId);
    const failing = async () => (await askFrom('192.0.2.3', await other.assertion({ aud: API_URL }))).status;
    const failed = [];
    for (let count = 0; count < 12; count++) failed.push(await failing());
    expect(failed.at(-1)).toBe(429);
    expect((await askFrom('192.0.2.3', await client.assertion())).status).toBe(200);
  } finally {
    await sparing.stop();
  }
});

it('K7: a hundred bad assertions in the name of a client are held up, and the client still gets its token', async () => {
  const forged = async () =>
    (await AgencyClient.of(hub.database, hub.agency.agencyId)).assertion({ iss: client.id, sub: client.id });
  const stranger = await forged();
  const statuses = [];
  for (let count = 0; count < 100; count++) statuses.push((await ask(stranger)).status);
  expect([statuses.slice(0, 60).every((one) => one === 401), statuses.slice(60).every((one) => one === 429)]).toEqual([
    true,
    true,
  ]);
  expect((await ask(await client.assertion())).status).toBe(200);
  expect((await ask(stranger)).status).toBe(429);
});

it('a client gets so many tokens in a minute, each client by itself, and bad assertions take none of them', async () => {
  const sparing = await RunningApi.start(hub.url, { databaseUrl: hub.url }, { RATE_TOKENS: 10 });
  try {
    const askThere = async (assertion: string) =>
      sparing.send('POST', '/oauth2/token', { body: new URLSearchParams({ ...FORM, client_assertion: assertion }) });
    for (let count = 0; count < 12; count++) await askThere(await client.assertion({ aud: API_URL }));
    const statuses = [];
    for (let count = 0; count < 12; count++) statuses.push((await askThere(await client.assertion())).status);
    expect(statuses).toEqual([...Array<number>(10).fill(200), 429, 429]);
    const other = await AgencyClient.of(hub.database, hub.agency.agencyId);
    expect((await askThere(await other.assertion())).status).toBe(200);
  } finally {
    await sparing.stop();
  }
});

it('K8: an unknown client and a known one with a wrong signature get one answer', async () => {
  const other = await AgencyClient.of(hub.database, hub.agency.agencyId);
  const unknown = randomUUID();
  const [ofKnown, ofUnknown] = [
    await ask(await other.assertion({ iss: client.id, sub: client.id })),
    await ask(await other.assertion({ iss: unknown, sub: unknown })),
  ];
  expect([ofKnown.status, ofKnown.body]).toEqual([ofUnknown.status, ofUnknown.body]);
  expect([...ofKnown.headers.keys()].sort()).toEqual([...ofUnknown.headers.keys()].sort());
});

it('a token and an assertion leave no more than their hashes, and the record says that a token was given', async () => {
  const token = await tokenOf();
  const [stored] = await hub.database.as(SERVICE).rows<{ text: string }>(sql`
    SELECT concat((SELECT jsonb_agg(to_jsonb(t)) FROM access_token t), (SELECT jsonb_agg(to_jsonb(u)) FROM used_assertion u),
      (SELECT jsonb_agg(details) FROM audit_entry WHERE act = 'token.issued')) AS text`);
  expect(stored!.text).not.toContain(token.slice(5));
  expect(stored!.text).toContain(`"clientId": "${client.id}"`);
});

it('what has run out is forgotten: an assertion at once, and a token a day later', async () => {
  const kept = async () =>
    (await hub.database.as(SERVICE).row<{ tokens: number; assertions: number }>(sql`
      SELECT (SELECT count(*)::int FROM access_token WHERE client_id = ${client.id}) AS tokens,
        (SELECT count(*)::int FROM used_assertion) AS assertions`))!;
  await tokenOf();
  await hub.moveBy({ hours: 24 });
  await tokenOf();
  expect(await kept()).toEqual({ tokens: 2, assertions: 1 });
  await hub.moveBy({ minutes: 11 });
  await tokenOf();
  expect(await kept()).toEqual({ tokens: 2, assertions: 1 });
});
