import { randomUUID } from 'node:crypto';
import type { StaffActor } from '#access';
import { DEFAULT_LOCALITIES, type Outcome, type SubmittedReferral } from '#domain';
import { AnswerRoute, DecideAgain, PublishLocalities, ReadLocalities, ReadRoutes, SendOn } from '#routes';
import { SERVICE, sql } from '#store';
import { createHub, type Hub } from '../support/hub.ts';
import { aFracturedToddler, aPoorAttender } from '../support/referrals.ts';

let hub: Hub;
beforeAll(async () => void (hub = await createHub()));
beforeEach(() => hub.reset());
afterAll(() => hub.drop());

/** A family of the south, whose parent wants help. */
const inHyde = (address: object = { postcode: 'SK14 8ZZ' }): SubmittedReferral => aPoorAttender({ child: { address } });
const EARLY_HELP = {
  outcome: 'early_help',
  thresholdLevel: 2,
  progression: 'contact_only',
  primaryNeed: null,
} as const;

const decided = async (referral = inHyde(), decision: object = {}) => {
  const reference = await hub.submit(referral);
  await hub.decides(hub.socialWorker, reference, { ...EARLY_HELP, ...decision });
  return reference;
};
const routes = async (reference: string) =>
  (await hub.whole.get(ReadRoutes).ofReferral(reference, hub.socialWorker))?.routes ?? [];
const live = async (reference: string) => (await routes(reference))[0]!;
const answer = async (reference: string, more: object = {}, by: StaffActor = hub.screener) =>
  hub.whole.get(AnswerRoute).execute({
    ...{ reference, routeId: (await live(reference)).id, answer: 'accepted', answeredBy: 'Ros Team', answeredAt: null },
    ...{ reason: '', formId: randomUUID(), by, ...more },
  });
const returned = (reference: string) => answer(reference, { answer: 'returned', reason: 'They moved to Leeds.' });
const sendOn = async (reference: string, to: object) =>
  hub.whole.get(SendOn).execute({
    ...{ reference, routeId: (await live(reference)).id, team: '', recipient: '', reason: '' },
    ...{ formId: randomUUID(), by: hub.socialWorker, ...to },
  });
/** The open clocks of routes, with the groups that their next step tells and when. */
const clocks = () =>
  hub.database.as(SERVICE).rows<{ kind: string; dueAt: Temporal.Instant }>(sql`
    SELECT kind, due_at AS "dueAt" FROM deadline
    WHERE kind IN ('route_answer', 'first_response') AND state = 'open' ORDER BY due_at`);
const acts = async (reference: string) => (await hub.read(reference)).timeline.map(({ act }) => act);
const alerted = () =>
  hub.database.as(SERVICE).rows<{ told: readonly string[] }>(sql`
    SELECT a.told FROM alert a JOIN deadline d ON d.id = a.deadline_id WHERE d.kind = 'route_answer' ORDER BY a.fired_at`);

