import { randomUUID } from 'node:crypto';
import { Agencies, type StaffActor } from '#access';
import type { RecordDecisionCommand } from '#decisions';
import type { CallerOfNoAgency } from '#domain';
import { AllowFeedback, LeaveUntold, ReadFeedback, TellReferrer } from '#feedback';
import { asReceipt } from '#messages';
import { GradeSample, DrawSample, ReadBlind, ReadSamples } from '#oversight';
import { SAMPLE_CRITERIA, type SampleCriterion, type SampleGrade } from '#domain';
import { DecideAgain, ReadRoutes } from '#routes';
import { SERVICE } from '#store';
import { createSendingHub, type SendingHub } from '../support/sending-hub.ts';
import { aCoachMessagingChildren, aRoutineAmber, type Traits } from '../support/referrals.ts';

let hub: SendingHub;
beforeAll(async () => {
  hub = await createSendingHub(['notify']);
});
beforeEach(() => hub.reset());
afterAll(() => hub.drop());

const EMAIL = 'dsl@loomgate.example.org';

/** A decided referral of the agency. */
async function decided(decision: Partial<RecordDecisionCommand> = {}, traits: Traits = {}) {
  const reference = await hub.submit(aCoachMessagingChildren({ referrerEmail: EMAIL, ...traits }));
  await hub.decides(hub.socialWorker, reference, decision);
  return reference;
}

/** A decided referral that came by telephone. */
async function decidedForCaller(caller: CallerOfNoAgency, referrerEmail: string | null = EMAIL) {
  const { reference } = await hub.takeDown.execute({
    ...{ formId: randomUUID(), agencyId: hub.agency.agencyId, caller, receivedBy: 'telephone', by: hub.screener },
    referral: aCoachMessagingChildren({ referrerEmail }),
  });
  await hub.decides(hub.socialWorker, reference);
  return reference;
}

const feedback = async (reference: string) =>
  (await hub.whole.get(ReadFeedback).ofReferral(reference, hub.manager))[0] ?? null;
const stateOf = async (reference: string) => (await feedback(reference))?.state ?? null;
const list = (view: 'owed' | 'awaiting_leave' | 'settled') => hub.whole.get(ReadFeedback).list(view, hub.screener);
const told = () => hub.notify.taken.filter(({ personalisation }) => /have decided/.test(personalisation['subject']!));
const openClocks = () => hub.openDeadlines('feedback');
const alerts = async () =>
  (await hub.readAlerts.execute({ by: hub.manager })).service.filter(({ kind }) => kind === 'feedback');
/** What a person says on a page that shows the answer as it is now. */
const saidOf = async (reference: string, words: string) => ({
  ...{ reference, feedback: (await feedback(reference))?.id ?? randomUUID(), words, formId: randomUUID() },
});
const tells = async (
  reference: string,
  how: 'by_telephone' | 'tried' = 'by_telephone',
  by: StaffActor = hub.screener,
) => hub.whole.get(TellReferrer).execute({ ...(await saidOf(reference, 'Rang the school.')), how, by });
const allows = async (reference: string, isAllowed: boolean) =>
  hub.whole
    .get(AllowFeedback)
    .execute({ ...(await saidOf(reference, 'She is the grandmother.')), isAllowed, by: hub.manager });

