import { randomUUID } from 'node:crypto';
import { ReadIncident, SaySameIncident } from '#children';
import { DecideAndTakeNext, EndSameIncident } from '#decisions';
import { createHub, type Hub } from '../support/hub.ts';
import { aCoachMessagingChildren } from '../support/referrals.ts';

let hub: Hub;
beforeAll(async () => void (hub = await createHub()));
let minute = 0;
beforeEach(async () => {
  minute = 0;
  await hub.reset();
});
afterAll(() => hub.drop());

const ANN = { firstName: 'Ann', lastName: 'Vale', dateOfBirth: '2015-04-03' };
/** A minute after the one before, so that it is the later one. */
const refer = async (child: object = ANN, more: object = {}) => {
  minute += 1;
  await hub.moveTo(`2026-11-23T10:${String(minute).padStart(2, '0')}`);
  const reference = await hub.submit({ ...aCoachMessagingChildren(), ...more, children: [child] });
  await hub.linkEarlier(reference);
  return reference;
};
const say = (one: string, other: string, formId: string = randomUUID()) =>
  hub.whole.get(SaySameIncident).execute({ one, other, formId, by: hub.socialWorker });
const said = (reference: string) => hub.whole.get(ReadIncident).execute(reference, hub.socialWorker);
const part = async (one: string, other: string) => {
  const found = (await said(one)).find((each) => [each.one, each.other].sort().join() === [one, other].sort().join());
  const command = { said: found!.id, reason: 'Another night.', formId: randomUUID(), by: hub.socialWorker };
  await hub.whole.get(EndSameIncident).execute(command);
  return command.said;
};
const HELP = { outcome: 'early_help', thresholdLevel: 2 } as const;
const signOffOf = async (reference: string) =>
  (await hub.preview.execute({ reference, ...HELP, by: hub.socialWorker })).signOffReasons;
const reportsOf = async (reference: string) => (await hub.read(reference)).reports.map((one) => one.reference).sort();

describe('two referrals of which a person says that they report one incident', () => {
  it('are reports beside one another, and neither is a re-referral', async () => {
    const [first, second] = [await refer(), await refer()];
    expect(await signOffOf(second)).toEqual(['re_referral_within_12_months']);
    await say(second, first);
    expect(await signOffOf(second)).toEqual([]);
    const page = await hub.read(second);
    expect([page.earlier, page.reports.map(({ reference }) => reference)]).toEqual([[], [first]]);
    expect([(await hub.read(first)).later, await reportsOf(first)]).toEqual([[], [second]]);
    expect(page.timeline[0]).toMatchObject({ act: 'incident.joined', details: { other: first } });
  });

  it('count as one contact for a third, and as two again when that is taken back', async () => {
    const [first, second, third] = [await refer(), await refer(), await refer()];
    const both = ['re_referral_within_12_months', 'third_contact_within_12_months'];
    expect(await signOffOf(third)).toEqual(both);
    const version = await hub.versionOf(third);
    await say(first, second);
    expect(await signOffOf(third)).toEqual(['re_referral_within_12_months']);
    expect(await hub.versionOf(third)).toBeGreaterThan(version);
    await say(second, third);
    expect([await signOffOf(third), await reportsOf(third)]).toEqual([[], [first, second].sort()]);
    await part(first, second);
    expect([await signOffOf(third), await reportsOf(third)]).toEqual([['re_referral_within_12_months'], [second]]);
    await part(second, third);
    expect([await signOffOf(third), await reportsOf(third)]).toEqual([both, []]);
  });

  it('are refused a second time, also by way of a third, with themselves, and without a child in common', async () => {
    const [first, second, third] = [await refer(), await refer(), await refer()];
    const other = await refer({ firstName: 'Bo', lastName: 'Carr', dateOfBirth: '2012-01-02' }, { adults: [] });
    await say(first, second);
    await say(third, second);
    await expect(say(second, first)).rejects.toMatchObject({ code: 'one-incident-already' });
    await expect(say(first, third)).rejects.toMatchObject({ code: 'one-incident-already' });
    await expect(say(first, first)).rejects.toMatchObject({ code: 'not-found' });
    await expect(say(first, 'MASH-0000-0000')).rejects.toMatchObject({ code: 'not-found' });
    await expect(say(first, other)).rejects.toMatchObject({ code: 'nothing-in-common' });
  });

  it('are put together once by a form that is sent twice, and by two persons at once', async () => {
    const [first, second] = [await refer(), await refer()];
    const form = randomUUID();
    await say(first, second, form);
    await say(first, second, form);
    expect(await said(first)).toHaveLength(1);
    const ended = await part(first, second);
    await expect(
      hub.whole
        .get(EndSameIncident)
        .execute({ said: ended, reason: 'Again.', formId: randomUUID(), by: hub.socialWorker }),
    ).rejects.toMatchObject({ code: 'not-found' });
    const results = await Promise.allSettled([say(first, second), say(second, first)]);
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });
});

