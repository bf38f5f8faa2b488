import { randomUUID } from 'node:crypto';
import { DEFAULT_POLICY, OUTCOMES, type Outcome, type SubmittedReferral, type ThresholdLevel } from '#domain';
import { createHub, type Hub } from '../support/hub.ts';
import { aCoachMessagingChildren, aFracturedToddler, aPoorAttender } from '../support/referrals.ts';

let hub: Hub;
beforeAll(async () => void (hub = await createHub()));
beforeEach(() => hub.reset());
afterAll(() => hub.drop());

const RED = 'red_ends_at_early_help_or_less';
const DANGER = 'danger_ends_at_early_help_or_less';
const inDanger = () => aCoachMessagingChildren({ immediateDanger: true });
type Decision = { readonly outcome: Outcome; readonly thresholdLevel: ThresholdLevel };
const at = (outcome: Outcome, thresholdLevel: ThresholdLevel): Decision => ({ outcome, thresholdLevel });
const previewOf = (reference: string, decision: Decision) =>
  hub.preview.execute({ reference, ...decision, by: hub.manager });

describe.each<[string, () => SubmittedReferral, readonly string[]]>([
  // A child in danger now is a red by the rules.
  ['a red', aFracturedToddler, [RED]],
  ['a child in danger now', inDanger, [RED, DANGER]],
  ['a green', aPoorAttender, []],
])('a decision on %s', (_, referral, guards) => {
  it.each<[Outcome, ThresholdLevel]>([
    ['no_further_action', 1],
    ['advice_and_signposting', 3],
    ['returned_to_referrer', 4],
    ['early_help', 2],
    ['early_help', 3],
    ['child_and_family_assessment', 2],
    ['strategy_discussion', 1],
    ['immediate_protection', 2],
    ['to_allocated_worker', 1],
  ])('of %s at level %i has a page to read, and waits for another person where it must', async (outcome, level) => {
    const reference = await hub.submit(referral());
    const { pauseFor, signOffReasons } = await previewOf(reference, at(outcome, level));
    expect([pauseFor, signOffReasons]).toEqual([
      expect.arrayContaining([...guards]),
      expect.arrayContaining([...guards]),
    ]);
    expect(await hub.decides(hub.manager, reference, at(outcome, level))).toEqual(signOffReasons);
    const { status } = await hub.read(reference);
    if (guards.length > 0) expect(status).toBe('awaiting_sign_off');
    else expect(status).toBe(signOffReasons.length > 0 ? 'awaiting_sign_off' : 'decided');
    if (guards.length === 0) expect(pauseFor).toEqual([]);
  });
});

describe('one manager alone cannot drop a red', () => {
  const dropped = async (reference: string) => (await hub.read(reference)).status === 'decided';
  const drops = (reference: string) => hub.decides(hub.manager, reference, at('early_help', 2));

  it('by lowering it first', async () => {
    const reference = await hub.submit(aFracturedToddler());
    await hub.rates(hub.manager, reference, 'amber');
    expect((await previewOf(reference, at('early_help', 2))).pauseFor).toContain(RED);
    expect(await drops(reference)).toEqual(expect.arrayContaining([RED, 'rating_lowered']));
    expect(await dropped(reference)).toBe(false);
  });

  it('by lowering it in one step of two, or in two steps of one', async () => {
    const reference = await hub.submit(aFracturedToddler());
    const refused = { code: 'lowering-needs-another-manager' };
    await expect(hub.rates(hub.manager, reference, 'green')).rejects.toMatchObject(refused);
    expect((await hub.read(reference)).rating).toBe('red');
    await hub.rates(hub.manager, reference, 'amber');
    await expect(hub.rates(hub.manager, reference, 'green')).rejects.toMatchObject(refused);
    await hub.rates(hub.manager, reference, 'amber');
    await expect(hub.rates(hub.manager, reference, 'green')).rejects.toMatchObject(refused);
    await hub.rates(hub.screener, reference, 'red');
    await hub.rates(hub.manager, reference, 'amber');
    await expect(hub.rates(hub.manager, reference, 'green')).rejects.toMatchObject(refused);
    expect((await hub.read(reference)).rating).toBe('amber');
  });

  it('by raising and lowering what began as green', async () => {
    const reference = await hub.submit(aPoorAttender());
    await hub.rates(hub.manager, reference, 'red');
    await expect(hub.rates(hub.manager, reference, 'green')).rejects.toMatchObject({
      code: 'lowering-needs-another-manager',
    });
  });

  it('Z6: by signing off alone, or by taking back and deciding again', async () => {
    const reference = await hub.submit(aFracturedToddler());
    await drops(reference);
    await expect(hub.signsOff(hub.manager, reference)).rejects.toMatchObject({ code: 'decider-cannot-sign-off' });
    await hub.takesBack(hub.manager, reference);
    expect(await drops(reference)).toContain(RED);
    await expect(hub.signsOff(hub.manager, reference)).rejects.toMatchObject({ code: 'decider-cannot-sign-off' });
    expect(await dropped(reference)).toBe(false);
  });

  it('by deciding again after another manager has returned the decision', async () => {
    const reference = await hub.submit(aFracturedToddler());
    await drops(reference);
    await hub.returns(hub.otherManager, reference, 'Ask the hospital.');
    expect(await drops(reference)).toContain(RED);
    await hub.takesBack(hub.manager, reference);
    expect(await drops(reference)).toContain(RED);
    expect(await dropped(reference)).toBe(false);
  });

  it('by taking down a red by telephone', async () => {
    const { reference } = await hub.takeDown.execute({
      ...{ agencyId: hub.agency.agencyId, formId: randomUUID(), referral: aFracturedToddler() },
      ...{ caller: 'agency', receivedBy: 'telephone', by: hub.manager },
    });
    expect(await drops(reference)).toContain(RED);
    expect(await dropped(reference)).toBe(false);
  });

  it('by publishing a policy without that rule', async () => {
    const policy = { ...DEFAULT_POLICY, signOff: { neededWhen: [] } };
    await expect(
      hub.publish.execute({
        version: { kind: 'policy', policy },
        ...{ reason: 'Quicker', effectiveFrom: null, seen: 1, formId: randomUUID(), by: hub.manager },
      }),
    ).rejects.toThrow(RangeError);
  });
});

