import { randomUUID } from 'node:crypto';
import { ANSWER_KINDS, HANDLINGS, POWERS } from '#domain';
import { createHub, type Hub } from '../support/hub.ts';
import { aBruisedBaby, aCoachMessagingChildren, aRoutineAmber } from '../support/referrals.ts';
import { RunningApi, type Sent } from '../support/running-api.ts';
import { refusalsOnRecord } from '../support/verbs/refusals.ts';

interface Shown {
  readonly id: string;
  readonly reference: string;
  readonly state: string;
  readonly dueAt: string;
  readonly power: string;
  readonly children: readonly object[];
  readonly answers: readonly Readonly<Record<string, string>>[];
}
type Agency = Awaited<ReturnType<Hub['anAgency']>>;

let hub: Hub;
let api: RunningApi;
let police: Agency;
let health: Agency;
beforeAll(async () => {
  hub = await createHub();
});
beforeEach(async () => {
  await hub.reset();
  // Each remembers which refusals it has written of late.
  api = await RunningApi.start(hub.url);
  [police, health] = [await hub.anAgency('Loomgate Police'), await hub.anAgency('Loomgate Health')];
});
afterEach(() => api.stop());
afterAll(() => hub.drop());

const PATH = '/api/v1/information-requests';
const NOTHING_KNOWN = { kind: 'nothing_known', handling: 'receiving_service' };
const list = async ({ token }: Agency) => {
  const { status, body } = await api.get(PATH, token);
  expect(status).toBe(200);
  return (body as { requests: readonly Shown[] }).requests;
};
const open = ({ token }: Agency, id: string, headers: Record<string, string> = {}) =>
  api.send('GET', `${PATH}/${id}`, { headers: { Authorization: `Bearer ${token}`, ...headers } });
const answer = ({ token }: Agency, id: string, body: unknown) => api.post(token, body, {}, `${PATH}/${id}/answers`);
const asks = async (agency: Agency, referral = aRoutineAmber(), more = {}) =>
  hub.asks(hub.screener, await hub.submit(referral), agency.agencyId, more);
const withdraws = (request: string) =>
  hub.partners.withdraw.execute({ request, reason: 'The family moved', formId: randomUUID(), by: hub.screener });
const faultsOf = ({ body }: Sent) =>
  ((body as { errors?: readonly { pointer: string; code: string }[] }).errors ?? []).map(({ pointer, code }) => [
    pointer,
    code,
  ]);
const said = ({ status, body }: Sent) => ({ status, ...(body as object), instance: '' });

