import { randomUUID } from 'node:crypto';
import { Agencies } from '#access';
import type { RecordDecisionCommand } from '#decisions';
import { DEFAULT_POLICY, type LateReason, type Progression } from '#domain';
import { SubmitReferral } from '#referrals';
import { SERVICE } from '#store';
import { createHub, type Hub } from '../support/hub.ts';
import { aCoachMessagingChildren, aFamilyShortOfMoney, aFracturedToddler } from '../support/referrals.ts';

let hub: Hub;
beforeAll(async () => {
  hub = await createHub();
});
beforeEach(() => hub.reset());
afterAll(() => hub.drop());

const lastOf = async (reference: string) => (await hub.read(reference)).decisions.at(-1)!;

describe('what a decision counts as', () => {
  it('is nothing where it was not recorded, as is the source of its referral', async () => {
    const reference = await hub.submit(aCoachMessagingChildren());
    await hub.decides(hub.socialWorker, reference);
    await hub.countingWasNotRecorded();
    expect(await lastOf(reference)).toMatchObject({ progression: null, primaryNeed: null, lateReason: null });
    expect((await hub.read(reference)).sourceCode).toBeNull();
  });

  it.each<[Progression, RecordDecisionCommand['primaryNeed']]>([
    ['contact_only', null],
    ['contact_only', 'N4'],
    ['referral_no_further_action', 'N0'],
    ['referral', 'N9'],
  ])('is recorded as %s with the primary need %s, whatever the policy proposes', async (progression, primaryNeed) => {
    const reference = await hub.submit(aCoachMessagingChildren());
    await hub.decides(hub.socialWorker, reference, { outcome: 'early_help', progression, primaryNeed });
    expect(await lastOf(reference)).toMatchObject({ progression, primaryNeed });
    expect((await hub.recordOf('referral.decided')).at(-1)).toMatchObject({ progression, primaryNeed, isLate: false });
  });

  it.each<Progression>(['referral', 'referral_no_further_action'])(
    'is refused as %s without a primary need, and nothing is recorded',
    async (progression) => {
      const reference = await hub.submit(aCoachMessagingChildren());
      const decides = hub.decides(hub.socialWorker, reference, { progression, primaryNeed: null });
      await expect(decides).rejects.toMatchObject({ code: 'primary-need-missing' });
      expect((await hub.read(reference)).decisions).toEqual([]);
    },
  );

  it('is proposed by the policy in force', async () => {
    const reference = await hub.submit(aCoachMessagingChildren());
    const proposed = async () =>
      (await hub.preview.execute({ reference, outcome: 'early_help', thresholdLevel: 2, by: hub.socialWorker }))
        .proposedProgression;
    expect(await proposed()).toBe('contact_only');
    const progressions = { ...DEFAULT_POLICY.progressions, early_help: 'referral' as const };
    await publishes({ progressions });
    expect(await proposed()).toBe('referral');
  });
});

