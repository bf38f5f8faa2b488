import { randomUUID } from 'node:crypto';
import type { StaffActor } from '#access';
import type { Outcome, SubmittedReferral, ThresholdLevel } from '#domain';
import { createHub, type Hub } from '../support/hub.ts';
import { aBruisedBaby, aCoachMessagingChildren, aFracturedToddler } from '../support/referrals.ts';

let hub: Hub;
beforeEach(async () => {
  hub = await createHub();
});
afterEach(() => hub.drop());

const read = (reference: string) => hub.readReferral.execute({ reference, by: hub.manager });
const decide = async (
  reference: string,
  outcome: Outcome = 'child_and_family_assessment',
  by: StaffActor = hub.socialWorker,
  more: { formId?: string; version?: number; thresholdLevel?: ThresholdLevel } = {},
) =>
  hub.decide.execute({
    reference,
    outcome,
    thresholdLevel: 3,
    rationale: 'As agreed.',
    version: (await read(reference)).version,
    by,
    ...more,
  });
const signOff = async (reference: string, by = hub.manager) =>
  hub.signOff.execute({ reference, version: (await read(reference)).version, result: 'agreed', comments: null, by });

/** Takes back what stands now: an agreement, or the decision. */
const takeBack = async (reference: string, by: StaffActor = hub.socialWorker) => {
  const last = (await read(reference)).decisions.at(-1)!;
  await hub.undo.execute({ reference, act: last.signOff?.id ?? last.id, by });
};

describe('a decision taken back within thirty seconds', () => {
  it('never was for the agency, and its clock and its alerts run on', async () => {
    const reference = await hub.submit(aCoachMessagingChildren());
    await hub.takeNext.execute(hub.socialWorker);
    await decide(reference);
    await hub.moveTo('2026-11-23T10:00:29.999');
    expect((await hub.ownReferral(reference)).status).toBe('in_triage');
    await takeBack(reference);
    const page = await read(reference);
    expect([page.status, page.holder, page.responseTime]).toEqual(['awaiting_decision', 'Sol Worker', null]);
    expect(page.decisions).toMatchObject([
      { outcome: 'child_and_family_assessment', undoneAt: hub.at('2026-11-23T10:00:29.999') },
    ]);
    expect(await hub.invariants.execute()).toEqual([]);
    await hub.moveTo('2026-11-24T09:31');
    await hub.fireDue.execute();
    expect((await hub.alertsOf(reference)).map(([, told]) => told)).toEqual(['practice_manager']);
    expect((await hub.ownReferral(reference)).status).toBe('in_triage');
    await decide(reference, 'early_help');
    expect((await read(reference)).responseTime).toMatchObject({ elapsedMinutes: 23 * 60 + 31 });
    expect((await hub.queue('decided', hub.manager)).lines).toHaveLength(1);
  });

  it('stands from the thirtieth second on', async () => {
    const reference = await hub.submit(aCoachMessagingChildren());
    await decide(reference);
    await hub.moveTo('2026-11-23T10:00:30');
    await expect(takeBack(reference)).rejects.toMatchObject({
      code: 'too-late-to-undo',
    });
    expect((await hub.ownReferral(reference)).status).toBe('decided');
  });

  it.each<[string, SubmittedReferral, Outcome]>([
    [
      'where the sender says that a child is in danger now',
      aBruisedBaby({ immediateDanger: true }),
      'strategy_discussion',
    ],
    ['for immediate protection', aCoachMessagingChildren(), 'immediate_protection'],
  ])('does not exist %s', async (_, referral, outcome) => {
    const reference = await hub.submit(referral);
    await decide(reference, outcome, hub.socialWorker, { thresholdLevel: 4 });
    await expect(takeBack(reference)).rejects.toMatchObject({
      code: 'too-late-to-undo',
    });
  });

  it('is of whoever made it only', async () => {
    const reference = await hub.submit(aCoachMessagingChildren());
    await decide(reference);
    await expect(takeBack(reference, hub.manager)).rejects.toMatchObject({ code: 'not-found' });
  });

  it('while it waits for sign-off cannot be signed off any more', async () => {
    const reference = await hub.submit(aCoachMessagingChildren());
    await decide(reference, 'no_further_action');
    await takeBack(reference);
    await expect(signOff(reference)).rejects.toMatchObject({ code: 'nothing-to-sign-off' });
    expect((await read(reference)).status).toBe('awaiting_decision');
  });
});

it('taken back twice it is taken back once', async () => {
  const reference = await hub.submit(aCoachMessagingChildren());
  await decide(reference);
  const act = (await read(reference)).decisions[0]!.id;
  await takeBack(reference);
  await hub.undo.execute({ reference, act, by: hub.socialWorker });
  const { status, timeline } = await read(reference);
  expect([status, timeline.filter((line) => line.act === 'decision.undone').length]).toEqual(['awaiting_decision', 1]);
  const another = await hub.submit(aCoachMessagingChildren());
  await expect(hub.undo.execute({ reference: another, act, by: hub.socialWorker })).rejects.toMatchObject({
    code: 'not-found',
  });
});