describe('a decision of early help', () => {
  it('sends the family to the team of its address in its own transaction, with two working days to answer', async () => {
    const reference = await decided();
    expect(await live(reference)).toMatchObject({
      ...{ kind: 'locality', team: 'south', teamName: 'South locality team', chosenBy: 'address', state: 'awaiting' },
      ...{ sentBy: 'Sol Worker', sentAt: hub.at('2026-11-23T10:00'), endedAt: null },
    });
    expect(await clocks()).toEqual([{ kind: 'route_answer', dueAt: (await live(reference)).dueAt }]);
    const { timeline } = await hub.read(reference);
    expect(timeline.find(({ act }) => act === 'route.sent')?.details).toMatchObject({ sentTo: 'South locality team' });
  });

  it('takes effect without a team where no list has the address, and its clock runs', async () => {
    for (const address of [{ postcode: 'LS1 4AP' }, { town: 'Leeds' }, { noFixedAbode: true }]) {
      const reference = await decided(inHyde(address));
      expect(await live(reference)).toMatchObject({ team: null, chosenBy: null, state: 'no_recipient' });
    }
    expect(await clocks()).toHaveLength(3);
    await hub.moveTo('2026-11-26T09:00');
    await hub.fireDue.execute();
    expect((await alerted()).length).toBe(3);
  });

  it('goes to the team that the decider chose, with a reason where the address gives another', async () => {
    const choice = { team: 'west', recipient: '', reason: 'Their school is in Denton.' };
    const reference = await decided(inHyde(), { route: choice });
    expect(await live(reference)).toMatchObject({ team: 'west', chosenBy: 'person', reason: choice.reason });
    const nowhere = await decided(inHyde({ postcode: 'LS1 4AP' }), { route: { ...choice, reason: '' } });
    expect(await live(nowhere)).toMatchObject({ team: 'west', chosenBy: 'person', reason: null });
    const same = await decided(inHyde(), { route: { ...choice, team: 'south', reason: '' } });
    expect(await live(same)).toMatchObject({ team: 'south', chosenBy: 'address' });
  });

  it.each([
    [{ team: 'west', recipient: '', reason: ' ' }, 'other-team-without-reason'],
    [{ team: 'nowhere', recipient: '', reason: 'A reason.' }, 'no-such-team'],
  ])('with the choice %j is refused as %s, and nothing is stored', async (route, code) => {
    const reference = await hub.submit(inHyde());
    await expect(hub.decides(hub.socialWorker, reference, { ...EARLY_HELP, route })).rejects.toMatchObject({ code });
    expect([await routes(reference), (await hub.read(reference)).decisions]).toEqual([[], []]);
  });

  it('that waits for sign-off sends the family when another person agrees, to the team that was chosen', async () => {
    const reference = await hub.submit(aFracturedToddler());
    const route = { team: 'west', recipient: '', reason: 'They live with an aunt in Denton.' };
    await hub.decides(hub.socialWorker, reference, { ...EARLY_HELP, route });
    expect(await routes(reference)).toEqual([]);
    expect((await hub.read(reference)).decisions).toMatchObject([
      { chosenRoute: { team: 'west', name: 'West locality team', reason: route.reason } },
    ]);
    await hub.signsOff(hub.manager, reference);
    expect(await live(reference)).toMatchObject({ team: 'west', sentBy: 'Mel Manager' });
  });

  it('that is taken back leaves no route and no clock, and sends the family anew when it is made again', async () => {
    const reference = await decided();
    await hub.takesBack(hub.socialWorker, reference);
    expect([await routes(reference), await clocks()]).toEqual([[], []]);
    await hub.decides(hub.socialWorker, reference, EARLY_HELP);
    expect(await routes(reference)).toMatchObject([{ team: 'south', state: 'awaiting' }]);
    expect(await clocks()).toHaveLength(1);
  });

  it('goes by the table in force when it takes effect', async () => {
    const [first, ...others] = DEFAULT_LOCALITIES.areas;
    const localities = { ...DEFAULT_LOCALITIES, areas: [{ ...first!, postcodes: ['SK14 8'] }, ...others] };
    const before = await decided();
    const publish = (seen: number) =>
      hub.whole.get(PublishLocalities).execute({
        ...{ localities, reason: 'The border moved.', seen, formId: randomUUID(), by: hub.manager },
      });
    expect(await publish(1)).toBe(2);
    await expect(publish(1)).rejects.toMatchObject({ code: 'localities-changed-meanwhile' });
    expect([(await live(before)).team, (await live(await decided())).team]).toEqual(['south', 'north']);
  });
});

