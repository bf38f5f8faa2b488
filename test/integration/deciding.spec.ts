import { randomUUID } from 'node:crypto';
import type { Outcome, SubmittedReferral } from '#domain';
import { createHub, type Hub } from '../support/hub.ts';
import { aBruisedBaby, aCoachMessagingChildren, aFracturedToddler } from '../support/referrals.ts';

let hub: Hub;
beforeAll(async () => {
  hub = await createHub();
});
beforeEach(() => hub.reset());
afterAll(() => hub.drop());

describe('taking a decision back', () => {
  it('lets the clock and the alerts of a referral run on when its decision is taken back within thirty seconds', async () => {
    const reference = await hub.submit(aCoachMessagingChildren());
    await hub.takesNext(hub.socialWorker);
    await hub.read(reference, hub.socialWorker);
    await hub.decides(hub.socialWorker, reference);
    await hub.moveTo('2026-11-23T10:00:29.999');
    expect((await hub.ownReferral(reference)).status).toBe('in_triage');
    await hub.takesBack(hub.socialWorker, reference);
    const page = await hub.read(reference);
    expect([page.status, page.holder, page.responseTime]).toEqual(['awaiting_decision', 'Sol Worker', null]);
    expect(page.decisions).toMatchObject([
      { outcome: 'child_and_family_assessment', undoneAt: hub.at('2026-11-23T10:00:29.999') },
    ]);
    expect(await hub.invariants.execute()).toEqual([]);
    await hub.moveTo('2026-11-24T09:31');
    await hub.fireDue.execute();
    expect((await hub.alertsOf(reference)).map(([, told]) => told)).toEqual(['practice_manager']);
    expect((await hub.ownReferral(reference)).status).toBe('in_triage');
    await hub.decides(hub.socialWorker, reference, { outcome: 'early_help' });
    expect((await hub.read(reference)).responseTime).toMatchObject({ elapsedMinutes: 23 * 60 + 31 });
    expect((await hub.queue('decided', hub.manager)).lines).toHaveLength(1);
  });

  it('refuses to take a decision back from the thirtieth second on', async () => {
    const reference = await hub.submit(aCoachMessagingChildren());
    await hub.decides(hub.socialWorker, reference);
    await hub.moveTo('2026-11-23T10:00:30');
    await expect(hub.takesBack(hub.socialWorker, reference)).rejects.toMatchObject({ code: 'too-late-to-undo' });
    expect((await hub.ownReferral(reference)).status).toBe('decided');
  });

  it.each<[string, SubmittedReferral, Outcome]>([
    [
      'when the sender says that a child is in danger now',
      aBruisedBaby({ immediateDanger: true }),
      'strategy_discussion',
    ],
    ['for immediate protection', aCoachMessagingChildren(), 'immediate_protection'],
  ])('refuses to take back a decision %s', async (_, referral, outcome) => {
    const reference = await hub.submit(referral);
    await hub.decides(hub.socialWorker, reference, { outcome, thresholdLevel: 4 });
    await expect(hub.takesBack(hub.socialWorker, reference)).rejects.toMatchObject({ code: 'too-late-to-undo' });
  });

  it('refuses a manager who takes back the decision of a colleague', async () => {
    const reference = await hub.submit(aCoachMessagingChildren());
    await hub.decides(hub.socialWorker, reference);
    await expect(hub.takesBack(hub.manager, reference)).rejects.toMatchObject({ code: 'not-found' });
  });

  it('refuses to sign off a decision that was taken back while it waited for sign-off', async () => {
    const reference = await hub.submit(aCoachMessagingChildren());
    await hub.decides(hub.socialWorker, reference, { outcome: 'no_further_action' });
    await hub.takesBack(hub.socialWorker, reference);
    await expect(hub.signsOff(hub.manager, reference)).rejects.toMatchObject({ code: 'nothing-to-sign-off' });
    expect((await hub.read(reference)).status).toBe('awaiting_decision');
  });

  it('takes a decision back once when it is asked twice, and not under another reference', async () => {
    const reference = await hub.submit(aCoachMessagingChildren());
    await hub.decides(hub.socialWorker, reference);
    const act = (await hub.read(reference)).decisions[0]!.id;
    await hub.takesBack(hub.socialWorker, reference);
    await hub.undo.execute({ reference, undoes: act, by: hub.socialWorker });
    const { status, timeline } = await hub.read(reference);
    expect([status, timeline.filter((line) => line.act === 'decision.undone').length]).toEqual([
      'awaiting_decision',
      1,
    ]);
    const another = await hub.submit(aCoachMessagingChildren());
    await expect(hub.undo.execute({ reference: another, undoes: act, by: hub.socialWorker })).rejects.toMatchObject({
      code: 'not-found',
    });
  });

  it('refuses a page of an earlier decision that would take back the one made since', async () => {
    const reference = await hub.submit(aCoachMessagingChildren());
    await hub.decides(hub.socialWorker, reference);
    const act = (await hub.read(reference)).decisions[0]!.id;
    await hub.takesBack(hub.socialWorker, reference);
    await hub.decides(hub.socialWorker, reference, { outcome: 'early_help' });
    await expect(hub.undo.execute({ reference, undoes: act, by: hub.socialWorker })).rejects.toMatchObject({
      code: 'too-late-to-undo',
    });
    expect((await hub.read(reference)).status).toBe('decided');
  });

  it('keeps the hand-over of a red open when the decision that would have ended it is taken back', async () => {
    const reference = await hub.submit(aFracturedToddler());
    await hub.claims(hub.socialWorker, reference);
    await hub.moveTo('2026-11-23T16:59:50');
    await hub.decides(hub.socialWorker, reference, { outcome: 'strategy_discussion', thresholdLevel: 4 });
    await hub.moveTo('2026-11-23T17:00:05');
    await hub.beginHandover.execute();
    await hub.takesBack(hub.socialWorker, reference);
    await hub.beginHandover.execute();
    const { handovers } = await hub.readHandovers.execute({ by: hub.manager });
    expect(handovers).toMatchObject([{ isOpen: true }]);
  });

  it('leaves a decision waiting for sign-off when the agreement to it is taken back', async () => {
    const reference = await hub.submit(aCoachMessagingChildren());
    await hub.read(reference, hub.socialWorker);
    await hub.decides(hub.socialWorker, reference, { outcome: 'no_further_action' });
    await hub.moveTo('2026-11-23T11:00');
    await hub.signsOff(hub.manager, reference);
    expect((await hub.ownReferral(reference)).status).toBe('in_triage');
    await expect(hub.takesBack(hub.socialWorker, reference)).rejects.toMatchObject({ code: 'not-found' });
    await hub.takesBack(hub.manager, reference);
    expect(await hub.read(reference)).toMatchObject({
      status: 'awaiting_sign_off',
      decisions: [{ signOff: null, undoneAt: null }],
    });
    expect(await hub.invariants.execute()).toEqual([]);
    await hub.moveTo('2026-11-23T11:10');
    await hub.signsOff(hub.otherManager, reference);
    expect(await hub.read(reference)).toMatchObject({
      status: 'decided',
      decisions: [{ signOff: { by: 'Max Manager' } }],
    });
  });
});

