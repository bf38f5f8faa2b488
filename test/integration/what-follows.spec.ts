import { randomUUID } from 'node:crypto';
import { ReadIncident, SaySameIncident } from '#children';
import { EndSameIncident, type RecordDecisionCommand } from '#decisions';
import { ReadFeedback } from '#feedback';
import { DecideAgain, ReadRoutes } from '#routes';
import { SERVICE, sql } from '#store';
import { createHub, type Hub } from '../support/hub.ts';
import { aCoachMessagingChildren, aRoutineAmber } from '../support/referrals.ts';

let hub: Hub;
beforeAll(async () => {
  hub = await createHub();
});
beforeEach(() => hub.reset());
afterAll(() => hub.drop());

const ANN = { firstName: 'Ann', lastName: 'Vale', dateOfBirth: '2015-04-03' };
const ZOE = { ...ANN, firstName: 'Zoe' };
const HELP = { outcome: 'early_help', thresholdLevel: 2, progression: 'contact_only', primaryNeed: null } as const;
const DISCUSSION = { outcome: 'strategy_discussion', thresholdLevel: 4 } as const;
const NOTHING = { outcome: 'no_further_action', thresholdLevel: 1 } as const;

const refer = async (...children: object[]) => {
  await hub.moveBy({ minutes: 1 });
  const reference = await hub.submit(aCoachMessagingChildren({ children: children }));
  await hub.linkEarlier(reference);
  return reference;
};
const clocksOf = async (reference: string) =>
  (
    await hub.database.as(SERVICE).rows<{ kind: string }>(sql`
      SELECT kind FROM deadline WHERE state = 'open' AND subject LIKE ${`${reference} %`} ORDER BY kind`)
  ).map(({ kind }) => kind);
const same = (one: string, other: string) =>
  hub.whole.get(SaySameIncident).execute({ one, other, formId: randomUUID(), by: hub.socialWorker });
const seen = async (reference: string) => ({
  ...{ reference, version: await hub.versionOf(reference), confirmsRating: await hub.ratingOf(reference) },
});
const decides = (reference: string, decision: Partial<RecordDecisionCommand>) =>
  hub.decides(hub.socialWorker, reference, { noDiscussionReason: 'The school is told.', ...decision });
const child = (position: number, other: typeof DISCUSSION | typeof HELP | null) => ({
  ...{ position, leftOutBecause: null },
  other: other && { outcome: other.outcome, thresholdLevel: other.thresholdLevel },
});

describe('the outcome of one child of several', () => {
  it.each([
    ['a strategy discussion', DISCUSSION, 'strategy_discussion'],
    ['early help', HELP, 'route_answer'],
  ])('that is %s is followed as if the decision were', async (_, other, kind) => {
    const reference = await refer(ANN, ZOE);
    await decides(reference, { ...NOTHING, children: [child(0, null), child(1, other)] });
    await hub.signsOff(hub.otherManager, reference);
    expect(await clocksOf(reference)).toContain(kind);
  });
});

const signsOff = (reference: string) => hub.signsOff(hub.otherManager, reference);
const parts = async (reference: string) => {
  const [said] = await hub.whole.get(ReadIncident).execute(reference, hub.socialWorker);
  await hub.whole.get(EndSameIncident).execute({
    ...{ said: said!.id, reason: 'Two nights.', formId: randomUUID(), by: hub.socialWorker },
  });
};
const decideAgain = async (reference: string) => {
  const { routes } = (await hub.whole.get(ReadRoutes).ofReferral(reference, hub.manager))!;
  const command = { reference, routeId: routes.at(-1)!.id, formId: randomUUID(), by: hub.socialWorker };
  await hub.whole.get(DecideAgain).execute(command);
};

