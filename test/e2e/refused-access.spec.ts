import { randomUUID } from 'node:crypto';
import { addAgency } from '../support/agencies-and-staff.ts';
import { createHub, type Hub } from '../support/hub.ts';
import { aBruisedBaby, aRoutineAmber } from '../support/referrals.ts';
import { RunningApi } from '../support/running-api.ts';
import { A_STRANGER, RunningConsole } from '../support/running-console.ts';
import { refusalsOnRecord, suspendClients } from '../support/verbs/refusals.ts';

let hub: Hub;
let api: RunningApi;
let console: RunningConsole;
beforeAll(async () => {
  hub = await createHub();
});
// Each remembers what it has written of late.
beforeEach(async () => {
  await hub.reset();
  api = await RunningApi.start(hub.url);
  console = await RunningConsole.start(hub);
});
afterEach(async () => {
  await console.stop();
  await api.stop();
});
afterAll(() => hub.drop());

const onRecord = async () => (await refusalsOnRecord(hub.database)).map(({ act, details }) => [act, details]);

describe('the record says', () => {
  it('which credentials were rejected and why, and never the credential', async () => {
    const revoked = await addAgency(hub.database, 'Closed School');
    await suspendClients(hub.database, revoked.agencyId);
    await api.get('/api/v1/referrals/MASH-0000-0000');
    await api.get('/api/v1/referrals/MASH-0000-0000', 'mash_unknown');
    await api.get('/api/v1/referrals/MASH-0000-0000', revoked.token);
    await api.send('POST', '/api/v1/notify/receipts', { headers: { Authorization: 'Bearer guessed' } });
    expect(await onRecord()).toEqual([
      ['credential.rejected', { why: 'missing' }],
      ['credential.rejected', { why: 'unknown' }],
      ['credential.rejected', { why: 'suspended', clientId: expect.stringMatching(/^[\da-f-]{36}$/) }],
      ['credential.rejected', { why: 'notify' }],
    ]);
  });

  it('Z1: that an agency asked for a referral of another, and nothing of one that does not exist', async () => {
    const other = await addAgency(hub.database, 'Other School');
    const location = (await api.post(hub.agency.token, aBruisedBaby())).headers.get('Location')!;
    await api.get('/api/v1/referrals/MASH-0000-0000', other.token);
    expect(await onRecord()).toEqual([]);
    await api.get(location, other.token);
    expect(await refusalsOnRecord(hub.database)).toEqual([
      {
        act: 'access.refused',
        actorKind: 'agency',
        reference: location.split('/').at(-1),
        details: { code: 'not-found' },
      },
    ]);
  });

  it('Z4: that a person opened a page that their role may not open', async () => {
    const reference = await hub.submit(aRoutineAmber());
    const screener = await console.visitedBy(hub.screener);
    expect((await screener.get(`/referrals/${reference}/decision`)).status).toBe(404);
    expect((await screener.get('/workload')).status).toBe(404);
    expect((await screener.get('/nothing-here')).status).toBe(404);
    expect(await refusalsOnRecord(hub.database)).toEqual([
      {
        act: 'access.refused',
        actorKind: 'staff',
        reference,
        details: { code: 'not-found', action: 'referral:decide' },
      },
      {
        act: 'access.refused',
        actorKind: 'staff',
        reference: null,
        details: { code: 'not-found', action: 'workload:read' },
      },
    ]);
    const page = await screener.open(`/referrals/${reference}`);
    expect([page.status, page.text.includes('access.refused')]).toEqual([200, false]);
  });

  it.each([
    ['/workload', 'practice managers, service managers and heads of service'],
    ['/policy/change', 'practice managers, service managers and heads of service'],
    ['/oversight', 'practice managers, service managers, heads of service and auditors'],
  ])(
    'which role may open %s is said to a screener, with the status of a page that is not there',
    async (path, roles) => {
      const screener = await console.visitedBy(hub.screener);
      const page = await screener.open(path);
      expect([page.status, page.heading]).toEqual([404, 'This page is for other roles']);
      expect(page.text).toContain(`It is for ${roles}.`);
    },
  );

  it('the same words of a referral that is there and of one that is not', async () => {
    const reference = await hub.submit(aRoutineAmber());
    const screener = await console.visitedBy(hub.screener);
    const said = async (about: string) => {
      const { status, heading, text } = await screener.open(`/referrals/${about}/decision`);
      expect([status, heading]).toEqual([404, 'This page is for other roles']);
      return text.replaceAll(about, '');
    };
    expect(await said(reference)).toBe(await said('MASH-0000-0000'));
    expect((await screener.open('/referrals/MASH-0000-0000')).heading).toBe('Page not found');
  });

  it('nothing of roles to an agency', async () => {
    const answer = await api.get('/api/v1/referrals/MASH-0000-0000', hub.agency.token);
    expect([answer.status, JSON.stringify(answer.body)]).toEqual([404, expect.not.stringContaining('managers')]);
  });

  it('S8: which sign-ins failed', async () => {
    await console.visitor().get('/sign-in/callback?code=abc&state=def');
    await console.visitor().signInAs(A_STRANGER);
    expect(await onRecord()).toEqual([
      ['sign-in.failed', { why: 'not-begun' }],
      ['sign-in.failed', { why: 'unknown' }],
    ]);
  });

  it('an act that a form explains to its person was refused', async () => {
    const reference = await hub.submit(aBruisedBaby());
    const screener = await console.visitedBy(hub.screener, `/referrals/${reference}/rating`);
    const { pairs } = screener.page.sendingBy('Give this rating', { 'Why?': 'He is with his uncle, who is safe.' });
    const lowered = pairs.filter(([name]) => name !== 'rating');
    const answer = await screener.send('POST', `/referrals/${reference}/rating`, [...lowered, ['rating', 'green']]);
    expect(answer.status).toBe(409);
    expect((await refusalsOnRecord(hub.database)).map(({ reference: about, details }) => [about, details])).toEqual([
      [reference, { code: 'lowering-needs-a-manager' }],
    ]);
  });

  it('a flood of refused requests in two entries, the second with how many came again', async () => {
    for (let count = 0; count < 50; count++) await api.get('/api/v1/referrals/MASH-0000-0000', `mash_${randomUUID()}`);
    expect(await onRecord()).toEqual([['credential.rejected', { why: 'unknown' }]]);
    await api.stop();
    expect(await onRecord()).toEqual([
      ['credential.rejected', { why: 'unknown' }],
      ['credential.rejected', { why: 'unknown', again: 49 }],
    ]);
    api = await RunningApi.start(hub.url);
  });

  it('no more than a hundred different refusals of a short time one by one', async () => {
    const reference = await hub.submit(aRoutineAmber());
    const screener = await console.visitedBy(hub.screener);
    for (let count = 0; count < 130; count++) {
      const about = count === 0 ? reference : await hub.submit(aRoutineAmber());
      await screener.get(`/referrals/${about}/decision`);
    }
    const refusals = await refusalsOnRecord(hub.database);
    expect(refusals).toHaveLength(101);
    expect(refusals.at(-1)).toMatchObject({ reference: null, details: { others: true } });
  });
});