describe('the referrer of a decision', () => {
  it('R6: is told by e-mail when the decision can not be taken back any more, and the clock ends', async () => {
    const reference = await decided();
    expect(await openClocks()).toEqual([expect.stringContaining(reference)]);
    await hub.moveBy({ seconds: 29 });
    await hub.send();
    expect([told().length, await stateOf(reference)]).toEqual([0, 'owed']);
    await hub.moveBy({ seconds: 1 });
    await hub.send();
    expect(told().map(({ to, personalisation }) => [to, personalisation['subject']])).toEqual([
      [EMAIL, `We have decided about your referral ${reference}`],
    ]);
    expect(await feedback(reference)).toMatchObject({ state: 'told', acts: [{ kind: 'sent', by: null, words: null }] });
    expect(await openClocks()).toEqual([]);
    expect(await hub.entryCountOf(reference, 'feedback.told')).toBe(1);
    await hub.moveBy({ hours: 100 });
    await hub.fire();
    expect(await alerts()).toEqual([]);
  });

  it('is told at once when the decision cannot be taken back', async () => {
    const reference = await decided({ outcome: 'immediate_protection', thresholdLevel: 4 });
    if ((await hub.read(reference)).status === 'awaiting_sign_off') await hub.signsOff(hub.manager, reference);
    await hub.send();
    expect(told()).toHaveLength(1);
  });

  it('R6: is told nothing of a decision that is taken back, and is told of the next one', async () => {
    const reference = await decided();
    await hub.moveBy({ seconds: 20 });
    await hub.takesBack(hub.socialWorker, reference);
    expect([await feedback(reference), await openClocks()]).toEqual([null, []]);
    await hub.moveBy({ minutes: 5 });
    await hub.send();
    expect(told()).toEqual([]);
    await hub.decides(hub.socialWorker, reference, { outcome: 'early_help', thresholdLevel: 2 });
    await hub.moveBy({ seconds: 30 });
    await hub.send();
    expect(told()).toHaveLength(1);
    expect((await feedback(reference))!.words.decided).toContain('early help');
  });

  it('is owed nothing while the decision waits for sign-off, nor when the agreement is taken back', async () => {
    const reference = await decided({ outcome: 'no_further_action', thresholdLevel: 4 });
    expect([(await hub.read(reference)).status, await feedback(reference)]).toEqual(['awaiting_sign_off', null]);
    await hub.signsOff(hub.manager, reference);
    expect(await stateOf(reference)).toBe('owed');
    await hub.takesBack(hub.manager, reference);
    expect([await feedback(reference), await openClocks()]).toEqual([null, []]);
    await hub.signsOff(hub.manager, reference);
    await hub.moveBy({ minutes: 1 });
    await hub.send();
    expect([told().length, await stateOf(reference)]).toEqual([1, 'told']);
  });

  it('is told nothing more of a decision that a sample opens again', async () => {
    const reference = await decided({}, { referrerEmail: null });
    await hub.moveTo('2026-12-01T09:00');
    await hub.whole.get(DrawSample).execute('2026-11');
    const by = hub.auditor;
    const { items } = await hub.whole.get(ReadSamples).month({ month: '2026-11', by });
    const itemId = items[0]!.id;
    await hub.whole.get(ReadBlind).execute({
      ...{ itemId, outcome: 'strategy_discussion', thresholdLevel: 4, by, formId: randomUUID() },
    });
    await hub.whole.get(GradeSample).execute({
      ...{ itemId, grade: 'inadequate', words: 'Unclear.', unsafeReason: 'A mark was not explained.', by },
      criteria: Object.fromEntries(SAMPLE_CRITERIA.map((one) => [one, 'good'])) as Record<SampleCriterion, SampleGrade>,
      formId: randomUUID(),
    });
    expect([await feedback(reference), await openClocks()]).toEqual([null, []]);
    await expect(tells(reference)).rejects.toMatchObject({ code: 'nothing-to-tell' });
  });
});

