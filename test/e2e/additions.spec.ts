import { createHub, type Hub } from '../support/hub.ts';
import { aCoachMessagingChildren, aRoutineAmber } from '../support/referrals.ts';
import { RunningApi, type Sent } from '../support/running-api.ts';
import { RunningConsole } from '../support/running-console.ts';
import { refusalsOnRecord } from '../support/verbs/refusals.ts';

let hub: Hub;
let api: RunningApi;
let console: RunningConsole;
beforeAll(async () => {
  hub = await createHub();
  console = await RunningConsole.start(hub);
});
beforeEach(async () => {
  await hub.reset();
  // Each remembers which refusals it has written of late.
  api = await RunningApi.start(hub.url);
});
afterEach(() => api.stop());
afterAll(async () => {
  await console.stop();
  await hub.drop();
});

const SAID_BY = 'Bernadette Owusu-Lacey';
const NEWS = { kind: 'information', words: 'She has a bruise today.', saidBy: SAID_BY };
const CORRECTION = { kind: 'correction', pointer: '/children/0/dateOfBirth', value: '2019-05-15', saidBy: SAID_BY };
const WITHDRAWAL = { reason: 'It was another child.', saidBy: SAID_BY };
const at = (reference: string, to = 'information') => `/api/v1/referrals/${reference}/${to}`;
const add = (reference: string, body: unknown, headers: Record<string, string> = {}, token = hub.agency.token) =>
  api.post(token, body, headers, at(reference));
const withdraw = (reference: string, body: unknown = WITHDRAWAL, token = hub.agency.token) =>
  api.post(token, body, {}, at(reference, 'withdrawal'));
const said = ({ status, body }: Sent) => ({ status, ...(body as object), instance: '' });
const faultsOf = ({ body }: Sent) =>
  (body as { errors: readonly { pointer: string; code: string }[] }).errors.map(({ pointer, code }) => [pointer, code]);
const timelineOf = async (reference: string) => (await hub.read(reference)).timeline.map(({ act }) => act);

