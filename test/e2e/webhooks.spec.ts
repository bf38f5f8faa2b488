import { AgencyClients } from '#access';
import { SERVICE } from '#store';
import { AgencyClient, FORM } from '../support/agency-client.ts';
import { ADDRESS, CalledEndpoint } from '../support/called-endpoint.ts';
import { createHub, type Hub } from '../support/hub.ts';
import { aRoutineAmber } from '../support/referrals.ts';
import { RunningApi } from '../support/running-api.ts';

let hub: Hub;
let api: RunningApi;
let outside: CalledEndpoint;
beforeAll(async () => {
  hub = await createHub();
  api = await RunningApi.start(hub.url);
});
beforeEach(async () => {
  await hub.reset();
  outside = await CalledEndpoint.start(hub);
});
afterEach(() => outside.stop());
afterAll(async () => {
  await api.stop();
  await hub.drop();
});

const PATH = '/api/v1/webhook-endpoints';
interface Shown {
  readonly id: string;
  readonly address: string;
  readonly state: string;
  readonly secret: string;
  readonly waiting: number;
}
const ask = (method: string, path: string, body?: object, token = hub.agency.token) =>
  api.send(method, `${PATH}${path}`, {
    headers: { Authorization: `Bearer ${token}`, ...(body && { 'Content-Type': 'application/json' }) },
    ...(body && { body: JSON.stringify(body) }),
  });
const add = async (address = ADDRESS): Promise<Shown> => {
  const { status, body, headers } = await ask('POST', '', { address });
  expect(status).toBe(201);
  expect(headers.get('Location')).toBe(`${PATH}/${(body as Shown).id}`);
  return body;
};

it('a program adds an endpoint, tests it, reads its log, has it sent again, rotates its secret and removes it', async () => {
  const { id, secret, ...shown } = await add();
  expect(secret).toMatch(/^whsec_/);
  expect((await ask('GET', '')).body).toEqual({ data: [{ id, ...shown }] });
  const { status, body: test } = await ask('POST', `/${id}/test`);
  expect([status, test]).toEqual([202, expect.objectContaining({ type: 'webhook.test', state: 'waiting' })]);
  await outside.work();
  await expect(outside.messageOf(outside.calls[0]!, secret)).resolves.toMatchObject({ type: 'webhook.test' });
  const log = (await ask('GET', `/${id}/deliveries`)).body as { data: { id: string; state: string }[] };
  expect(log.data).toEqual([
    expect.objectContaining({ state: 'delivered', attempts: [{ at: '2026-11-23T10:00:00Z', status: 204 }] }),
  ]);
  expect((await ask('POST', `/${id}/deliveries/${log.data[0]!.id}/replay`)).status).toBe(202);
  const next = (await ask('POST', `/${id}/secret`)).body as Shown;
  await outside.work();
  for (const one of [secret, next.secret])
    await expect(outside.messageOf(outside.calls[1]!, one)).resolves.toBeDefined();
  expect((await ask('POST', `/${id}/switch-on`)).body).toMatchObject({ id, state: 'on', waiting: 0 });
  expect((await ask('DELETE', `/${id}`)).status).toBe(204);
  expect((await ask('GET', `/${id}`)).status).toBe(404);
  expect((await ask('DELETE', `/${id}`)).status).toBe(404);
});

it('the log comes a page at a time', async () => {
  const { id } = await add();
  for (let count = 0; count < 5; count++) await hub.submit(aRoutineAmber());
  await outside.work();
  const ids: string[] = [];
  for (let after = ''; ;) {
    const { body } = await ask('GET', `/${id}/deliveries?limit=2${after}`);
    const { data, page } = body as { data: { id: string }[]; page: { next?: string; hasMore: boolean } };
    ids.push(...data.map((one) => one.id));
    if (!page.hasMore) break;
    after = `&after=${page.next}`;
  }
  expect([ids.length, new Set(ids).size]).toEqual([5, 5]);
});

