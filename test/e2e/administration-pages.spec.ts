import { generateKeyPairSync } from 'node:crypto';
import { AgencyClients, KeySets, readPublicKey, VerifyAssertion } from '#access';
import { SERVICE, sql } from '#store';
import { AgencyClient, FORM, TOKEN_URL } from '../support/agency-client.ts';
import { CalledEndpoint } from '../support/called-endpoint.ts';
import { createHub, type Hub } from '../support/hub.ts';
import { OUTSIDE, OutsideServer } from '../support/outside-server.ts';
import { aBruisedBaby, aRoutineAmber } from '../support/referrals.ts';
import { RunningApi } from '../support/running-api.ts';
import { RunningConsole } from '../support/running-console.ts';
import type { Visitor } from '../support/visitor.ts';

let hub: Hub;
let console: RunningConsole;
let visitor: Visitor;
beforeAll(async () => {
  hub = await createHub();
  console = await RunningConsole.start(hub);
});
beforeEach(async () => {
  await hub.reset();
  visitor = await console.visitedBy(await hub.another('administrator'), '/administration/agencies');
});
afterAll(async () => {
  await console.stop();
  await hub.drop();
});

const pem = () =>
  String(generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ type: 'spki', format: 'pem' }));
const SCHOOL = () => `/administration/agencies/${hub.agency.agencyId}`;