describe('the e-mail to the referrer', () => {
  it('holds nothing personal, wherever in the referral and the decision it was', async () => {
    const canary = 'Quillfeather';
    const planted = (text = '') => `${text} ${canary}`.trim();
    const referral = aRoutineAmber({ referrerEmail: EMAIL });
    const reference = await hub.submit({
      ...referral,
      senderReference: canary,
      referrer: { ...referral.referrer, name: canary, role: canary, relationshipToChild: canary },
      concern: { ...referral.concern, summary: planted(referral.concern.summary), location: canary },
      children: referral.children.map((child) => ({
        ...{ ...child, firstName: canary, lastName: canary, schoolOrSetting: canary },
      })),
      adults: [{ name: canary, relationship: canary, livesWithChild: 'yes' }],
    });
    const texts = { worries: canary, workingWell: canary, needsToHappen: canary, childsVoice: canary };
    await hub.decides(hub.socialWorker, reference, {
      ...{ rationale: planted('We weighed all that the agencies said of'), reasonToReferrer: `We know of ${canary}.` },
      analysis: { ...texts, safetyScale: 4 },
    });
    await hub.moveBy({ minutes: 1 });
    await hub.send();
    expect(told()).toHaveLength(1);
    expect(JSON.stringify(told())).not.toContain(canary);
    expect((await hub.ownReferral(reference)).feedback!.reason).toContain(canary);
  });
});

describe('what the agency reads by the API', () => {
  it('says the same words as the hub, from the end of the time to take back on', async () => {
    const reference = await decided({
      outcome: 'early_help',
      reasonToReferrer: 'The family asked for help with food.',
    });
    expect(await hub.ownReferral(reference)).not.toHaveProperty('feedback');
    await hub.moveBy({ seconds: 30 });
    const own = await hub.ownReferral(reference);
    expect([own.status, own.feedback]).toEqual(['decided', (await feedback(reference))!.words]);
    expect(own.feedback!.reason).toBe('The family asked for help with food.');
    expect(JSON.stringify(own)).not.toContain('As agreed with the agencies');
  });

  it.each(['1A', '9', '10'] as const)(
    'says nothing to a caller of source %s whom no manager allowed',
    async (caller) => {
      const reference = await decidedForCaller(caller);
      await hub.moveBy({ minutes: 1 });
      const own = await hub.ownReferral(reference);
      expect([own.status, 'feedback' in own]).toEqual(['decided', false]);
    },
  );
});

describe('a referrer who is no professional', () => {
  it('is told nothing when anonymous, with no clock, and no person can say otherwise', async () => {
    const reference = await decidedForCaller('9');
    await hub.moveBy({ minutes: 1 });
    await hub.send();
    expect([told(), await openClocks(), await stateOf(reference)]).toEqual([[], [], 'not_owed']);
    await expect(tells(reference)).rejects.toMatchObject({ code: 'nothing-to-tell' });
    await expect(allows(reference, true)).rejects.toMatchObject({ code: 'nothing-to-allow' });
    expect((await list('owed')).counts).toEqual({ owed: 0, awaiting_leave: 0, settled: 0 });
  });

  it('is told by e-mail only by a manager’s leave, with the clock running meanwhile', async () => {
    const reference = await decidedForCaller('1B');
    await hub.moveBy({ minutes: 1 });
    await hub.send();
    expect([told(), await stateOf(reference)]).toEqual([[], 'awaiting_leave']);
    expect(await openClocks()).toHaveLength(1);
    await expect(tells(reference)).rejects.toMatchObject({ code: 'leave-is-missing' });
    await allows(reference, true);
    await hub.send();
    expect([told().length, await stateOf(reference), await openClocks()]).toEqual([1, 'told', []]);
    expect((await hub.read(reference)).timeline).toContainEqual(
      expect.objectContaining({ act: 'feedback.leave-given', by: 'Mel Manager', note: 'She is the grandmother.' }),
    );
  });

  it('whose leave is given in the time to take back is told only after it', async () => {
    const reference = await decidedForCaller('1B');
    await allows(reference, true);
    await hub.send();
    expect(told()).toEqual([]);
    await hub.moveBy({ seconds: 30 });
    await hub.send();
    expect(told()).toHaveLength(1);
  });

  it('is asked about again when a manager had refused and the decision’s agreement was taken back', async () => {
    const { reference } = await hub.takeDown.execute({
      ...{
        formId: randomUUID(),
        agencyId: hub.agency.agencyId,
        caller: '1C',
        receivedBy: 'telephone',
        by: hub.screener,
      },
      referral: aCoachMessagingChildren({ referrerEmail: EMAIL }),
    });
    await hub.decides(hub.socialWorker, reference, { outcome: 'no_further_action', thresholdLevel: 4 });
    await hub.signsOff(hub.otherManager, reference);
    await allows(reference, false);
    await hub.takesBack(hub.otherManager, reference);
    await hub.signsOff(hub.otherManager, reference);
    expect([await stateOf(reference), (await openClocks()).length]).toEqual(['awaiting_leave', 1]);
  });

  it('is told nothing when a manager refuses, and the clock ends', async () => {
    const reference = await decidedForCaller('1A');
    await allows(reference, false);
    await hub.moveBy({ minutes: 1 });
    await hub.send();
    expect([told(), await stateOf(reference), await openClocks()]).toEqual([[], 'not_told', []]);
    await expect(allows(reference, true)).rejects.toMatchObject({ code: 'nothing-to-allow' });
  });
});

