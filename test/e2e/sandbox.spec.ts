import { createHash, generateKeyPairSync, randomUUID } from 'node:crypto';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { SignJWT } from 'jose';
import { sandboxLink, type SandboxGuest } from '#access';
import { createLogger, SandboxSettings } from '#platform';
import { createSandbox } from '../../scripts/sandbox/create-sandbox.ts';
import { HubDatabases } from '../../scripts/sandbox/hub-databases.ts';
import { HubsAtWork } from '../../scripts/sandbox/hubs-at-work.ts';
import { FORM } from '../support/agency-client.ts';
import { aRoutineAmber } from '../support/referrals.ts';
import { ownPort } from '../support/own-port.ts';
import { until } from '../support/until.ts';

const SECRET = 'a secret of the tests, of thirty-two characters';
const AGENCY: SandboxGuest['agency'] = { name: 'Loomgate Trust', kind: 'school', sourceCode: '2A' };

const [OLD, RECENT] = [randomUUID(), randomUUID()];

let app: NestExpressApplication;
let url: string;
let databases: HubDatabases;
beforeAll(async () => {
  const port = await ownPort();
  url = `http://127.0.0.1:${port}`;
  const settings = Object.assign(new SandboxSettings(), {
    ...{
      DATABASE_URL: process.env['TEST_POSTGRES_URL']!,
      SANDBOX_URL: url,
      SANDBOX_SECRET: SECRET,
      LOG_LEVEL: 'silent',
    },
    WEBHOOK_KEY: createHash('sha256').update('webhooks').digest('hex'),
  });
  databases = new HubDatabases(settings.DATABASE_URL);
  for (const [id, days] of [
    [OLD, 31],
    [RECENT, 29],
  ] as const) {
    await databases.make(id);
    await databases.noteUse(id, (await databases.now()).subtract({ hours: days * 24 }));
  }
  app = await createSandbox(settings, createLogger('sandbox', 'silent'));
  await app.listen(port, '127.0.0.1');
});
afterAll(async () => {
  await app.close();
  for (const { id } of await databases.all()) await databases.remove(id);
  await databases.close();
});

interface Joined {
  readonly hub: string;
  readonly sandbox: string;
  readonly token: string;
  readonly invitation: string;
}

const linkFor = async (agency = AGENCY) =>
  sandboxLink({ secret: SECRET, url }, { id: randomUUID(), agency }, await databases.now());
const json = async (response: Response) => (await response.json()) as never;
const join = async (link: string): Promise<Joined> => json(await fetch(link, { method: 'POST' }));
const tell = (address: string, body: object = {}) =>
  fetch(address, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });
const asked = async ({ hub, token }: Joined, path: string): Promise<never> =>
  json(await fetch(`${hub}${path}`, { headers: { Authorization: `Bearer ${token}` } }));

async function refers({ hub, token }: Joined, key = 'first'): Promise<string> {
  const response = await fetch(`${hub}/api/v1/referrals`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json', 'Idempotency-Key': key },
    body: JSON.stringify(aRoutineAmber()),
  });
  expect(response.status).toBe(201);
  return ((await response.json()) as { reference: string }).reference;
}