describe('an administrator', () => {
  it('Z7: begins with the agencies, and finds no referral, queue, search, record or figure', async () => {
    const reference = await hub.submit(aBruisedBaby());
    expect((await visitor.get('/')).leadsTo).toBe('/administration/agencies');
    const closed = [
      `/referrals/${reference}`,
      '/queue',
      '/search',
      '/oversight/record',
      '/oversight',
      '/your-work',
      '/alerts',
    ];
    for (const path of closed) expect([path, (await visitor.open(path)).status]).toEqual([path, 404]);
    expect((await visitor.open('/service')).status).toBe(200);
  });

  it('adds an agency, which may be named once', async () => {
    await visitor.open('/administration/agencies');
    const answers = {
      'Name of the agency': 'Loomgate Police',
      'What is it?': 'Police',
      'Source of referral': '6: Police',
    };
    const empty = await visitor.press('Add the agency');
    expect([empty.status, empty.errors()]).toEqual([
      422,
      ['Enter the name of the agency', 'Select what it is', 'Select the source of referral'],
    ]);
    const added = await visitor.press('Add the agency', answers);
    expect([added.heading, added.notices()]).toEqual(['Loomgate Police', ['Loomgate Police is an agency of the hub.']]);
    await visitor.open('/administration/agencies');
    const again = await visitor.press('Add the agency', answers);
    expect([again.status, again.errors()]).toEqual([
      409,
      [expect.stringMatching(/^There is an agency of this name already/)],
    ]);
    const alike = await visitor.press('Add the agency', { ...answers, 'Name of the agency': 'LOOMGATE  Políce.' });
    expect([alike.status, alike.errors()]).toEqual([
      409,
      [expect.stringMatching(/^There is an agency of this name already/)],
    ]);
    expect(again.rowsOf('Agencies').map(([name]) => name)).toEqual(['Loomgate Police', 'Loomgate School']);
  });

  it('lets a program in by its key, adds the next, removes the first, and suspends it', async () => {
    await visitor.open(SCHOOL());
    const wrong = await visitor.press('Register it', {
      'Name of the program': 'Records',
      'Its public key': 'ssh-rsa AAAA',
    });
    expect([wrong.status, wrong.errors()]).toEqual([422, [expect.stringContaining('Bring a public key as PEM')]]);
    const added = await visitor.press('Register it', { 'Its public key': pem() });
    expect(added.notices()).toEqual([
      'Records may use the API. Its developers need its id and its kid from this page.',
    ]);
    expect(added.rowsOf('Keys of Records')).toEqual([
      [expect.any(String), 'P-256', '10am today', expect.any(String), 'Not yet', expect.stringContaining('Remove')],
    ]);
    const two = await visitor.press('Add the key of Records', { 'Public key of Records': pem() });
    expect(two.rowsOf('Keys of Records')).toHaveLength(2);
    // It has two: there is no form for a third.
    expect(two.text).not.toContain('Public key of Records');
    const [[kid]] = two.rowsOf('Keys of Records') as [string[]];
    const one = await visitor.press(`Remove the key ${kid} of Records`);
    expect(one.rowsOf('Keys of Records')).toHaveLength(1);
    const suspended = await visitor.press('Suspend it: Records');
    expect(suspended.text).toContain('Records: suspended since 10am today');
    const resumed = await visitor.press('End the suspension: Records');
    expect(resumed.text).not.toContain('suspended since');
  });

  it('W1: is told why the address of keys is refused, and lets no program in by it', async () => {
    await visitor.open(SCHOOL());
    const answers = { 'Name of the program': 'Records', 'Or the address of its keys': 'https://127.1/keys' };
    const wrong = await visitor.press('Register it', answers);
    expect([wrong.status, wrong.errors()]).toEqual([
      422,
      ['The address must name a server, such as keys.example.org, and not a number'],
    ]);
    const both = await visitor.press('Register it', { ...answers, 'Its public key': pem() });
    expect(both.errors()).toEqual(['Give the key or the address, not both']);
    const neither = await visitor.press('Register it', {
      ...answers,
      'Its public key': '',
      'Or the address of its keys': '',
    });
    expect(neither.errors()).toEqual(['Paste its public key, or give the address of its keys']);
    await AgencyClient.of(hub.database, hub.agency.agencyId);
    await visitor.open(SCHOOL());
    const later = await visitor.press('Take the keys from there: Records system', {
      'Address of the keys of Records system': 'http://keys.example.org/jwks',
    });
    expect([later.status, later.errors()]).toEqual([422, ['The address must begin with https://']]);
    expect(later.rowsOf('Keys of Records system')).toHaveLength(1);
  });

  it('sees where a program shows its keys, when they were fetched and what went wrong, and takes the address away', async () => {
    const outside = await OutsideServer.start();
    try {
      const { jwk } = await readPublicKey(pem());
      outside.answer = (_, response) => void response.end(JSON.stringify({ keys: [{ ...jwk, kid: 'autumn' }] }));
      const client = await AgencyClient.of(hub.database, hub.agency.agencyId);
      const keySets = new KeySets(hub.database, outside.fetch());
      await keySets.setAddress(client.id, `https://${OUTSIDE}/jwks`, SERVICE);
      expect((await visitor.open(SCHOOL())).text).toContain(
        `It shows its keys at https://${OUTSIDE}/jwks: autumn. Fetched 10am today.`,
      );
      outside.answer = (_, response) => void response.writeHead(500).end();
      await hub.moveBy({ hours: 1 });
      const verify = new VerifyAssertion(hub.database, keySets);
      await expect(verify.execute(await client.assertion({}, { kid: 'spring' }), TOKEN_URL)).rejects.toThrow(
        'not signed',
      );
      expect((await visitor.open(SCHOOL())).text).toContain(
        'No keys came 11am today: The server answers that it has nothing there.',
      );
      const removed = await visitor.press('Remove this address of Records system');
      expect([removed.notices(), removed.text.includes('It shows its keys')]).toEqual([
        ['The keys at that address are good no more. Tokens that they gave run out within ten minutes.'],
        false,
      ]);
    } finally {
      await outside.stop();
    }
  });

  it('sends each form once: a second press adds, removes and suspends nothing more', async () => {
    const twice = async (button: string, answers: Record<string, string> = {}) => {
      const { action, pairs } = visitor.page.sendingBy(button, answers);
      const [first, second] = [await visitor.send('POST', action, pairs), await visitor.send('POST', action, pairs)];
      expect([button, first.status, second.status, second.leadsTo]).toEqual([button, 303, 303, first.leadsTo]);
      await visitor.open(first.leadsTo!);
    };
    await visitor.open('/administration/agencies');
    await twice('Add the agency', {
      'Name of the agency': 'Police',
      'What is it?': 'Police',
      'Source of referral': '6: Police',
    });
    await twice('Register it', { 'Name of the program': 'Records', 'Its public key': pem() });
    await twice('Add the key of Records', { 'Public key of Records': pem() });
    const [[kid]] = visitor.page.rowsOf('Keys of Records') as [string[]];
    await twice(`Remove the key ${kid} of Records`);
    await twice('Suspend it: Records');
    await twice('End the suspension: Records');
    await twice('Save', { 'How are its referrers told of decisions?': 'By a person of the hub' });
    await visitor.open('/administration/people');
    await twice('Add the person', {
      ...{ Name: 'Jo Marsh', 'What your identity provider calls the person': 'jo-1', 'E-mail': 'jo@example.org' },
      Role: 'Social worker',
    });
    const acts = await hub.database.as(SERVICE).rows<{ act: string; n: number }>(sql`
      SELECT act, count(*)::int AS n FROM audit_entry WHERE actor_kind = 'staff'
        AND act IN ('agency.added', 'client.added', 'client.key-added', 'client.key-removed', 'client.suspended',
          'client.resumed', 'agency.feedback-set', 'staff.added') GROUP BY act ORDER BY act`);
    expect(Object.fromEntries(acts.map(({ act, n }) => [act, n]))).toEqual({
      ...{ 'agency.added': 1, 'agency.feedback-set': 1, 'client.added': 1, 'client.key-added': 2 },
      ...{ 'client.key-removed': 1, 'client.resumed': 1, 'client.suspended': 1, 'staff.added': 1 },
    });
  });

  it('W5: names the agencies whose webhook is switched off, and says at which address and why', async () => {
    const calls = await CalledEndpoint.start(hub);
    try {
      const { endpoint } = await calls.add();
      await calls.test(endpoint.id);
      calls.takes(410);
      const before = await visitor.open('/administration/agencies');
      expect([before.text.includes('Agencies'), before.text.includes('A webhook is switched off')]).toEqual([
        true,
        false,
      ]);
      await calls.work();
      const list = await visitor.open('/administration/agencies');
      expect(list.text).toContain('A webhook is switched off, because its receiver takes nothing. Tell the agency: ');
      const page = await visitor.open(SCHOOL());
      const [[address, program, state, , waiting]] = page.rowsOf('Webhooks') as [string[]];
      expect([address, program, waiting]).toEqual([endpoint.address, 'Demonstration', '1']);
      expect(state).toContain('because its receiver says that it is gone');
    } finally {
      await calls.stop();
    }
  });

  it('suspends a program of the agency of the page, and of no other', async () => {
    const other = await hub.anAgency('Other School');
    const client = await AgencyClient.of(hub.database, other.agencyId);
    await AgencyClient.of(hub.database, hub.agency.agencyId);
    const page = await visitor.open(SCHOOL());
    const { action, pairs } = page.sendingBy('Suspend it: Records system');
    const forged = pairs.map(([name, value]) => [name, name === 'client' ? client.id : value] as const);
    expect((await visitor.send('POST', action, forged)).status).toBe(404);
    const lines = await new AgencyClients(hub.database).list(other.agencyId, SERVICE);
    expect(lines.every(({ suspendedAt }) => suspendedAt === null)).toBe(true);
  });

  it('says how the referrers of an agency are told', async () => {
    await visitor.open(SCHOOL());
    const saved = await visitor.press('Save', { 'How are its referrers told of decisions?': 'By a person of the hub' });
    expect(saved.notices()).toEqual(['Referrers of Loomgate School are told by a person of the hub.']);
    expect((await visitor.open('/administration/agencies')).rowsOf('Agencies')[0]).toContain('By a person');
  });

  it('sees which programs still have a token that needs no key', async () => {
    expect((await visitor.open(SCHOOL())).text).toContain('It still has a token that needs no key');
  });
});