describe('a decision after its limit', () => {
  // Red is due at two in the afternoon; green on Thursday, and its statutory limit ends with Tuesday.
  it.each([
    ['a red at its due time', aFracturedToddler, '2026-11-23T14:00', null],
    ['a red a minute later', aFracturedToddler, '2026-11-23T14:01', 'staff_absence'],
    ['a green at its statutory limit', aFamilyShortOfMoney, '2026-11-25T00:00', null],
    ['a green after its statutory limit and before its due time', aFamilyShortOfMoney, '2026-11-25T00:01', 'staff_absence'],
  ])('has the reason that was given where it is late, and none where it is not: %s', async (_, referral, at, lateReason) => {
    const reference = await hub.submit(referral());
    await hub.moveTo(at);
    await hub.decides(hub.manager, reference, { lateReason: 'staff_absence', lateWords: 'Two were ill.' });
    const lateWords = lateReason === null ? null : 'Two were ill.';
    expect(await lastOf(reference)).toMatchObject({ wasLate: lateReason !== null, lateReason, lateWords });
  }); // prettier-ignore

  it.each([
    [null, '', null, null],
    [null, 'It snowed.', 'other', 'It snowed.'],
    ['struck_by_lightning', '', 'other', null],
  ])('is recorded with the reason %s and the words “%s”, and is never held up', async (given, words, code, kept) => {
    const reference = await hub.submit(aFracturedToddler());
    await hub.moveTo('2026-11-23T15:00');
    await hub.decides(hub.manager, reference, { lateReason: given, lateWords: words });
    expect(await lastOf(reference)).toMatchObject({ wasLate: true, lateReason: code, lateWords: kept });
  });

  it('is judged by the limits of the rating it has by then', async () => {
    const reference = await hub.submit(aFamilyShortOfMoney());
    await hub.rates(hub.socialWorker, reference, 'red');
    await hub.moveTo('2026-11-23T15:00');
    await hub.decides(hub.socialWorker, reference, { lateReason: 'other' });
    expect(await lastOf(reference)).toMatchObject({ wasLate: true, lateReason: 'other' });
  });

  it('is told by the limits of then also when the referral was made a red afterwards', async () => {
    const reference = await hub.submit(aFamilyShortOfMoney());
    await hub.moveTo('2026-11-23T15:00');
    await hub.decides(hub.socialWorker, reference, { outcome: 'no_further_action', thresholdLevel: 1 });
    await hub.moveTo('2026-11-23T16:00');
    await hub.returns(hub.manager, reference, 'The school has rung again.');
    await hub.rates(hub.socialWorker, reference, 'red');
    await hub.decides(hub.socialWorker, reference, { outcome: 'strategy_discussion', thresholdLevel: 4 });
    expect((await hub.read(reference)).decisions.map(({ wasLate }) => wasLate)).toEqual([false, true]);
  });

  it('is not what a decision in time becomes that is signed off after its limit', async () => {
    const reference = await hub.submit(aCoachMessagingChildren());
    await hub.decides(hub.socialWorker, reference, { outcome: 'no_further_action', thresholdLevel: 1 });
    await hub.moveTo('2026-11-26T10:00');
    await hub.signsOff(hub.manager, reference);
    expect(await lastOf(reference)).toMatchObject({ wasLate: false, lateReason: null });
    expect((await hub.read(reference)).responseTime).toMatchObject({ onTime: false });
  });

  it('keeps the words of its reason when the policy words it anew, or removes it', async () => {
    const reference = await hub.submit(aFracturedToddler());
    const other = { code: 'other', words: 'None of these' };
    await publishes({ lateReasons: [{ code: 'snow', words: 'Snow' }, other] });
    await hub.moveTo('2026-11-23T15:00');
    await hub.decides(hub.manager, reference, { lateReason: 'snow' });
    for (const lateReasons of [[{ code: 'snow', words: 'Any weather' }, other], [other]]) {
      await hub.moveBy({ minutes: 1 });
      await publishes({ lateReasons });
      expect(await lastOf(reference)).toMatchObject({ lateReason: 'snow', lateReasonWords: 'Snow' });
    }
  });
});

describe('the source of a referral', () => {
  const sourceOf = async (reference: string) => (await hub.read(reference)).sourceCode;

  it.each([
    ['6', '6'],
    ['5C', '5C'],
    ['9', '9'],
    ['unheard of', null],
    ['1a', null],
  ])('that comes from an agency with the code %s is %s, and the referral is received', async (sourceCode, source) => {
    const agency = { name: 'Another agency', kind: 'police', sourceCode };
    const agencyId = await new Agencies(hub.database).add(agency, SERVICE);
    const submission = { agencyId, idempotencyKey: randomUUID(), referral: aCoachMessagingChildren() };
    const { answer } = await hub.whole.get(SubmitReferral).execute(submission);
    expect(await sourceOf(answer.reference)).toBe(source);
  });

  it.each([
    ['agency', '2A'],
    ['1A', '1A'],
    ['1B', '1B'],
    ['1C', '1C'],
    ['1D', '1D'],
    ['9', '9'],
    ['10', '10'],
  ] as const)('that is taken down from %s is %s', async (caller, source) => {
    const { reference } = await hub.takeDown.execute({
      ...{ agencyId: hub.agency.agencyId, caller, formId: randomUUID(), referral: aCoachMessagingChildren() },
      ...{ receivedBy: 'telephone', by: hub.screener },
    });
    expect(await sourceOf(reference)).toBe(source);
  });

  it('makes a form that is sent again with another caller a form that was sent before', async () => {
    const form = {
      ...{ agencyId: hub.agency.agencyId, formId: randomUUID(), referral: aCoachMessagingChildren() },
      ...{ receivedBy: 'telephone' as const, by: hub.screener },
    };
    await hub.takeDown.execute({ ...form, caller: '1B' });
    await expect(hub.takeDown.execute({ ...form, caller: 'agency' })).rejects.toMatchObject({
      code: 'form-sent-before',
    });
  });
});

async function publishes(change: {
  lateReasons?: readonly LateReason[];
  progressions?: typeof DEFAULT_POLICY.progressions;
}) {
  await hub.publish.execute({
    version: { kind: 'policy', policy: { ...DEFAULT_POLICY, ...change } },
    ...{
      reason: 'Other words',
      effectiveFrom: null,
      seen: await hub.versionsOfPolicy(),
      formId: randomUUID(),
      by: hub.manager,
    },
  });
}
