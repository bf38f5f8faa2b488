import { generateKeyPairSync } from 'node:crypto';
import { readSandboxLink } from '#access';
import { SERVICE, sql } from '#store';
import { createHub, type Hub } from '../support/hub.ts';
import { RunningApi } from '../support/running-api.ts';
import { RunningConsole } from '../support/running-console.ts';
import { refusalsOnRecord } from '../support/verbs/refusals.ts';
import type { Visitor } from '../support/visitor.ts';

let hub: Hub;
let console: RunningConsole;
let api: RunningApi;
let administrator: Visitor;
beforeAll(async () => {
  hub = await createHub();
  console = await RunningConsole.start(hub);
});
beforeEach(async () => {
  await hub.reset();
  api = await RunningApi.start(hub.url);
  const path = `/administration/agencies/${hub.agency.agencyId}`;
  administrator = await console.visitedBy(await hub.another('administrator'), path);
});
afterEach(() => api.stop());
afterAll(async () => {
  await console.stop();
  await hub.drop();
});

const KEY = () =>
  String(generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ type: 'spki', format: 'pem' }));

/** An administrator makes an invitation. @returns its token */
async function invites(): Promise<string> {
  await administrator.open(`/administration/agencies/${hub.agency.agencyId}/invitations`);
  const made = await administrator.press('Make an invitation', { 'Send referrals': true });
  return /mash_[\w-]{43}/.exec(made.text)![0];
}
const registers = (invitation: string, more: Record<string, string> = {}) =>
  api.send('POST', '/oauth2/register', {
    headers: { Authorization: `Bearer ${invitation}` },
    body: new URLSearchParams({ client_name: 'Records of Loomgate', public_key: KEY(), ...more }),
  });
const clients = async () =>
  (await hub.database.as(SERVICE).rows<{ name: string }>(sql`SELECT name FROM agency_client ORDER BY created_at`)).map(
    ({ name }) => name,
  );

describe('an invitation', () => {
  it('lets one program in, with the agency and the scopes that the administrator chose, and no other', async () => {
    const before = (await clients()).length;
    const invitation = await invites();
    const { status, headers, body } = await registers(invitation);
    expect([status, headers.get('Cache-Control')]).toEqual([201, 'no-store']);
    expect(body).toMatchObject({ client_name: 'Records of Loomgate', scope: 'referrals:submit' });
    const again = await registers(invitation);
    expect([again.status, again.body]).toMatchObject([401, { error: 'invalid_token' }]);
    expect(await clients()).toHaveLength(before + 1);
    await administrator.open(`/administration/agencies/${hub.agency.agencyId}`);
    expect(administrator.page.text).toContain('Records of Loomgate');
  });

  it('lets in one program where two use it at the same moment', async () => {
    const invitation = await invites();
    const sent = await Promise.all([registers(invitation), registers(invitation), registers(invitation)]);
    expect(sent.map(({ status }) => status).toSorted()).toEqual([201, 401, 401]);
  });

  it('is good for seven days, and no more once it is withdrawn', async () => {
    const invitation = await invites();
    await hub.moveBy({ hours: 24 * 7 - 1 });
    const bad = await registers(invitation, { public_key: 'none' });
    expect([bad.status, bad.body]).toMatchObject([400, { error: 'invalid_client_metadata' }]);
    await hub.moveBy({ hours: 1 });
    expect((await registers(invitation)).status).toBe(401);
    const other = await invites();
    const withdraw = administrator.page.buttons().find((one) => one.startsWith('Withdraw the invitation'))!;
    await administrator.press(withdraw);
    expect((await registers(other)).status).toBe(401);
    expect((await refusalsOnRecord(hub.database)).length).toBeGreaterThan(0);
  });

  it.each([
    [{ client_name: '' }, 'client_name must be a text of 1 to 200 characters'],
    [{ client_name: 'a\u202Eb' }, 'client_name must be a text of 1 to 200 characters'],
    [{ jwks_uri: 'https://127.0.0.1/' }, 'Send either public_key or jwks_uri'],
    [{ public_key: '-----BEGIN PRIVATE KEY-----' }, /This key is private/],
  ])('is not used up by a program that is wrong: %j', async (more, why) => {
    const invitation = await invites();
    const refused = await registers(invitation, more);
    expect([refused.status, refused.body]).toMatchObject([
      400,
      { error_description: typeof why === 'string' ? why : expect.stringMatching(why) },
    ]);
    expect((await registers(invitation)).status).toBe(201);
  });

  it('to a sandbox is shown once, is on the record, and there is none where the hub has no sandbox', async () => {
    const path = `/administration/agencies/${hub.agency.agencyId}/invitations`;
    expect((await administrator.open(path)).text).not.toContain('sandbox');
    const token = administrator.page.sendingBy('Make an invitation').pairs;
    expect((await administrator.send('POST', `${path}/sandbox`, token)).status).toBe(404);
    const sandbox = { SANDBOX_URL: 'https://sandbox.example.org', SANDBOX_SECRET: 'x'.repeat(32) };
    const other = await RunningConsole.start(hub, undefined, sandbox);
    try {
      const visitor = await other.visitedBy(await hub.another('administrator'), path);
      const { action, pairs } = visitor.page.sendingBy('Make a link to a sandbox');
      const made = await visitor.press('Make a link to a sandbox');
      const [, link] = /https:\/\/sandbox\.example\.org\/join\/(\S+)/.exec(made.text)!;
      const guest = await readSandboxLink(sandbox.SANDBOX_SECRET, link!, await hub.database.now());
      expect(guest).toMatchObject({ agency: { name: 'Loomgate School', kind: 'school' } });
      expect((await visitor.send('POST', action, pairs)).text).not.toContain('/join/');
      expect(await hub.recordOf('sandbox.invited')).toEqual([{ agencyId: hub.agency.agencyId }]);
    } finally {
      await other.stop();
    }
  });

  it('is shown once, is in no address, and is kept as its hash alone', async () => {
    await administrator.open(`/administration/agencies/${hub.agency.agencyId}/invitations`);
    const { action, pairs } = administrator.page.sendingBy('Make an invitation', { 'Send referrals': true });
    const made = await administrator.press('Make an invitation', { 'Send referrals': true });
    const token = /mash_[\w-]{43}/.exec(made.text)![0];
    expect(made.url).not.toContain(token);
    const again = await administrator.send('POST', action, pairs);
    expect(again.text).not.toMatch(/mash_[\w-]{43}/);
    const kept = await hub.database.as(SERVICE).rows(sql`SELECT * FROM client_invitation`);
    expect(JSON.stringify([kept, await hub.database.as(SERVICE).rows(sql`SELECT * FROM sent_form`)])).not.toContain(
      token,
    );
  });

  it('is made by no manager, and needs something that the program may do', async () => {
    const path = `/administration/agencies/${hub.agency.agencyId}/invitations`;
    expect((await (await console.visitedBy(hub.manager)).open(path)).status).toBe(404);
    await administrator.open(path);
    const empty = await administrator.press('Make an invitation');
    expect([empty.status, empty.errors()]).toEqual([422, ['Select what the program may do']]);
  });
});