describe('an agency', () => {
  it('lists the requests to it, those that are due first at the top, then what was settled in 30 days', async () => {
    await hub.moveTo('2026-11-23T10:00');
    const long = await asks(police, aRoutineAmber());
    await answer(police, long, NOTHING_KNOWN);
    await hub.moveTo('2026-12-22T10:00');
    const withdrawn = await asks(police, aRoutineAmber());
    await withdraws(withdrawn);
    const amber = await asks(police, aRoutineAmber());
    const red = await asks(police, aBruisedBaby());
    const shown = (await list(police)).map(({ id, state }) => [id, state]);
    expect(shown).toEqual([
      [red, 'open'],
      [amber, 'open'],
      [withdrawn, 'withdrawn'],
      [long, 'answered'],
    ]);
    await hub.moveTo('2026-12-23T10:01');
    expect((await list(police)).map(({ id }) => id)).toEqual([red, amber, withdrawn]);
    // What was asked long ago and is settled now is there.
    await hub.moveTo('2027-02-01T10:00');
    await answer(police, red, NOTHING_KNOWN);
    expect((await list(police)).map(({ id, state }) => [id, state])).toEqual([
      [amber, 'open'],
      [red, 'answered'],
    ]);
    expect(await list(health)).toEqual([]);
  });

  it.each(POWERS)('reads what it is asked under %s, and nothing of the people of the hub', async (power) => {
    const id = await asks(police, aRoutineAmber(), { power, whatFor: 'Known?', whyNow: 'A meeting.' });
    await hub.answers(hub.screener, id, { kind: 'known', words: 'Two reports.', saidBy: 'PC Amos' });
    const sent = await open(police, id);
    expect(sent.body).toEqual({
      id,
      reference: expect.stringMatching(/^MASH-/),
      state: 'answered',
      children: [expect.objectContaining({ name: expect.any(String) })],
      whatFor: 'Known?',
      whyNow: 'A meeting.',
      power,
      askedAt: '2026-11-23T10:00:00Z',
      dueAt: '2026-11-23T16:00:00Z',
      answers: [
        { kind: 'known', words: 'Two reports.', handling: 'receiving_service', answeredAt: '2026-11-23T10:00:00Z' },
      ],
    });
    expect([sent.body, await list(police)].map((one) => JSON.stringify(one)).join()).not.toMatch(/Sam Screener/);
    expect((await list(police))[0]).toEqual(sent.body);
  });

  it('that has the request as it stands gets 304, until what it is shown changes', async () => {
    const id = await asks(police, aCoachMessagingChildren());
    const tag = (await open(police, id)).headers.get('ETag')!;
    expect(tag).toMatch(/^"[\w-]{22}"$/);
    const again = await open(police, id, { 'If-None-Match': tag });
    expect([again.status, again.body, again.headers.get('ETag')]).toEqual([304, null, tag]);
    const [{ reference }] = (await list(police)) as [Shown];
    await hub.decides(hub.socialWorker, reference);
    await hub.moveBy({ minutes: 1 });
    expect((await open(police, id, { 'If-None-Match': tag })).status).toBe(304);
    const answered = await answer(police, id, NOTHING_KNOWN);
    const changed = await open(police, id, { 'If-None-Match': tag });
    expect([changed.status, changed.headers.get('ETag')]).toEqual([200, answered.headers.get('ETag')]);
  });

  it('sees and answers its own requests and none of another agency, however they stand', async () => {
    const states = ['open', 'answered', 'withdrawn', 'decided'] as const;
    const own = new Map<Agency, [string, string][]>([
      [police, []],
      [health, []],
    ]);
    for (const state of states) {
      const reference = await hub.submit(aCoachMessagingChildren());
      for (const agency of [police, health]) {
        const id = await hub.asks(hub.screener, reference, agency.agencyId);
        own.get(agency)!.push([id, state === 'decided' ? 'open' : state]);
        if (state === 'answered') await hub.answers(agency.partner, id);
        if (state === 'withdrawn') await withdraws(id);
      }
      if (state === 'decided') await hub.decides(hub.socialWorker, reference);
    }
    const none = await open(police, randomUUID());
    const noAnswer = await answer(police, randomUUID(), NOTHING_KNOWN);
    expect([none.status, noAnswer.status]).toEqual([404, 404]);
    for (const [agency, other] of [
      [police, health],
      [health, police],
    ] as const) {
      const listed = (await list(agency)).map(({ id, state }) => [id, state]);
      expect(listed.toSorted()).toEqual(own.get(agency)!.toSorted());
      for (const [id, state] of own.get(agency)!) {
        const { body } = await open(agency, id);
        expect([state, (body as Shown).state]).toEqual([state, state]);
        expect(said(await open(other, id))).toEqual(said(none));
        expect((await open(other, id, { 'If-None-Match': '*' })).status).toBe(404);
        expect(said(await answer(other, id, NOTHING_KNOWN))).toEqual(said(noAnswer));
        expect(((await open(agency, id)).body as Shown).answers).toEqual((body as Shown).answers);
      }
      for (const [id, state] of own.get(agency)!) {
        const { status, body } = await answer(agency, id, { ...NOTHING_KNOWN, kind: 'known', words: 'As asked' });
        const { state: after, answers } = body as Shown;
        expect([status, after, answers.at(-1)!['words']]).toEqual([
          201,
          state === 'withdrawn' ? 'withdrawn' : 'answered',
          'As asked',
        ]);
      }
    }
    expect((await refusalsOnRecord(hub.database)).map(({ act, actorKind }) => [act, actorKind])).toContainEqual([
      'access.refused',
      'agency',
    ]);
  });

  it('that asks for a request that does not exist leaves no refusal on the record, and of another one', async () => {
    const id = await asks(police);
    for (const nothing of [randomUUID(), 'x', '%00', '__proto__', 'MASH-0000-0000', id.toUpperCase()]) {
      expect([nothing, (await open(health, nothing)).status]).toEqual([nothing, 404]);
      expect([nothing, (await answer(health, nothing, NOTHING_KNOWN)).status]).toEqual([nothing, 404]);
    }
    expect(await refusalsOnRecord(hub.database)).toEqual([]);
    await open(health, id);
    expect(await refusalsOnRecord(hub.database)).toMatchObject([
      { act: 'access.refused', actorKind: 'agency', details: { code: 'not-found' } },
    ]);
  });

  it.each(['?state=open', '?page=2', '?a'])('that adds %s to an address is refused', async (query) => {
    const id = await asks(police);
    const sent = [
      await api.get(`${PATH}${query}`, police.token),
      await api.get(`${PATH}/${id}${query}`, police.token),
      await api.post(police.token, NOTHING_KNOWN, {}, `${PATH}/${id}/answers${query}`),
    ];
    expect(sent.map(({ status }) => status)).toEqual([400, 400, 400]);
    expect(((await open(police, id)).body as Shown).state).toBe('open');
  });

  it('is counted for lists and answers by the limit of readings, and not by that of referrals', async () => {
    const id = await asks(police);
    const policies = [
      await api.get(PATH, police.token),
      await open(police, id),
      await answer(police, id, NOTHING_KNOWN),
    ].map(({ headers }) => headers.get('RateLimit-Policy'));
    expect(policies).toEqual(Array.from({ length: 3 }, () => '"readings";q=600;w=60'));
  });
});