describe.each([
  ['discussion', 'strategy_discussion', DISCUSSION],
  ['route', 'route_answer', HELP],
])('reports of one incident have one %s', (_, kind, decision) => {
  let first: string;
  let second: string;
  beforeEach(async () => {
    [first, second] = [await refer(ANN), await refer(ANN)];
    await same(first, second);
  });
  /** Whether the first and the second have one. */
  const has = async () => [(await clocksOf(first)).includes(kind), (await clocksOf(second)).includes(kind)];

  it('where they are decided one after the other', async () => {
    await decides(second, decision);
    await decides(first, decision);
    expect(await has()).toEqual([false, true]);
  });

  it('where they are decided at the same moment by two persons', async () => {
    await Promise.all([
      decides(first, decision),
      hub.decides(hub.manager, second, { noDiscussionReason: 'x', ...decision }),
    ]);
    expect((await has()).filter(Boolean)).toHaveLength(1);
  });

  it('where the second takes effect before the first, which waits for its sign-off', async () => {
    await hub.rates(hub.manager, first, 'red');
    await hub.rates(hub.manager, first, 'amber');
    await decides(first, { ...decision, together: [await seen(second)] });
    expect(await has()).toEqual([false, true]);
    await signsOff(first);
    expect(await has()).toEqual([false, true]);
  });

  it('each where a person says that they are of two incidents after all', async () => {
    await decides(first, { ...decision, together: [await seen(second)] });
    await parts(first);
    expect(await has()).toEqual([true, true]);
  });

  it('which the second has where the decision on the first is taken back', async () => {
    await hub.rates(hub.manager, second, 'red');
    await hub.rates(hub.manager, second, 'amber');
    await decides(first, { ...decision, together: [await seen(second)] });
    await signsOff(second);
    expect(await has()).toEqual([true, false]);
    await hub.takesBack(hub.socialWorker, first);
    expect([await has(), (await hub.read(second)).status]).toEqual([[false, true], 'decided']);
  });
});

it('a report that followed another has a route of its own when the other is decided again to have none', async () => {
  const [first, second] = [await refer(ANN), await refer(ANN)];
  await same(first, second);
  await decides(first, { ...HELP, together: [await seen(second)] });
  await decideAgain(first);
  await decides(first, NOTHING);
  await signsOff(first);
  expect([await clocksOf(first), await clocksOf(second)]).toEqual([['feedback'], ['feedback', 'route_answer']]);
});

describe('reports of one incident that are decided together', () => {
  it('have one discussion, and the second its own while the decision on the first is not in effect', async () => {
    const [first, second] = [await refer(ANN), await refer(ANN)];
    await same(first, second);
    await hub.rates(hub.manager, first, 'red');
    await hub.rates(hub.manager, first, 'amber');
    await decides(first, { ...HELP, together: [await seen(second)] });
    expect([(await hub.read(first)).status, (await hub.read(second)).status]).toEqual(['awaiting_sign_off', 'decided']);
    expect(await clocksOf(second)).toContain('route_answer');
    await hub.returns(hub.otherManager, first, 'Not yet.');
    expect(await clocksOf(second)).toContain('route_answer');
  });

  it('follow the first where its decision is in effect', async () => {
    const [first, second] = [await refer(ANN), await refer(ANN)];
    await same(first, second);
    await decides(first, { ...DISCUSSION, together: [await seen(second)] });
    expect([(await clocksOf(first)).includes('strategy_discussion'), await clocksOf(second)]).toEqual([
      true,
      ['feedback'],
    ]);
  });

  it('are decided for all children alike, or one by one', async () => {
    const [first, second] = [await refer(ANN, ZOE), await refer(ANN, ZOE)];
    await same(first, second);
    const children = [child(0, null), { position: 1, leftOutBecause: 'Lives elsewhere.', other: null }];
    await expect(decides(first, { ...HELP, children, together: [await seen(second)] })).rejects.toMatchObject({
      code: 'together-is-the-same-for-all',
    });
    expect((await hub.read(first)).status).toBe('awaiting_decision');
  });

  it('tell a member of the public nothing that was written for a professional', async () => {
    const first = await refer(ANN);
    const reasonToReferrer = 'The mother drinks.';
    await decides(first, { ...HELP, reasonToReferrer });
    const own = (await hub.whole.get(ReadFeedback).ofReferral(first, hub.manager)).map(({ words }) => words.reason);
    expect(own).toEqual([reasonToReferrer]);
    await hub.database.as(SERVICE).run(sql`UPDATE agency SET source_code = '1B'`);
    const second = await refer({ ...ANN, firstName: 'Bo' });
    await decides(second, { ...HELP, reasonToReferrer });
    const [theirs] = await hub.whole.get(ReadFeedback).ofReferral(second, hub.manager);
    expect([theirs!.audience, JSON.stringify(theirs).includes(reasonToReferrer)]).toEqual(['public', false]);
  });
});