describe('a referrer whom a person has to tell', () => {
  it.each([
    ['who gave no address', 'no_address', { referrerEmail: null }],
    ['of an agency that asks for it', 'agency_setting', {}],
  ] as const)('%s is on the list until a person has told them', async (_, whyByPerson, traits) => {
    if (whyByPerson === 'agency_setting') {
      await new Agencies(hub.database).setFeedback({ name: 'Loomgate School' }, 'person', SERVICE);
    }
    const reference = await decided({}, traits);
    await hub.moveBy({ minutes: 1 });
    await hub.send();
    expect(told()).toEqual([]);
    expect((await list('owed')).lines).toMatchObject([{ reference, whyByPerson, last: null }]);
    await tells(reference, 'tried');
    expect((await list('owed')).lines).toMatchObject([{ last: { kind: 'tried', by: 'Sam Screener' } }]);
    await tells(reference);
    expect([(await list('owed')).lines, await openClocks()]).toEqual([[], []]);
    expect((await list('settled')).lines).toMatchObject([{ reference, state: 'told', last: { kind: 'by_telephone' } }]);
    await expect(tells(reference)).rejects.toMatchObject({ code: 'nothing-to-tell' });
  });

  it('is not told while the decision can be taken back', async () => {
    const reference = await decided({}, { referrerEmail: null });
    await expect(tells(reference)).rejects.toMatchObject({ code: 'may-be-taken-back' });
    await hub.moveBy({ seconds: 30 });
    await tells(reference);
  });

  it('gets no e-mail beside it when a person was quicker', async () => {
    const reference = await decided();
    await hub.moveBy({ seconds: 30 });
    await tells(reference);
    await hub.send();
    expect([told(), await stateOf(reference)]).toEqual([[], 'told']);
  });

  it('is alerted about after one working day: the decider first, then the practice manager', async () => {
    const reference = await decided({}, { referrerEmail: null });
    const { dueAt } = (await feedback(reference))!;
    expect(dueAt!.toString()).toBe(hub.at('2026-11-24T10:00').toString());
    await hub.moveTo('2026-11-24T09:59');
    await hub.fire();
    expect(await alerts()).toEqual([]);
    await hub.moveTo('2026-11-24T10:00');
    await hub.fire();
    expect((await alerts()).map(({ subject, told: to }) => [subject.split(' ')[0], to])).toEqual([
      [reference, ['owner']],
    ]);
    await hub.moveTo('2026-11-25T10:00');
    await hub.fire();
    expect((await alerts())[0]!.told).toEqual(['practice_manager']);
    expect((await list('owed')).promptness).toEqual({ due: 1, inTime: 0 });
    await hub.whole
      .get(LeaveUntold)
      .execute({ ...(await saidOf(reference, 'She has left the school.')), by: hub.manager });
    expect([await alerts(), await stateOf(reference)]).toEqual([[], 'not_told']);
  });

  it('was to be told by an address that does not work: the clock goes on', async () => {
    const reference = await decided();
    await hub.moveBy({ seconds: 30 });
    hub.notify.become = () => 'permanent-failure';
    await hub.send();
    const [sent] = told();
    expect(await stateOf(reference)).toBe('told');
    await hub.moveBy({ minutes: 3 });
    await hub.outcome.receipt(sent!.reference, asReceipt('permanent-failure'));
    await hub.followUp.execute();
    expect(await feedback(reference)).toMatchObject({
      ...{ state: 'owed', way: 'person', whyByPerson: 'address_failed', settledAt: null },
      acts: [{ kind: 'sent' }, { kind: 'address_failed' }],
    });
    expect(await openClocks()).toHaveLength(1);
    await hub.moveBy({ minutes: 30 });
    await tells(reference);
    expect([await stateOf(reference), await openClocks()]).toEqual(['told', []]);
  });
});