describe('a form of a decision', () => {
  it('refuses the id of a form that was sent on another referral, or by another person', async () => {
    const formId = randomUUID();
    const [first, second] = [await hub.submit(aCoachMessagingChildren()), await hub.submit(aCoachMessagingChildren())];
    await hub.decides(hub.socialWorker, first, { outcome: 'early_help', formId });
    for (const [by, reference] of [
      [hub.socialWorker, second],
      [hub.manager, first],
    ] as const) {
      await expect(hub.decides(by, reference, { outcome: 'early_help', formId })).rejects.toMatchObject({
        code: 'form-sent-before',
      });
    }
    expect((await hub.read(second)).status).toBe('awaiting_decision');
  });

  it('decides once when the same form is sent five times at once, and answers the same', async () => {
    const reference = await hub.submit(aCoachMessagingChildren());
    const form = {
      outcome: 'no_further_action',
      formId: randomUUID(),
      version: await hub.versionOf(reference),
    } as const;
    const answers = await Promise.all(
      Array.from({ length: 5 }, () =>
        hub.decides(hub.socialWorker, reference, form).catch((error: { code: string }) => error.code),
      ),
    );
    expect(answers.filter((answer) => typeof answer !== 'string').length).toBeGreaterThan(0);
    expect(await hub.decides(hub.socialWorker, reference, form)).toEqual(['no_further_action']);
    expect((await hub.read(reference)).decisions).toHaveLength(1);
  });

  it('refuses to decide again by the form of a decision that was returned', async () => {
    const reference = await hub.submit(aCoachMessagingChildren());
    const formId = randomUUID();
    await hub.decides(hub.socialWorker, reference, { outcome: 'no_further_action', formId });
    await hub.returns(hub.manager, reference, 'Ask the school.');
    const again = (outcome: Outcome) => hub.decides(hub.socialWorker, reference, { outcome, formId });
    await expect(again('no_further_action')).rejects.toMatchObject({ code: 'changed-meanwhile' });
    await expect(again('early_help')).rejects.toMatchObject({ code: 'form-sent-before' });
    expect(await hub.read(reference)).toMatchObject({ status: 'awaiting_decision', decisions: [{}] });
  });

  it('keeps the analysis of a decision beside its rationale, and nothing in place of an answer left out', async () => {
    const reference = await hub.submit(aCoachMessagingChildren());
    const analysis = {
      worries: 'He is alone a lot.',
      workingWell: '',
      needsToHappen: 'A plan.',
      safetyScale: 0,
      childsVoice: 'I am fine.',
    } as const;
    await hub.decides(hub.socialWorker, reference, { outcome: 'early_help', thresholdLevel: 2, analysis });
    expect((await hub.read(reference)).decisions).toMatchObject([{ ...analysis, workingWell: null }]);
  });
});

describe('the preview of a decision', () => {
  it.each<[string, string, SubmittedReferral, Outcome, string[]]>([
    [
      'asks to stop and read before',
      'no further action on a baby',
      aBruisedBaby(),
      'no_further_action',
      ['red_ends_at_early_help_or_less', 'child_under_one_or_unborn'],
    ],
    ['asks nothing before', 'a strategy discussion on a baby', aBruisedBaby(), 'strategy_discussion', []],
    [
      'asks nothing before',
      'no further action on an older child without history',
      aCoachMessagingChildren(),
      'no_further_action',
      [],
    ],
  ])('%s %s', async (_does, _what, referral, outcome, pauseFor) => {
    const reference = await hub.submit(referral);
    expect(
      (await hub.preview.execute({ reference, outcome, thresholdLevel: 3, by: hub.socialWorker })).pauseFor,
    ).toEqual(pauseFor);
  });
});