it('a referral that comes back and is decided again owes one answer, and its requests have clocks again', async () => {
  const { agencyId } = await hub.anAgency('Loomgate Police');
  const reference = await refer(ANN);
  await hub.asks(hub.screener, reference, agencyId);
  await decides(reference, HELP);
  const { routes } = (await hub.whole.get(ReadRoutes).ofReferral(reference, hub.manager))!;
  const routeId = routes[0]!.id;
  expect(await clocksOf(reference)).toEqual(['feedback', 'route_answer']);
  await hub.whole.get(DecideAgain).execute({ reference, routeId, formId: randomUUID(), by: hub.socialWorker });
  expect(await clocksOf(reference)).toEqual(['information_request']);
  await decides(reference, NOTHING);
  await hub.signsOff(hub.otherManager, reference);
  expect(await clocksOf(reference)).toEqual(['feedback']);
});

it('an answer that comes after the due time is late, also when a decision had stopped the clock before', async () => {
  const { agencyId, partner } = await hub.anAgency('Loomgate Police');
  const reference = await hub.submit(aRoutineAmber());
  const request = await hub.asks(hub.screener, reference, agencyId);
  await decides(reference, HELP);
  expect((await hub.partners.own.execute(partner)).answers).toMatchObject({ asked: 1, decidedWithout: 1, overdue: 0 });
  await hub.moveBy({ hours: 7 * 24 });
  await hub.answers(partner, request);
  expect((await hub.partners.own.execute(partner)).answers).toMatchObject({ inTime: 0, late: 1, decidedWithout: 0 });
});

it('a late answer tells no person any more when the decision that it came after is taken back', async () => {
  const { agencyId, partner } = await hub.anAgency('Loomgate Police');
  const reference = await hub.submit(aRoutineAmber());
  const request = await hub.asks(hub.screener, reference, agencyId);
  await decides(reference, HELP);
  await hub.moveBy({ seconds: 10 });
  await hub.answers(partner, request);
  expect(await clocksOf(reference)).toContain('late_answer');
  await hub.takesBack(hub.socialWorker, reference);
  expect(await clocksOf(reference)).not.toContain('late_answer');
  expect((await hub.requestsOf(reference))[0]!.answers).toMatchObject([{ cameAfterDecision: false }]);
});

it('an open request of a referral that was decided a month ago is on no list of the agency', async () => {
  const { agencyId, partner } = await hub.anAgency('Loomgate Police');
  const reference = await hub.submit(aRoutineAmber());
  await hub.asks(hub.screener, reference, agencyId);
  await decides(reference, HELP);
  expect((await hub.partners.own.execute(partner)).open).toHaveLength(1);
  await hub.moveBy({ hours: 31 * 24 });
  expect((await hub.partners.own.execute(partner)).open).toEqual([]);
});

it('an answer to a request that was withdrawn in time is not late', async () => {
  const { agencyId, partner } = await hub.anAgency('Loomgate Police');
  const reference = await hub.submit(aRoutineAmber());
  const request = await hub.asks(hub.screener, reference, agencyId);
  await hub.partners.withdraw.execute({ request, reason: 'x', formId: randomUUID(), by: hub.screener });
  await hub.moveBy({ hours: 30 });
  await hub.answers(partner, request);
  expect((await hub.partners.own.execute(partner)).answers).toMatchObject({ late: 0, withdrawn: 1 });
});