describe('a second manager', () => {
  it('lowers to green what the first has lowered from red, and its clocks follow', async () => {
    const reference = await hub.submit(aFracturedToddler());
    await hub.rates(hub.manager, reference, 'amber');
    await hub.rates(hub.otherManager, reference, 'green');
    const { rating, ratings } = await hub.read(reference);
    expect([rating, ratings.map(({ by }) => by)]).toEqual(['green', [null, hub.manager.name, hub.otherManager.name]]);
    const { signOffReasons, pauseFor } = await previewOf(reference, at('early_help', 2));
    expect([signOffReasons, pauseFor]).toEqual([['rating_lowered'], []]);
  });

  it('lets a red end as no further action, by signing it off', async () => {
    const reference = await hub.submit(aFracturedToddler());
    await hub.decides(hub.manager, reference, at('no_further_action', 1));
    await hub.signsOff(hub.otherManager, reference);
    expect((await hub.read(reference)).status).toBe('decided');
  });
});

describe('the preview of lowering a rating', () => {
  it('gives the due times before and after, and writes nothing', async () => {
    const reference = await hub.submit(aFracturedToddler());
    const version = await hub.versionOf(reference);
    const ask = (by: typeof hub.manager, rating: 'red' | 'amber' | 'green') =>
      hub.previewLowering.execute({ reference, rating, by });
    const lowering = await ask(hub.manager, 'amber');
    expect(lowering).toMatchObject({ from: 'red', to: 'amber' });
    expect([lowering!.dueNow, lowering!.dueThen].map(String)).toEqual(['2026-11-23T14:00:00Z', '2026-11-24T10:00:00Z']);
    expect([await ask(hub.manager, 'red'), await ask(hub.manager, 'green'), await ask(hub.screener, 'amber')]).toEqual([
      ...[null, null, null],
    ]);
    expect(await hub.versionOf(reference)).toBe(version);
    await hub.rates(hub.manager, reference, 'amber');
    expect((await hub.decisionDueAt(reference)).equals(lowering!.dueThen)).toBe(true);
  });
});

describe('an outcome and a level that contradict each other', () => {
  const contradictory = DEFAULT_POLICY.contradictions.flatMap(({ outcome, levels }) =>
    levels.map((level) => [outcome, level] as const),
  );

  it.each(contradictory)('are refused without a reason: %s at level %i', async (outcome, level) => {
    const reference = await hub.submit(aCoachMessagingChildren());
    expect((await previewOf(reference, at(outcome, level))).contradicts).toBe(true);
    const decide = (contradictionReason: string) =>
      hub.decides(hub.manager, reference, { ...at(outcome, level), contradictionReason });
    for (const silent of ['', ' \n ']) {
      await expect(decide(silent)).rejects.toMatchObject({ code: 'contradiction-without-reason' });
    }
    expect((await hub.read(reference)).decisions).toEqual([]);
    await decide('He moved away yesterday.');
    expect((await hub.read(reference)).decisions).toMatchObject([{ contradictionReason: 'He moved away yesterday.' }]);
  });

  it('are the ones of the policy, and no others', async () => {
    const reference = await hub.submit(aCoachMessagingChildren());
    const others = OUTCOMES.flatMap((outcome) =>
      ([1, 2, 3, 4] as const).map((level) => [outcome, level] as const),
    ).filter(([outcome, level]) => !contradictory.some(([o, l]) => o === outcome && l === level));
    for (const [outcome, level] of others) {
      expect([outcome, level, (await previewOf(reference, at(outcome, level))).contradicts]).toEqual([
        ...[outcome, level, false],
      ]);
    }
    await hub.decides(hub.manager, reference, { ...at('early_help', 2), contradictionReason: '' });
    expect((await hub.read(reference)).decisions).toMatchObject([{ contradictionReason: null }]);
  });
});

it('the policy in force, and no older one, says which decisions need sign-off', async () => {
  const neededWhen = DEFAULT_POLICY.signOff.neededWhen.filter((reason) => reason !== 'no_further_action');
  const reference = await hub.submit(aCoachMessagingChildren());
  await hub.publish.execute({
    version: { kind: 'policy', policy: { ...DEFAULT_POLICY, signOff: { neededWhen } } },
    ...{ reason: 'Tried out', effectiveFrom: null, seen: 1, formId: randomUUID(), by: hub.manager },
  });
  expect(await hub.decides(hub.socialWorker, reference, at('no_further_action', 1))).toEqual([]);
});