describe('an address', () => {
  it.each([
    ['http://keys.example.org/', 'not_https'],
    ['https://127.0.0.1/', 'not_a_name'],
    ['https://[::1]/', 'not_a_name'],
    ['https://169.254.169.254/latest/meta-data', 'not_a_name'],
    ['https://0x7f000001/', 'not_a_name'],
    ['https://2130706433/', 'not_a_name'],
    ['https://user@keys.example.org/', 'names_a_person'],
    ['https://keys.example.org:22/', 'other_port'],
    ['https://localhost/', 'not_of_the_internet'],
    ['https://metadata.google.internal/', 'not_of_the_internet'],
    ['', 'required'],
    [7, 'text'],
    [`https://keys.example.org/${'x'.repeat(600)}`, 'too_long'],
  ])('W1: %j is refused as %s, and nothing is stored', async (address, code) => {
    const { status, body } = await ask('POST', '', { address });
    expect([status, body]).toMatchObject([422, { errors: [{ pointer: '/address', code }] }]);
    expect((await ask('GET', '')).body).toEqual({ data: [] });
  });

  it('is one of an agency once, and of two agencies', async () => {
    await add();
    expect(
      await ask('POST', '', { address: ADDRESS.toUpperCase().replace('/MASH/EVENTS', '/mash/events') }),
    ).toMatchObject({ status: 409, body: { type: 'urn:mash-triage:problem:webhook-address-taken' } });
    const other = await hub.anAgency('Marlow Police');
    expect((await ask('POST', '', { address: ADDRESS }, other.token)).status).toBe(201);
  });
});

it('Z3: an endpoint of another agency is not there for any operation, as one that never was', async () => {
  const { id } = await add();
  await ask('POST', `/${id}/test`);
  const [delivery] = ((await ask('GET', `/${id}/deliveries`)).body as { data: { id: string }[] }).data;
  const other = await hub.anAgency('Marlow Police');
  for (const [method, path] of [
    ['GET', ''],
    ['DELETE', ''],
    ['POST', '/secret'],
    ['POST', '/switch-on'],
    ['POST', '/test'],
    ['GET', '/deliveries'],
    ['POST', `/deliveries/${delivery!.id}/replay`],
  ] as const) {
    const theirs = await ask(method, `/${id}${path}`, undefined, other.token);
    const none = await ask(method, `/019abf0e-6f3a-7c11-9d52-4b8e2f7a1c30${path}`, undefined, other.token);
    const said = ({ status, body }: typeof none) => [status, { ...(body as object), instance: '' }];
    expect([path, ...said(theirs)]).toEqual([path, ...said(none)]);
    expect(theirs.status).toBe(404);
  }
  // The first of a minute is on the record, for them all.
  expect(await hub.recordOf('access.refused')).toEqual([{ code: 'not-found' }]);
  expect((await ask('GET', `/${id}`)).status).toBe(200);
});

it('a token without the scope manages no endpoint', async () => {
  const client = await AgencyClient.of(hub.database, hub.agency.agencyId, { scopes: ['referrals:read-own'] });
  const body = new URLSearchParams({ ...FORM, client_assertion: await client.assertion() });
  const { access_token } = (await api.send('POST', '/oauth2/token', { body })).body as { access_token: string };
  const { status, body: problem } = await ask('POST', '', { address: ADDRESS }, access_token);
  expect([status, problem]).toMatchObject([403, { type: 'urn:mash-triage:problem:insufficient-scope' }]);
});

it('an endpoint whose program is suspended stands so for the other programs of its agency', async () => {
  const { id } = await add();
  const client = await AgencyClient.of(hub.database, hub.agency.agencyId);
  const form = new URLSearchParams({ ...FORM, client_assertion: await client.assertion() });
  const { access_token } = (await api.send('POST', '/oauth2/token', { body: form })).body as { access_token: string };
  await new AgencyClients(hub.database).suspend(hub.agency.clientId, true, SERVICE);
  expect((await ask('GET', `/${id}`, undefined, access_token)).body).toMatchObject({ state: 'suspended' });
  expect((await ask('DELETE', `/${id}`, undefined, access_token)).status).toBe(204);
});

it('a hub without a key for webhooks says so, and takes everything else', async () => {
  const without = await RunningApi.start(hub.url, { databaseUrl: hub.url }, { WEBHOOK_KEY: undefined } as object);
  try {
    const { status, body } = await without.send('POST', PATH, {
      headers: { Authorization: `Bearer ${hub.agency.token}`, 'Content-Type': 'application/json' },
      body: JSON.stringify({ address: ADDRESS }),
    });
    expect([status, body]).toMatchObject([409, { type: 'urn:mash-triage:problem:webhooks-off' }]);
    expect((await without.post(hub.agency.token, aRoutineAmber())).status).toBe(201);
  } finally {
    await without.stop();
  }
});