describe('the people who sign in', () => {
  const JO = {
    ...{ Name: 'Jo Marsh', 'What your identity provider calls the person': 'jo-1', 'E-mail': 'jo@example.org' },
    Role: 'Social worker',
  };

  it('are added with a role, and may sign in then', async () => {
    await visitor.open('/administration/people');
    const empty = await visitor.press('Add the person');
    expect([empty.status, empty.errors()]).toEqual([
      422,
      [
        'Enter the name of the person',
        'Enter what your identity provider calls the person',
        'Enter an e-mail address, such as name@example.org',
        'Select the role',
      ],
    ]);
    const added = await visitor.press('Add the person', { ...JO, 'Duty team': true });
    expect(added.notices()).toEqual(['Jo Marsh may sign in now.']);
    expect(added.rowsOf('People, those who have left last')).toContainEqual([
      'Jo Marsh',
      'social worker',
      'The hub',
      'jo@example.org',
      'Duty team',
    ]);
    const twice = await visitor.press('Add the person', JO);
    expect([twice.status, twice.errors()]).toEqual([
      409,
      [expect.stringMatching(/^There is a person whom the identity provider calls that/)],
    ]);
    const partner = await visitor.press('Add the person', {
      ...JO,
      Role: 'Partner',
      'What your identity provider calls the person': 'jo-2',
    });
    expect([partner.status, partner.errors()]).toEqual([422, ['Select the agency that the partner works for']]);
  });

  it('Z8: who leave are signed out at once, and what they hold is back on the queue', async () => {
    const reference = await hub.submit(aRoutineAmber());
    await hub.claims(hub.socialWorker, reference);
    const worker = await console.visitedBy(hub.socialWorker, '/queue');
    await visitor.open(`/administration/people/${hub.socialWorker.id}`);
    await visitor.click('Record that they have left');
    const left = await visitor.press('They have left');
    expect(left.notices()).toEqual([
      'They are signed out, and no alert goes to them. The referrals that were with them are back on the queue: 1.',
    ]);
    expect((await worker.get('/queue')).leadsTo).toMatch(/^\/sign-in/);
    expect((await hub.read(reference)).holder).toBeNull();
    expect(left.text).toContain('Sol Worker Has left');
    expect((await visitor.open(`/administration/people/${hub.socialWorker.id}`)).text).toContain(
      'They have left: they cannot sign in.',
    );
    expect(await hub.invariants.execute()).toEqual([]);
  });

  it('who come back, or change their role, are taken back as the same person, and answer no alerts that they cannot open', async () => {
    const { subject, name } = hub.screener;
    await visitor.open(`/administration/people/${hub.screener.id}`);
    await visitor.click('Record that they have left');
    await visitor.press('They have left');
    const again = await visitor.press('Add the person', {
      ...{ Name: name, 'What your identity provider calls the person': subject, 'E-mail': 'sam@example.org' },
      ...{ Role: 'Auditor', 'Duty team': true },
    });
    expect(again.rowsOf('People, those who have left last')).toContainEqual([
      name,
      'auditor',
      'The hub',
      'sam@example.org',
      '',
    ]);
    const [one] = await hub.database
      .as(SERVICE)
      .rows<{ id: string }>(sql`SELECT id FROM staff_member WHERE subject = ${subject}`);
    expect(one!.id).toBe(hub.screener.id);
  });

  it('who leave while their decision waits for its sign-off hold nothing when it is returned', async () => {
    const reference = await hub.submit(aBruisedBaby());
    await hub.decides(hub.socialWorker, reference, { outcome: 'no_further_action', thresholdLevel: 1 });
    await visitor.open(`/administration/people/${hub.socialWorker.id}`);
    await visitor.click('Record that they have left');
    await visitor.press('They have left');
    await hub.returns(hub.otherManager, reference, 'Not yet.');
    expect((await hub.read(reference)).holder).toBeNull();
  });

  it('are never without a person of last resort, nor is an administrator removed by themselves', async () => {
    const { last_resort: last } = hub.onDuty;
    await visitor.open(`/administration/people/${last.id}`);
    await visitor.click('Record that they have left');
    const refused = await visitor.press('They have left');
    expect([refused.path, refused.text]).toEqual([
      `/administration/people/${last.id}`,
      expect.stringContaining('Nothing was recorded.'),
    ]);
    const own = (await visitor.open('/administration/people')).text;
    expect(own).toContain('administrator');
    const [me] = await hub.database
      .as(SERVICE)
      .rows<{ id: string }>(sql`SELECT id FROM staff_member WHERE role = 'administrator' AND is_active`);
    await visitor.open(`/administration/people/${me!.id}`);
    await visitor.click('Record that they have left');
    expect((await visitor.press('They have left')).text).toContain('You cannot say of yourself that you have left');
  });

  it('whose e-mail address does not work are marked, a partner too, until it is changed', async () => {
    const { partner } = await hub.anAgency('Loomgate Police');
    await hub.database
      .as(SERVICE)
      .run(sql`UPDATE staff_member SET email_failed_at = mash.now() WHERE id = ${partner.id}`);
    const page = await visitor.open('/administration/people');
    expect(page.text).toContain('Does not work');
    await visitor.open(`/administration/people/${partner.id}`);
    const wrong = await visitor.press('Change the address', { 'E-mail': 'no address' });
    expect([wrong.status, wrong.errors()]).toEqual([422, ['Enter an e-mail address, such as name@example.org']]);
    const changed = await visitor.press('Change the address', { 'E-mail': 'pat@police.example.org' });
    expect([changed.notices(), changed.text.includes('do not arrive')]).toEqual([
      ['The e-mail address is changed.'],
      false,
    ]);
  });
});

it('a program that was let in on the page gets a token', async () => {
  const api = await RunningApi.start(hub.url);
  try {
    const client = await AgencyClient.of(hub.database, hub.agency.agencyId);
    const body = new URLSearchParams({ ...FORM, client_assertion: await client.assertion() });
    expect((await api.send('POST', '/oauth2/token', { body })).status).toBe(200);
    expect((await visitor.open(SCHOOL())).rowsOf('Keys of Records system')[0]![4]).toBe('10am today');
  } finally {
    await api.stop();
  }
});