describe('a decision on one report', () => {
  const seen = async (reference: string) => ({
    ...{ reference, version: await hub.versionOf(reference), confirmsRating: await hub.ratingOf(reference) },
  });

  it('decides the ticked others with it, each with its own decision, response time and rules of sign-off', async () => {
    const [first, second] = [await refer(), await refer()];
    const baby = await refer({ ...ANN, dateOfBirth: '2026-06-03', nhsNumber: '9990000018' });
    const third = await refer({ ...ANN, nhsNumber: '9990000018' });
    await say(first, second);
    await say(second, third);
    await say(third, baby);
    await hub.moveTo('2026-11-23T11:00');
    const together = [await seen(second), await seen(baby)];
    const nothing = { outcome: 'early_help', thresholdLevel: 2 } as const;
    await hub.decides(hub.socialWorker, first, { ...nothing, together });
    const [one, other, young] = [await hub.read(first), await hub.read(second), await hub.read(baby)];
    expect(one.decisions).toMatchObject([{ outcome: 'early_help', decidedWith: null }]);
    expect(other.decisions).toMatchObject([
      { outcome: 'early_help', thresholdLevel: 2, rationale: `Decided with ${first}.`, decidedWith: first },
    ]);
    expect([one.responseTime!.elapsedMinutes, other.responseTime!.elapsedMinutes]).toEqual([59, 58]);
    expect([young.status, young.decisions[0]!.signOffReasons]).toEqual([
      'awaiting_sign_off',
      ['child_under_one_or_unborn'],
    ]);
    expect((await hub.read(third)).status).toBe('awaiting_decision');
  });

  it('keeps the rule of sign-off of each: a report that a person lowered waits, the others do not', async () => {
    const [first, second] = [await refer(), await refer()];
    await say(first, second);
    await hub.rates(hub.manager, second, 'green');
    await hub.decides(hub.socialWorker, first, { ...HELP, together: [await seen(second)] });
    expect((await hub.read(first)).status).toBe('decided');
    expect([(await hub.read(second)).status, (await hub.read(second)).decisions[0]!.signOffReasons]).toEqual([
      'awaiting_sign_off',
      ['rating_lowered'],
    ]);
  });

  it.each([
    ['that is no report of the incident', async () => refer({ ...ANN, firstName: 'Bo' }, { adults: [] })],
    [
      'that was parted meanwhile',
      async (first: string) => {
        const other = await refer();
        await say(first, other);
        await part(first, other);
        return other;
      },
    ],
    [
      'that another person holds',
      async (first: string) => {
        const other = await refer();
        await say(first, other);
        await hub.claims(hub.screener, other);
        return other;
      },
    ],
    [
      'that is decided',
      async (first: string) => {
        const other = await refer();
        await say(first, other);
        await hub.decides(hub.socialWorker, other, HELP);
        return other;
      },
    ],
  ])('records nothing at all with another %s', async (_, another) => {
    const first = await refer();
    const other = await another(first);
    const before = (await hub.read(other)).decisions.length;
    await expect(
      hub.decides(hub.socialWorker, first, { ...HELP, together: [await seen(other)] }),
    ).rejects.toMatchObject({ code: 'other-report-changed' });
    expect([(await hub.read(first)).status, (await hub.read(other)).decisions.length]).toEqual([
      'awaiting_decision',
      before,
    ]);
  });

  it('records nothing at all with another that changed since it was seen', async () => {
    const [first, second] = [await refer(), await refer()];
    await say(first, second);
    const together = [await seen(second)];
    await hub.rates(hub.screener, second, 'red');
    await expect(hub.decides(hub.socialWorker, first, { ...HELP, together })).rejects.toMatchObject({
      code: 'other-report-changed',
    });
    expect((await hub.read(first)).status).toBe('awaiting_decision');
  });

  it('is taken back with the others, and each of the others alone', async () => {
    const [first, second, third] = [await refer(), await refer(), await refer()];
    await say(first, second);
    await say(first, third);
    await hub.decides(hub.socialWorker, first, { ...HELP, together: [await seen(second), await seen(third)] });
    await hub.takesBack(hub.socialWorker, third);
    const status = async () => Promise.all([first, second, third].map(async (one) => (await hub.read(one)).status));
    expect(await status()).toEqual(['decided', 'decided', 'awaiting_decision']);
    await hub.takesBack(hub.socialWorker, first);
    expect(await status()).toEqual(['awaiting_decision', 'awaiting_decision', 'awaiting_decision']);
  });

  it('decides each once when its form is sent twice, and the next referral comes by the same press', async () => {
    const [first, second] = [await refer(), await refer()];
    const next = await refer({ ...ANN, firstName: 'Zoe' });
    await say(first, second);
    const command = {
      ...{
        reference: first,
        ...HELP,
        contradictionReason: '',
        noDiscussionReason: '',
        rationale: 'As agreed with the agencies.',
      },
      ...({ progression: 'contact_only', primaryNeed: null, lateReason: null, lateWords: '' } as const),
      ...{ ...(await seen(first)), together: [await seen(second)], formId: randomUUID(), by: hub.socialWorker },
    };
    const taken = [
      await hub.whole.get(DecideAndTakeNext).execute(command),
      await hub.whole.get(DecideAndTakeNext).execute(command),
    ];
    expect(taken.map((one) => one.next?.reference)).toEqual([next, next]);
    expect([(await hub.read(first)).decisions.length, (await hub.read(second)).decisions.length]).toEqual([1, 1]);
  });

  it('is made once by two who decide the same reports from two pages at once', async () => {
    const [first, second] = [await refer(), await refer()];
    await say(first, second);
    const [one, other] = [await seen(first), await seen(second)];
    const results = await Promise.allSettled([
      hub.decides(hub.manager, first, { ...HELP, together: [other] }),
      hub.decides(hub.otherManager, second, { ...HELP, together: [one] }),
    ]);
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect([(await hub.read(first)).decisions.length, (await hub.read(second)).decisions.length]).toEqual([1, 1]);
  });
});