describe('the sandbox of an agency’s developers', () => {
  it('is theirs by one link: a referral is taken, asked about and decided as they say, by their own clock', async () => {
    const link = await linkFor();
    const sandbox = await join(link);
    const reference = await refers(sandbox);
    const types = async () => {
      const { data } = (await asked(sandbox, '/api/v1/events')) as { data: readonly { type: string }[] };
      return data.map(({ type }) => type);
    };
    expect((await tell(`${sandbox.sandbox}/referrals/${reference}/taken`)).status).toBe(200);
    expect((await tell(`${sandbox.sandbox}/referrals/${reference}/questions`)).status).toBe(200);
    expect((await tell(`${sandbox.sandbox}/referrals/${reference}/decision`, { outcome: 'early_help' })).status).toBe(
      200,
    );
    expect(await types()).not.toContain('referral.decided');
    const { now: before } = (await json(await fetch(sandbox.sandbox))) as { now: string };
    const { now } = (await json(await tell(`${sandbox.sandbox}/clock`, { forward: 'PT1H' }))) as { now: string };
    const moved = Temporal.Instant.from(now).since(Temporal.Instant.from(before)).total('minutes');
    expect(Math.floor(moved)).toBe(60);
    await until(async () => (await types()).includes('referral.decided'));
    expect(await types()).toEqual(
      expect.arrayContaining(['referral.received', 'referral.in_triage', 'information.requested', 'referral.decided']),
    );
    const { headers } = await fetch(`${sandbox.hub}/api/v1/referrals`, {
      method: 'POST',
      headers: {
        ...{ Authorization: `Bearer ${sandbox.token}`, 'Content-Type': 'application/json', 'Idempotency-Key': 'first' },
      },
      body: JSON.stringify(aRoutineAmber()),
    });
    const stored = await fetch(new URL(headers.get('Location')!, url), {
      headers: { Authorization: `Bearer ${sandbox.token}` },
    });
    expect([stored.status, ((await stored.json()) as { reference: string }).reference]).toEqual([200, reference]);
    const contract = (await (await fetch(`${sandbox.hub}/openapi.json`)).json()) as {
      servers: readonly { url: string }[];
    };
    expect(`${url}${contract.servers[0]!.url}`).toBe(sandbox.hub);
    const again = await join(link);
    expect([again.hub, again.token === sandbox.token]).toEqual([sandbox.hub, false]);
    expect(((await asked(again, '/api/v1/referrals')) as { data: readonly object[] }).data).toHaveLength(1);
  });

  it('takes assertions and tokens by the real clock, however far its own is ahead', async () => {
    const sandbox = await join(await linkFor());
    expect((await tell(`${sandbox.sandbox}/clock`, { forward: 'P3D' })).status).toBe(200);
    const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const key = String(publicKey.export({ type: 'spki', format: 'pem' }));
    const registered = await fetch(`${sandbox.hub}/oauth2/register`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${sandbox.invitation}` },
      body: new URLSearchParams({ client_name: 'A program', public_key: key }),
    });
    const { client_id: id } = (await json(registered)) as { client_id: string };
    const seconds = Math.floor((await databases.now()).epochMilliseconds / 1000);
    const assertion = await new SignJWT({ iss: id, sub: id, aud: `${sandbox.hub}/oauth2/token`, jti: randomUUID() })
      .setExpirationTime(seconds + 60)
      .setProtectedHeader({ alg: 'ES256' })
      .sign(privateKey);
    const form = new URLSearchParams({ ...FORM, client_assertion: assertion });
    const answer = await fetch(`${sandbox.hub}/oauth2/token`, { method: 'POST', body: form });
    const issued = (await json(answer)) as { access_token: string; expires_in: number };
    expect(issued.expires_in).toBe(600);
    await tell(`${sandbox.sandbox}/clock`, { forward: 'PT1H' });
    const listed = await fetch(`${sandbox.hub}/api/v1/referrals`, {
      headers: { Authorization: `Bearer ${issued.access_token}` },
    });
    expect(listed.status).toBe(200);
  });

  it('is removed when no developer has used it for thirty days', async () => {
    const there = async () => (await databases.all()).map(({ id }) => id);
    await until(async () => !(await there()).includes(OLD));
    expect(await there()).toContain(RECENT);
  });

  it('is one for all who use its link at the same moment', async () => {
    const link = await linkFor();
    const answers = await Promise.all(Array.from({ length: 5 }, () => fetch(link, { method: 'POST' })));
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201, 201]);
    const joined = (await Promise.all(answers.map((one) => json(one)))) as readonly Joined[];
    expect([new Set(joined.map(({ hub }) => hub)).size, new Set(joined.map(({ token }) => token)).size]).toEqual([
      1, 5,
    ]);
  });

  it('moves its clock by the sum of what is asked at the same moment, and never back', async () => {
    const { sandbox } = await join(await linkFor());
    const spans = ['P1D', 'PT1M', 'P2D', 'PT5M'];
    const answers = await Promise.all(spans.map((forward) => tell(`${sandbox}/clock`, { forward })));
    const times = (await Promise.all(answers.map((one) => json(one)))) as readonly { now: string }[];
    const { now } = (await json(await fetch(sandbox))) as { now: string };
    const ahead = Temporal.Instant.from(now)
      .since(await databases.now())
      .total('minutes');
    expect(Math.round(ahead)).toBe(3 * 24 * 60 + 6);
    expect(times.every((one) => Temporal.Instant.compare(one.now, now) <= 0)).toBe(true);
  });

  it('rests although a developer went away while it was started, and is there for the next', async () => {
    const { hub, token } = await join(await linkFor());
    const hubs = app.get(HubsAtWork);
    await hubs.rest(0);
    const gone = new AbortController();
    const asking = fetch(`${hub}/api/v1/referrals`, { signal: gone.signal }).catch(() => 'gone');
    await until(async () => hubs.ids.length === 1);
    gone.abort();
    expect(await asking).toBe('gone');
    await until(async () => {
      await hubs.rest(0);
      return hubs.ids.length === 0;
    });
    expect((await fetch(`${hub}/api/v1/referrals`, { headers: { Authorization: `Bearer ${token}` } })).status).toBe(
      200,
    );
  });

  it('is no other agency’s: neither its clock, nor its referrals, nor its token', async () => {
    const [one, other] = [await join(await linkFor()), await join(await linkFor())];
    const reference = await refers(one);
    await tell(`${one.sandbox}/clock`, { forward: 'P1D' });
    const { now, referrals } = (await json(await fetch(other.sandbox))) as {
      now: string;
      referrals: readonly object[];
    };
    const ahead = Temporal.Instant.from(now)
      .since(await databases.now())
      .total('minutes');
    expect([Math.abs(Math.round(ahead)), referrals]).toEqual([0, []]);
    const asOther = { hub: other.hub, token: one.token };
    expect(await asked(asOther as Joined, `/api/v1/referrals/${reference}`)).toMatchObject({ status: 401 });
  });

  it('says on the page of its link what to do, and makes nothing until a person presses the button', async () => {
    const link = await linkFor({ ...AGENCY, name: '<b>Ängel & Söhne</b>' });
    const count = async () => (await databases.all()).length;
    const before = await count();
    const page = await (await fetch(link)).text();
    expect([await count(), page.includes('A sandbox for &lt;b&gt;Ängel &amp; Söhne&lt;/b&gt;')]).toEqual([
      before,
      true,
    ]);
    const opened = await fetch(link, { method: 'POST', headers: { Accept: 'text/html' } });
    expect([await count(), opened.headers.get('Content-Security-Policy')]).toEqual([
      before + 1,
      expect.stringContaining("form-action 'self'"),
    ]);
    expect(await opened.text()).toContain(`export HUB=${url}/s/`);
  });

  it.each([
    [
      'of another secret',
      () =>
        sandboxLink(
          { secret: SECRET.toUpperCase(), url },
          { id: randomUUID(), agency: AGENCY },
          Temporal.Instant.from('2099-01-01T00:00Z'),
        ),
    ],
    [
      'that has run out',
      async () =>
        sandboxLink(
          { secret: SECRET, url },
          { id: randomUUID(), agency: AGENCY },
          (await databases.now()).subtract({ hours: 31 * 24 }),
        ),
    ],
    ['that is no link', async () => `${url}/join/x`],
  ])('is not there for a link %s', async (_, link) => {
    const answers = await Promise.all(['GET', 'POST'].map(async (method) => fetch(await link(), { method })));
    expect(answers.map(({ status }) => status)).toEqual([404, 404]);
    expect(await answers[1]!.json()).toEqual({ error: expect.stringContaining('Ask the hub for a new one') });
  });

  it('refuses what it cannot do, and says why', async () => {
    const { hub, sandbox } = await join(await linkFor());
    const said = async (path: string, body?: object) => {
      const answer = await tell(`${sandbox}${path}`, body);
      return [answer.status, ((await answer.json()) as { error: string }).error];
    };
    expect(await said('/clock', { forward: 'yesterday' })).toEqual([400, expect.stringContaining('such as PT20M')]);
    expect(await said('/clock', { forward: 'P999D' })).toEqual([400, expect.stringContaining('400 days ahead')]);
    expect(await said('/referrals/MASH-AAAA-AAAA/taken')).toEqual([404, expect.any(String)]);
    expect(await said('/referrals/MASH-AAAA-AAAA/decision', { outcome: 'x' })).toEqual([
      400,
      expect.stringContaining('early_help'),
    ]);
    expect(await said('/nothing')).toEqual([404, expect.stringContaining('POST /clock')]);
    const none = await fetch(`${url}/s/${randomUUID()}/api/v1/referrals`);
    expect([none.status, await none.json()]).toEqual([404, { error: expect.stringContaining('no such sandbox') }]);
    const problem = await (await fetch(`${hub}/api/v1/referrals`)).json();
    expect(problem).toMatchObject({ help: `${hub}/problems/credential-missing` });
    expect((await fetch(`${hub}/problems/credential-missing`)).status).toBe(200);
  });
});