describe('a draft', () => {
  const saves = async (person: Hub['screener'], kind: string, subject: string) => {
    const visitor = await console.visitedBy(person);
    const token = /name="_csrf" value="([^"]+)"/.exec(visitor.page.html)![1]!;
    return visitor.send('POST', `/drafts/${kind}/${subject}`, [
      ['_csrf', token],
      ['rationale', 'typed'],
    ]);
  };

  it.each(['decision', 'rating', 'sign-off'])('of a %s is refused for a referral that does not exist', async (kind) => {
    expect((await saves(hub.manager, kind, 'MASH-0000-0000')).status).toBe(404);
    expect(await hub.draftsOf('MASH-0000-0000')).toEqual([]);
  });

  it.each([
    ['screener', 'decision', 404],
    ['screener', 'sign-off', 404],
    ['socialWorker', 'sign-off', 404],
    ['screener', 'rating', 204],
    ['socialWorker', 'decision', 204],
    ['manager', 'sign-off', 204],
  ] as const)('of a %s for a %s is answered with %d', async (person, kind, status) => {
    const reference = await hub.submit(aRoutineAmber());
    expect((await saves(hub[person], kind, reference)).status).toBe(status);
    expect(await hub.draftsOf(reference)).toHaveLength(status === 204 ? 1 : 0);
    const refused = (await refusalsOnRecord(hub.database)).map((one) => one.reference);
    expect(refused).toEqual(status === 204 ? [] : [reference]);
  });

  it.each(['referral', 'consultation', 'decision', 'search', 'nothing'])(
    'of kind %s is refused for a subject that is none',
    async (kind) => {
      for (const subject of ['x', '__proto__', 'MASH', 'mash-7k3f-9qxt', '%00']) {
        expect([400, 404]).toContain((await saves(hub.manager, kind, subject)).status);
      }
    },
  );
});