it('the id of another form is in nobody’s way', async () => {
  const formId = randomUUID();
  for (const by of [hub.socialWorker, hub.manager, hub.socialWorker]) {
    const reference = await hub.submit(aCoachMessagingChildren());
    await decide(reference, 'early_help', by, { formId });
    expect((await read(reference)).status).toBe('decided');
  }
});

it('a page of an earlier decision does not take back the one that was made since', async () => {
  const reference = await hub.submit(aCoachMessagingChildren());
  await decide(reference);
  const act = (await read(reference)).decisions[0]!.id;
  await takeBack(reference);
  await decide(reference, 'early_help');
  await expect(hub.undo.execute({ reference, act, by: hub.socialWorker })).rejects.toMatchObject({
    code: 'too-late-to-undo',
  });
  expect((await read(reference)).status).toBe('decided');
});

it('the hand-over of a red goes on when the decision that would have ended it is taken back', async () => {
  const reference = await hub.submit(aFracturedToddler());
  await hub.claim.execute({ reference, by: hub.socialWorker });
  await hub.moveTo('2026-11-23T16:59:50');
  await decide(reference, 'strategy_discussion', hub.socialWorker, { thresholdLevel: 4 });
  await hub.moveTo('2026-11-23T17:00:05');
  await hub.beginHandover.execute();
  await takeBack(reference);
  await hub.beginHandover.execute();
  const { handovers } = await hub.readHandovers.execute({ by: hub.manager });
  expect(handovers).toMatchObject([{ isOpen: true }]);
});

it('an agreement taken back leaves the decision waiting for sign-off, to be agreed with again', async () => {
  const reference = await hub.submit(aCoachMessagingChildren());
  await decide(reference, 'no_further_action');
  await hub.moveTo('2026-11-23T11:00');
  await signOff(reference);
  expect((await hub.ownReferral(reference)).status).toBe('in_triage');
  await expect(takeBack(reference)).rejects.toMatchObject({ code: 'not-found' });
  await takeBack(reference, hub.manager);
  expect(await read(reference)).toMatchObject({
    status: 'awaiting_sign_off',
    decisions: [{ signOff: null, undoneAt: null }],
  });
  expect(await hub.invariants.execute()).toEqual([]);
  await hub.moveTo('2026-11-23T11:10');
  await signOff(reference, hub.otherManager);
  expect(await read(reference)).toMatchObject({ status: 'decided', decisions: [{ signOff: { by: 'Max Manager' } }] });
});

it('a form sent twice decides once, and is answered the same', async () => {
  const reference = await hub.submit(aCoachMessagingChildren());
  const form = { formId: randomUUID(), version: (await read(reference)).version };
  const answers = await Promise.all(
    Array.from({ length: 5 }, () =>
      decide(reference, 'no_further_action', hub.socialWorker, form).catch((error: { code: string }) => error.code),
    ),
  );
  expect(answers.filter((answer) => typeof answer !== 'string').length).toBeGreaterThan(0);
  expect(await decide(reference, 'no_further_action', hub.socialWorker, form)).toEqual(['no_further_action']);
  expect((await read(reference)).decisions).toHaveLength(1);
});

it('a form whose decision was returned or taken back decides nothing again', async () => {
  const reference = await hub.submit(aCoachMessagingChildren());
  const form = { formId: randomUUID() };
  await decide(reference, 'no_further_action', hub.socialWorker, form);
  const { version } = await read(reference);
  await hub.signOff.execute({ reference, version, result: 'returned', comments: 'Ask the school.', by: hub.manager });
  await expect(decide(reference, 'early_help', hub.socialWorker, form)).rejects.toMatchObject({
    code: 'changed-meanwhile',
  });
  expect(await read(reference)).toMatchObject({ status: 'awaiting_decision', decisions: [{}] });
});

it.each<[string, SubmittedReferral, Outcome, string[]]>([
  ['a baby, nothing done', aBruisedBaby(), 'no_further_action', ['child_under_one_or_unborn']],
  ['a baby, something done', aBruisedBaby(), 'strategy_discussion', []],
  ['no history, nothing done', aCoachMessagingChildren(), 'no_further_action', []],
])('before a decision on %s, there is to be read first: %s', async (_, referral, outcome, pauseFor) => {
  const reference = await hub.submit(referral);
  expect((await hub.preview.execute({ reference, outcome, thresholdLevel: 3 })).pauseFor).toEqual(pauseFor);
});

it('the analysis is kept beside the rationale, and what was not said is not there', async () => {
  const reference = await hub.submit(aCoachMessagingChildren());
  await hub.decide.execute({
    reference,
    outcome: 'early_help',
    thresholdLevel: 2,
    rationale: 'Help.',
    analysis: {
      worries: 'He is alone a lot.',
      workingWell: '',
      needsToHappen: 'A plan.',
      safetyScale: 0,
      childsVoice: 'I am fine.',
    },
    version: (await read(reference)).version,
    by: hub.socialWorker,
  });
  expect((await read(reference)).decisions).toMatchObject([
    {
      worries: 'He is alone a lot.',
      workingWell: null,
      needsToHappen: 'A plan.',
      safetyScale: 0,
      childsVoice: 'I am fine.',
    },
  ]);
});