describe('an addition to an own referral', () => {
  it('is stored beside what was submitted, and shown on its page, its decision, its sheet and its timeline', async () => {
    const reference = await hub.submit(aRoutineAmber());
    const { submitted, children } = await hub.read(reference);
    const sent = [await add(reference, NEWS), await add(reference, CORRECTION), await withdraw(reference)];
    expect(sent.map(({ status, body }) => [status, body])).toEqual([
      [201, { id: expect.any(String), reference, ...NEWS, addedAt: '2026-11-23T10:00:00Z' }],
      [201, { id: expect.any(String), reference, ...CORRECTION, addedAt: '2026-11-23T10:00:00Z' }],
      [
        201,
        {
          ...{ id: expect.any(String), reference, kind: 'withdrawal', words: WITHDRAWAL.reason, saidBy: SAID_BY },
          addedAt: '2026-11-23T10:00:00Z',
        },
      ],
    ]);
    const after = await hub.read(reference);
    expect([after.submitted, after.children, after.status]).toEqual([submitted, children, 'awaiting_decision']);
    const worker = await console.visitedBy(hub.socialWorker);
    for (const path of ['', '/decision', '/print', '/agencies']) {
      const { text } = await worker.open(`/referrals/${reference}${path}`);
      expect([path, text]).toEqual([path, expect.stringContaining('She has a bruise today.')]);
      expect([path, text]).toEqual([path, expect.stringMatching(/corrects, .*Child 1, date of birth: 2019-05-15/)]);
      expect([path, text]).toEqual([path, expect.stringContaining('withdraws the referral')]);
    }
    const { text: timeline } = await worker.open(`/referrals/${reference}/timeline`);
    expect(timeline).toContain('Withdrew the referral, which stays open until a person decides');
    expect(timeline).toContain('It was another child.');
    expect((await worker.open(`/referrals/${reference}/for-family`)).text).not.toContain('bruise');
  });

  it('tells a colleague who is deciding at that moment, before the decision is recorded', async () => {
    const reference = await hub.submit(aCoachMessagingChildren());
    const version = await hub.versionOf(reference);
    await add(reference, NEWS);
    await expect(hub.decides(hub.socialWorker, reference, { version })).rejects.toThrow('changed-meanwhile');
  });

  it('M16: is taken after the decision, and the decider is told and says what follows', async () => {
    const reference = await hub.submit(aCoachMessagingChildren());
    await hub.decides(hub.socialWorker, reference);
    await hub.moveBy({ minutes: 5 });
    for (const one of [await add(reference, NEWS), await withdraw(reference)]) expect(one.status).toBe(201);
    expect((await hub.read(reference)).status).toBe('decided');
    await hub.fireDue.execute();
    expect(await hub.alertsOfKind('late_answer')).toEqual([
      ['2026-11-23T10:05', 'owner'],
      ['2026-11-23T10:05', 'owner'],
    ]);
    const worker = await console.visitedBy(hub.socialWorker, '/alerts');
    expect(worker.page.text).toContain(`${reference}: An agency answered after the decision, or added to it`);
    const page = await worker.open(`/referrals/${reference}/agencies`);
    expect((await worker.press('I have read it')).wordsOfEach('.govuk-error-summary li')).toEqual([
      'Say what follows from it, such as: the decision stands',
    ]);
    const read = await worker.press('I have read it', { 'What follows from it?': 'The decision stands.' }, page);
    expect(read.text).toContain('Read by Sol Worker, 10:05am today: The decision stands.');
    await worker.press('I have read it', { 'What follows from it?': 'A child of another name.' });
    expect((await worker.open('/alerts')).text).not.toContain('or added to it');
    expect(await timelineOf(reference)).toContain('referral.read-addition');
    const again = await worker.press('I have read it', { 'What follows from it?': 'Once more.' }, page);
    expect(again.text).not.toContain('Once more. Read by');
  });

  it('calls for no reading any more when the decision that it came after is taken back', async () => {
    const reference = await hub.submit(aCoachMessagingChildren());
    await hub.decides(hub.socialWorker, reference);
    await add(reference, NEWS);
    await hub.takesBack(hub.socialWorker, reference);
    await hub.fireDue.execute();
    expect(await hub.alertsOfKind('late_answer')).toEqual([]);
    const worker = await console.visitedBy(hub.socialWorker, `/referrals/${reference}`);
    expect(worker.page.text).toContain('She has a bruise today.');
    expect(worker.page.text).not.toContain('after the decision');
  });

  it('M10, M11: is stored once for its key, and another body under the key is refused', async () => {
    const [reference, other] = [await hub.submit(aRoutineAmber()), await hub.submit(aRoutineAmber())];
    const key = { 'Idempotency-Key': 'k' };
    const first = await add(reference, NEWS, key);
    await hub.moveBy({ minutes: 1 });
    const again = await add(reference, NEWS, key);
    expect([again.status, again.body, again.headers.get('Idempotency-Replayed')]).toEqual([201, first.body, 'true']);
    for (const refused of [await add(reference, { ...NEWS, words: 'x' }, key), await add(other, NEWS, key)])
      expect(said(refused)).toMatchObject({ status: 422, type: 'urn:mash-triage:problem:idempotency-key-reused' });
    expect(await timelineOf(other)).not.toContain('referral.information-added');
    const at20 = { 'Idempotency-Key': 'at-once' };
    const all = await Promise.all(Array.from({ length: 20 }, () => add(reference, NEWS, at20)));
    expect(new Set(all.map(({ status, body }) => JSON.stringify([status, body])))).toHaveProperty('size', 1);
    expect((await timelineOf(reference)).filter((act) => act === 'referral.information-added')).toHaveLength(2);
  });

  it('M13: under the key of another agency is another addition', async () => {
    const other = await hub.anAgency('Loomgate Police');
    const theirs = await hub.submit(aRoutineAmber(), other.agencyId);
    const key = { 'Idempotency-Key': 'k' };
    expect((await add(await hub.submit(aRoutineAmber()), NEWS, key)).status).toBe(201);
    expect((await add(theirs, NEWS, key, other.token)).headers.get('Idempotency-Replayed')).toBeNull();
  });

  it('Z1: to a referral of another agency is answered as to none, and stored nowhere', async () => {
    const other = await hub.anAgency('Loomgate Police');
    const reference = await hub.submit(aRoutineAmber());
    const none = await add('MASH-0000-0000', NEWS, {}, other.token);
    expect(none.status).toBe(404);
    for (const theirs of [
      await add(reference, NEWS, {}, other.token),
      await withdraw(reference, WITHDRAWAL, other.token),
    ])
      expect(said(theirs)).toEqual(said(none));
    expect(await timelineOf(reference)).toEqual(['referral.submitted']);
    expect(await refusalsOnRecord(hub.database)).toMatchObject([{ act: 'access.refused', actorKind: 'agency' }]);
  });

  it.each<[string, unknown, [string, string][]]>([
    [
      'nothing',
      {},
      [
        ['/kind', 'required'],
        ['/saidBy', 'required'],
      ],
    ],
    ['a list', [], [['', 'object']]],
    ['no words', { kind: 'information', saidBy: 'x' }, [['/words', 'required']]],
    ['words with NUL', { ...NEWS, words: 'a\u0000' }, [['/words', 'invalid_text']]],
    ['10,001 characters', { ...NEWS, words: 'é'.repeat(10_001) }, [['/words', 'too_long']]],
    ['a status', { ...NEWS, status: 'closed' }, [['/status', 'unknown_property']]],
    ['the kind of a withdrawal', { ...NEWS, kind: 'withdrawal' }, [['/kind', 'not_in_list']]],
    ['a pointer to what is new', { ...NEWS, pointer: '/reportedAt' }, [['/pointer', 'contradiction']]],
    ['no right value', { ...CORRECTION, value: ' ' }, [['/value', 'required']]],
    ['no pointer', { ...CORRECTION, pointer: null }, [['/pointer', 'required']]],
    ...[
      '',
      '/',
      'children/0/upn',
      '/children',
      '/children/0',
      '/children/-/upn',
      '/children/00/upn',
      '/children/12/upn',
    ].map((pointer): [string, unknown, [string, string][]] => [
      `a pointer to "${pointer}"`,
      { ...CORRECTION, pointer: pointer === '' ? '#' : pointer },
      [['/pointer', 'no_such_field']],
    ]),
    [
      'a field of no child that was sent',
      { ...CORRECTION, pointer: '/children/1/upn' },
      [['/pointer', 'no_such_field']],
    ],
    ['a field of no referral', { ...CORRECTION, pointer: '/children/0/__proto__' }, [['/pointer', 'no_such_field']]],
  ])('with %s is refused with each place, and nothing is stored', async (_, body, faults) => {
    const reference = await hub.submit(aRoutineAmber());
    const sent = await add(reference, body);
    expect([sent.status, (sent.body as { type: string }).type]).toEqual([
      422,
      'urn:mash-triage:problem:invalid-addition',
    ]);
    expect(faultsOf(sent).toSorted()).toEqual(faults.toSorted());
    expect(await timelineOf(reference)).toEqual(['referral.submitted']);
  });

  it.each(['/senderReference', '/referrer/phone', '/concern/types', '/children/0/address/postcode', '/children/0/upn'])(
    'corrects %s, whether or not it was sent',
    async (pointer) => {
      expect((await add(await hub.submit(aRoutineAmber()), { ...CORRECTION, pointer })).status).toBe(201);
    },
  );

  it('X1: shows what was sent as it is', async () => {
    const reference = await hub.submit(aRoutineAmber());
    const hostile = '<script>alert(1)</script>{{7*7}}';
    await add(reference, { ...NEWS, words: hostile, saidBy: hostile });
    await add(reference, { ...CORRECTION, value: hostile });
    const worker = await console.visitedBy(hub.socialWorker, `/referrals/${reference}`);
    expect(worker.page.text.split(hostile)).toHaveLength(4);
  });
});