describe('an answer of the team', () => {
  it('that accepts ends the clock, with who said it and when', async () => {
    const reference = await decided();
    await hub.moveBy({ hours: 2 });
    await answer(reference, { answeredAt: hub.at('2026-11-23T11:00') });
    expect(await live(reference)).toMatchObject({
      ...{
        state: 'accepted',
        answeredBy: 'Ros Team',
        answeredAt: hub.at('2026-11-23T11:00'),
        recordedBy: 'Sam Screener',
      },
    });
    expect(await clocks()).toEqual([]);
    await expect(answer(reference)).rejects.toMatchObject({ code: 'route-not-awaited' });
  });

  it('that accepts can be followed by another team, with a reason, where the first hands the family back', async () => {
    const reference = await decided();
    await answer(reference);
    await expect(sendOn(reference, { team: 'west', reason: '' })).rejects.toMatchObject({
      code: 'sent-on-without-reason',
    });
    await sendOn(reference, { team: 'west', reason: 'They moved to Denton.' });
    expect(await live(reference)).toMatchObject({ team: 'west', state: 'awaiting' });
    expect(await clocks()).toHaveLength(1);
  });

  it.each([['2026-11-23T09:58'], ['2026-11-23T10:01']])(
    'of %s is refused: before it was sent, or ahead',
    async (at) => {
      const reference = await decided();
      await expect(answer(reference, { answeredAt: hub.at(at) })).rejects.toMatchObject({
        code: 'answered-at-another-time',
      });
    },
  );

  it('is of the route that was on the page, and of none that no team has', async () => {
    const reference = await decided();
    const before = (await live(reference)).id;
    await sendOn(reference, { team: 'west', reason: 'They moved.' });
    await expect(answer(reference, { routeId: before })).rejects.toMatchObject({ code: 'route-changed-meanwhile' });
    const nowhere = await decided(inHyde({ postcode: 'LS1 4AP' }));
    await expect(answer(nowhere)).rejects.toMatchObject({ code: 'route-not-awaited' });
  });

  it('that does not come in two working days alerts the manager, and again', async () => {
    await decided();
    await hub.moveTo('2026-11-25T09:59');
    await hub.fireDue.execute();
    expect(await alerted()).toEqual([]);
    await hub.moveTo('2026-11-25T10:00');
    await hub.fireDue.execute();
    expect(await alerted()).toEqual([{ told: ['practice_manager'] }]);
    await hub.moveTo('2026-11-27T12:00');
    await hub.fireDue.execute();
    expect((await alerted()).length).toBe(2);
  });
});

describe('a family that a team returns', () => {
  it('is told to the hub at once, and stands in the list until it is sent on', async () => {
    const reference = await decided();
    const waiting = async () => (await hub.waitingFor(hub.manager)).routes;
    expect(await waiting()).toBe(0);
    await returned(reference);
    expect(await waiting()).toBe(1);
    await hub.fireDue.execute();
    expect(await alerted()).toEqual([{ told: ['practice_manager'] }]);
    const list = () => hub.whole.get(ReadRoutes).list({ state: 'returned', team: '' }, 'Europe/London', hub.manager);
    expect((await list()).routes).toMatchObject([{ reference, answerReason: 'They moved to Leeds.' }]);
    const { timeline } = await hub.read(reference);
    expect(timeline.find(({ act }) => act === 'route.returned')).toMatchObject({ note: 'They moved to Leeds.' });
    await hub.moveBy({ hours: 1 });
    await sendOn(reference, { team: 'west', reason: 'The aunt in Denton has them.' });
    expect((await list()).routes).toEqual([]);
    expect(await routes(reference)).toMatchObject([
      { team: 'west', state: 'awaiting', chosenBy: 'person' },
      { team: 'south', state: 'ended', answer: 'returned', endReason: 'sent_on' },
    ]);
    expect(await clocks()).toMatchObject([{ dueAt: (await live(reference)).dueAt }]);
  });

  it('is decided again, which opens the referral and ends the route; another decision sends it elsewhere', async () => {
    const reference = await decided();
    await returned(reference);
    const decideAgain = async () =>
      hub.whole.get(DecideAgain).execute({
        ...{ reference, routeId: (await live(reference)).id, formId: randomUUID(), by: hub.socialWorker },
      });
    await decideAgain();
    expect(await hub.read(reference)).toMatchObject({ status: 'awaiting_decision', holder: null });
    expect([await acts(reference), await clocks()]).toEqual([
      expect.arrayContaining(['referral.reopened-by-route', 'route.returned']),
      [],
    ]);
    await expect(decideAgain()).rejects.toMatchObject({ code: 'route-changed-meanwhile' });
    await hub.decides(hub.manager, reference, {
      ...{ outcome: 'transfer_to_other_authority', thresholdLevel: 3 },
      route: { team: '', recipient: 'Leeds City Council', reason: '' },
    });
    expect(await routes(reference)).toMatchObject([
      { kind: 'other_authority', recipient: 'Leeds City Council', state: 'awaiting' },
      { kind: 'locality', state: 'ended', endReason: 'decided_again' },
    ]);
    expect(await hub.invariants.execute()).toEqual([]);
  });

  it('needs a reason to be sent on, and a team that there is', async () => {
    const reference = await decided();
    await returned(reference);
    await expect(sendOn(reference, { team: 'west' })).rejects.toMatchObject({ code: 'sent-on-without-reason' });
    await expect(sendOn(reference, { team: 'x', reason: 'A' })).rejects.toMatchObject({ code: 'no-such-team' });
    expect(await live(reference)).toMatchObject({ state: 'returned' });
  });
});

