import { randomUUID } from 'node:crypto';
import { CheckCaseSystem, type FoundInCaseSystem } from '#children';
import { DEFAULT_POLICY, OUTCOMES, type CaseResult, type Outcome } from '#domain';
import { createHub, type Hub } from '../support/hub.ts';
import { aCoachMessagingChildren, aFamilyShortOfMoney } from '../support/referrals.ts';

let hub: Hub;
beforeAll(async () => void (hub = await createHub()));
beforeEach(() => hub.reset());
afterAll(() => hub.drop());

const found = (position: number, result: CaseResult, more: Partial<FoundInCaseSystem> = {}): FoundInCaseSystem => ({
  ...{ position, result, caseNumber: '', worker: '', team: '' },
  reason: result === 'not_checked' ? 'The system is down.' : '',
  ...(result === 'open' ? { worker: 'Ann Lee' } : {}),
  ...more,
});
const check = (reference: string, children: readonly FoundInCaseSystem[], formId: string = randomUUID()) =>
  hub.whole.get(CheckCaseSystem).execute({ reference, children, formId, by: hub.socialWorker });
const publish = (...askedBefore: readonly Outcome[]) =>
  hub.publish.execute({
    version: { kind: 'policy', policy: { ...DEFAULT_POLICY, caseCheck: { askedBefore } } },
    ...{ reason: 'Children were open', effectiveFrom: null, seen: 1, formId: randomUUID(), by: hub.manager },
  });
const decide = (reference: string, outcome: Outcome, openCaseReason?: string) =>
  hub.decides(hub.manager, reference, {
    outcome,
    thresholdLevel: 2,
    ...(openCaseReason === undefined ? {} : { openCaseReason }),
  });
const checksOf = async (reference: string) =>
  (await hub.read(reference)).caseChecks.map(({ position, result }) => [position, result]);

describe('a look in the case system', () => {
  it('is kept beside the one before, by whom and when, and tells who has the referral open', async () => {
    const reference = await hub.submit(aFamilyShortOfMoney());
    const version = await hub.versionOf(reference);
    await check(reference, [found(0, 'not_known', { worker: 'Never kept' }), found(1, 'not_checked')]);
    await hub.moveBy({ minutes: 5 });
    const open = { caseNumber: '77 12', worker: 'Ann Lee', team: 'North' };
    await check(reference, [found(1, 'open', { ...open, reason: 'Never kept' })]);
    const { caseChecks, timeline, version: now } = await hub.read(reference);
    const by = 'Sol Worker';
    const none = { caseNumber: null, worker: null, team: null, reason: null };
    expect(caseChecks).toMatchObject([
      { position: 1, result: 'open', ...open, reason: null, by },
      { position: 0, result: 'not_known', ...none, by },
      { position: 1, result: 'not_checked', ...none, reason: 'The system is down.', by },
    ]);
    expect(now).toBe(version + 2);
    expect(timeline.filter(({ act }) => act === 'child.case-checked').map(({ details }) => details['checks'])).toEqual([
      ['2 open'],
      ['1 not_known', '2 not_checked'],
    ]);
  });

  it('is kept once when its form is sent twice, and is refused for a child that the referral has not', async () => {
    const reference = await hub.submit(aCoachMessagingChildren());
    const formId = randomUUID();
    await check(reference, [found(0, 'closed')], formId);
    await check(reference, [found(0, 'closed')], formId);
    await expect(check(reference, [found(0, 'open')], formId)).rejects.toMatchObject({ code: 'form-sent-before' });
    for (const strange of [[found(11, 'open')], [found(0, 'open'), found(0, 'closed')], []])
      await expect(check(reference, strange)).rejects.toMatchObject({ code: 'not-found' });
    expect(await checksOf(reference)).toEqual([[0, 'closed']]);
  });
});

describe('a decision before which the policy asks for the case system', () => {
  it('is refused while a child of the referral has not been looked for, and is recorded after that', async () => {
    await publish('early_help');
    const reference = await hub.submit(aFamilyShortOfMoney());
    await expect(decide(reference, 'early_help')).rejects.toMatchObject({ code: 'case-system-not-checked' });
    await check(reference, [found(0, 'not_known')]);
    await expect(decide(reference, 'early_help')).rejects.toMatchObject({ code: 'case-system-not-checked' });
    expect((await hub.read(reference)).decisions).toEqual([]);
    // That it could not be checked is a check, with its reason.
    await check(reference, [found(1, 'not_checked')]);
    await decide(reference, 'early_help');
    expect((await hub.read(reference)).decisions).toMatchObject([{ outcome: 'early_help', openCaseReason: null }]);
  });

  it.each(OUTCOMES)('never waits where a child is in danger now: %s', async (outcome) => {
    await publish(...OUTCOMES);
    const reference = await hub.submit(aCoachMessagingChildren({ immediateDanger: true }));
    await decide(reference, outcome);
    expect((await hub.read(reference)).decisions).toMatchObject([{ outcome }]);
  });

  it.each(OUTCOMES)('never waits where it protects at once, and waits otherwise: %s', async (outcome) => {
    await publish(...OUTCOMES);
    const reference = await hub.submit(aCoachMessagingChildren());
    if (outcome === 'immediate_protection' || outcome === 'strategy_discussion') await decide(reference, outcome);
    else await expect(decide(reference, outcome)).rejects.toMatchObject({ code: 'case-system-not-checked' });
  });

  it('does not wait by the shipped policy', async () => {
    const reference = await hub.submit(aCoachMessagingChildren());
    await decide(reference, 'early_help');
    expect((await hub.read(reference)).decisions).toHaveLength(1);
  });
});

describe('a decision about a child with an open case', () => {
  it('goes to the allocated worker without a reason', async () => {
    const reference = await hub.submit(aCoachMessagingChildren());
    await check(reference, [found(0, 'open')]);
    await decide(reference, 'to_allocated_worker', '');
    expect((await hub.read(reference)).decisions).toMatchObject([{ openCaseReason: null }]);
  });

  it('goes elsewhere only with a reason, which is kept with it', async () => {
    const reference = await hub.submit(aCoachMessagingChildren());
    await check(reference, [found(0, 'open')]);
    for (const silent of [undefined, '', ' \n '])
      await expect(decide(reference, 'early_help', silent)).rejects.toMatchObject({ code: 'open-case-without-reason' });
    await decide(reference, 'early_help', 'The case closes today.');
    expect((await hub.read(reference)).decisions).toMatchObject([{ openCaseReason: 'The case closes today.' }]);
  });

  it('needs no reason once the case is found to be closed', async () => {
    const reference = await hub.submit(aCoachMessagingChildren());
    await check(reference, [found(0, 'open')]);
    await check(reference, [found(0, 'closed')]);
    await decide(reference, 'early_help');
    expect((await hub.read(reference)).decisions).toHaveLength(1);
  });
});