describe('an answer', () => {
  it('of each kind and handling ends the clock and is shown as it was sent', async () => {
    for (const kind of ANSWER_KINDS) {
      for (const handling of HANDLINGS) {
        const id = await asks(police);
        const sent = { kind, words: 'Zoë, 2\nlines', leadWorker: 'PC Amos', lastContactOn: '2026-11-23', handling };
        const stored = await answer(police, id, sent);
        const { state, answers } = stored.body as Shown;
        expect([stored.status, state, answers]).toEqual([
          201,
          'answered',
          [{ ...sent, answeredAt: '2026-11-23T10:00:00Z' }],
        ]);
        const [request] = await hub.requestsOf((stored.body as Shown).reference);
        expect(request!.isRunning).toBe(false);
      }
    }
  });

  it('that comes again is stored once, and another one is added', async () => {
    const id = await asks(police);
    const known = { kind: 'known', words: 'Two reports.', handling: 'hub_only' };
    const first = await answer(police, id, known);
    await hub.moveBy({ minutes: 5 });
    for (const again of [known, { ...known, leadWorker: '  ', lastContactOn: null }]) {
      const { status, body } = await answer(police, id, again);
      expect([status, body]).toEqual([201, first.body]);
    }
    const more = (await answer(police, id, { ...known, words: 'Three reports.' })).body as Shown;
    expect(more.answers.map(({ words }) => words)).toEqual(['Two reports.', 'Three reports.']);
    expect(await hub.recordOf('information.answered')).toHaveLength(2);
  });

  it.each<[string, unknown, [string, string][]]>([
    [
      'nothing',
      {},
      [
        ['/kind', 'required'],
        ['/handling', 'required'],
      ],
    ],
    ['a list', [], [['', 'object']]],
    ['text', '"known"', [['', 'object']]],
    ['known without words', { kind: 'known', handling: 'hub_only' }, [['/words', 'required']]],
    [
      'refused with blank words',
      { kind: 'refused', handling: 'hub_only', words: ' \n\u200B' },
      [['/words', 'required']],
    ],
    ['words that are a number', { kind: 'known', handling: 'hub_only', words: 7 }, [['/words', 'text']]],
    ['words with NUL', { kind: 'known', handling: 'hub_only', words: 'a\u0000' }, [['/words', 'invalid_text']]],
    ['10,001 characters', { kind: 'known', handling: 'hub_only', words: 'é'.repeat(10_001) }, [['/words', 'too_long']]],
    [
      'a lead worker of 201 characters',
      { ...NOTHING_KNOWN, leadWorker: 'x'.repeat(201) },
      [['/leadWorker', 'too_long']],
    ],
    ['an unknown property', { ...NOTHING_KNOWN, saidBy: 'x' }, [['/saidBy', 'unknown_property']]],
    [
      'a property of the prototype',
      '{"__proto__":{},"kind":"nothing_known","handling":"hub_only"}',
      [['/__proto__', 'unknown_property']],
    ],
    ['another kind', { ...NOTHING_KNOWN, kind: 'maybe' }, [['/kind', 'not_in_list']]],
    ['another handling', { ...NOTHING_KNOWN, handling: 'secret' }, [['/handling', 'not_in_list']]],
    ['a contact tomorrow', { ...NOTHING_KNOWN, lastContactOn: '2026-11-24' }, [['/lastContactOn', 'in_the_future']]],
    ['a contact in 1999', { ...NOTHING_KNOWN, lastContactOn: '1999-12-31' }, [['/lastContactOn', 'too_long_ago']]],
    ['a contact on 29 February 2025', { ...NOTHING_KNOWN, lastContactOn: '2025-02-29' }, [['/lastContactOn', 'date']]],
    ['a contact the other way round', { ...NOTHING_KNOWN, lastContactOn: '02/10/2025' }, [['/lastContactOn', 'date']]],
    [
      'a contact with a time',
      { ...NOTHING_KNOWN, lastContactOn: '2025-10-02T10:00:00Z' },
      [['/lastContactOn', 'date']],
    ],
    ['a contact that is a number', { ...NOTHING_KNOWN, lastContactOn: 20251002 }, [['/lastContactOn', 'date']]],
    ['101 items in a list', { ...NOTHING_KNOWN, words: Array(101).fill('x') }, [['/words', 'too_many']]],
    [
      'several faults',
      { kind: 'known', handling: 1, leadWorker: [], lastContactOn: '2999-01-01', x: 1 },
      [
        ['/x', 'unknown_property'],
        ['/leadWorker', 'text'],
        ['/handling', 'not_in_list'],
        ['/words', 'required'],
        ['/lastContactOn', 'in_the_future'],
      ],
    ],
  ])('with %s is refused with each place, and nothing is stored', async (_, body, faults) => {
    const id = await asks(police);
    const sent = await answer(police, id, body);
    expect([sent.status, (sent.body as { type: string }).type]).toEqual([
      422,
      'urn:mash-triage:problem:invalid-answer',
    ]);
    expect(faultsOf(sent).toSorted()).toEqual(faults.toSorted());
    expect(((await open(police, id)).body as Shown).state).toBe('open');
  });

  it.each([
    ['5,000 names', JSON.stringify(Object.fromEntries(Array.from({ length: 5_000 }, (_, at) => [`n${at}`, 1])))],
    ['lists nested 50,000 deep', `${'['.repeat(50_000)}${']'.repeat(50_000)}`],
  ])('with %s is refused as an answer, not as a referral', async (_, body) => {
    const sent = await answer(police, await asks(police), body);
    expect([sent.status, (sent.body as { type: string }).type]).toEqual([
      422,
      'urn:mash-triage:problem:invalid-answer',
    ]);
  });

  it.each(['2000-01-01', '2024-02-29', '2026-11-23'])(
    'with a last contact on %s is accepted',
    async (lastContactOn) => {
      const { status, body } = await answer(police, await asks(police), { ...NOTHING_KNOWN, lastContactOn });
      expect([status, (body as Shown).answers[0]!['lastContactOn']]).toEqual([201, lastContactOn]);
    },
  );

  it('with as much text as the contract allows is accepted', async () => {
    const most = { kind: 'known', words: '👩'.repeat(10_000), leadWorker: 'é'.repeat(200), handling: 'not_on_file' };
    expect((await answer(police, await asks(police), most)).status).toBe(201);
  });

  it('is judged by the local date of the hub at midnight in summer', async () => {
    await hub.moveTo('2027-06-10T00:30');
    const today = { ...NOTHING_KNOWN, lastContactOn: '2027-06-10' };
    expect((await answer(police, await asks(police), today)).status).toBe(201);
  });
});