describe('what is said to the referrer', () => {
  it.each([
    'As agreed with the agencies.',
    'AS AGREED, with the agencies',
    'We think: as agreed with the agencies. Yes.',
  ])('may not be the rationale: %j', async (reasonToReferrer) => {
    await expect(decided({ reasonToReferrer })).rejects.toMatchObject({ code: 'rationale-to-referrer' });
  });

  it('is the hub’s own reason where the decider left it blank', async () => {
    const reference = await decided({ reasonToReferrer: ' \n ' });
    expect((await feedback(reference))!.words.reason).toMatch(/^The child may need help/);
  });
});

describe('a page of the answer to a decision that is made anew meanwhile', () => {
  const decidesAgain = async (reference: string) => {
    const { routes } = (await hub.whole.get(ReadRoutes).ofReferral(reference, hub.manager))!;
    const command = { reference, routeId: routes.at(-1)!.id, formId: randomUUID(), by: hub.socialWorker };
    await hub.whole.get(DecideAgain).execute(command);
    await hub.decides(hub.socialWorker, reference, { outcome: 'child_and_family_assessment', thresholdLevel: 3 });
    await hub.moveBy({ minutes: 1 });
  };
  const HELP = { outcome: 'early_help', thresholdLevel: 2, progression: 'contact_only', primaryNeed: null } as const;

  it('tells no referrer of the new decision, and is refused', async () => {
    const reference = await hub.submit(aCoachMessagingChildren({ referrerEmail: null }));
    await hub.decides(hub.socialWorker, reference, HELP);
    const said = await saidOf(reference, 'Told of early help.');
    await decidesAgain(reference);
    await expect(
      hub.whole.get(TellReferrer).execute({ ...said, how: 'by_telephone', by: hub.screener }),
    ).rejects.toMatchObject({ code: 'changed-meanwhile' });
    await expect(hub.whole.get(LeaveUntold).execute({ ...said, by: hub.manager })).rejects.toMatchObject({
      code: 'changed-meanwhile',
    });
    expect(await stateOf(reference)).toBe('owed');
  });

  it('gives no leave for the new decision', async () => {
    const { reference } = await hub.takeDown.execute({
      ...{
        formId: randomUUID(),
        agencyId: hub.agency.agencyId,
        caller: '1B',
        receivedBy: 'telephone',
        by: hub.screener,
      },
      referral: aCoachMessagingChildren({ referrerEmail: EMAIL }),
    });
    await hub.decides(hub.socialWorker, reference, HELP);
    const said = await saidOf(reference, 'She is the grandmother.');
    await decidesAgain(reference);
    await expect(
      hub.whole.get(AllowFeedback).execute({ ...said, isAllowed: true, by: hub.manager }),
    ).rejects.toMatchObject({ code: 'changed-meanwhile' });
    expect(await stateOf(reference)).toBe('awaiting_leave');
  });
});