it('a person chooses the team later where none was known, without a reason', async () => {
  const reference = await decided(inHyde({ postcode: 'LS1 4AP' }));
  expect((await hub.waitingFor(hub.screener)).routes).toBe(1);
  await sendOn(reference, { team: 'east' });
  expect((await hub.waitingFor(hub.screener)).routes).toBe(0);
  expect(await routes(reference)).toMatchObject([
    { team: 'east', state: 'awaiting' },
    { team: null, state: 'ended' },
  ]);
  expect(await acts(reference)).toContain('route.chosen');
  expect(await clocks()).toHaveLength(1);
});

describe('other outcomes', () => {
  it.each<[Outcome, string, string, string]>([
    ['to_allocated_worker', 'allocated_worker', 'no_recipient', '2026-11-24'],
    ['transfer_to_other_authority', 'other_authority', 'no_recipient', '2026-11-25'],
    ['refer_to_lado', 'lado', 'awaiting', '2026-11-24'],
    ['edge_of_care', 'edge_of_care', 'awaiting', '2026-11-24'],
  ])('of %s send the family on as %s, which stands as %s and is due on %s', async (outcome, kind, state, day) => {
    const reference = await decided(inHyde(), {
      outcome,
      thresholdLevel: 3,
      progression: 'referral',
      primaryNeed: 'N1',
    });
    const route = await live(reference);
    expect(route).toMatchObject({ kind, state, team: null });
    // The end of a working day is midnight, or closing: a minute before it is that day.
    const due = route.dueAt.subtract({ minutes: 1 }).toZonedDateTimeISO('Europe/London').toPlainDate();
    expect(due.toString()).toBe(day);
    expect(await clocks()).toHaveLength(1);
  });

  it.each(['child_and_family_assessment', 'strategy_discussion', 'immediate_protection'] as const)(
    'of %s send it nowhere',
    async (outcome) => {
      const reference = await decided(inHyde(), {
        outcome,
        thresholdLevel: 4,
        progression: 'referral',
        primaryNeed: 'N1',
      });
      if ((await hub.read(reference)).status !== 'decided') await hub.signsOff(hub.manager, reference);
      expect([await routes(reference), await clocks()]).toEqual([[], []]);
    },
  );
});

it('the table that migration 0045 stores is the one of the code', async () => {
  const { version, localities } = await hub.whole.get(ReadLocalities).inForce(hub.auditor);
  expect([version, localities]).toEqual([1, DEFAULT_LOCALITIES]);
});

it('a form of a route that is sent twice acts once', async () => {
  const reference = await decided();
  const [formId, { id: routeId }] = [randomUUID(), await live(reference)];
  const twice = { formId, routeId, answer: 'returned', reason: 'No agreement.' };
  await answer(reference, twice);
  await answer(reference, twice);
  expect((await acts(reference)).filter((act) => act === 'route.returned')).toHaveLength(1);
});
