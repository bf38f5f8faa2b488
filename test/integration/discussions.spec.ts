import { randomUUID } from 'node:crypto';
import type { StaffActor } from '#access';
import {
  CallDiscussion,
  ReadDiscussions,
  ReadDiscussionTimes,
  RecordConference,
  RecordDiscussion,
  type AttendingAgency,
  type HeldDiscussion,
  type RecordDiscussionCommand,
} from '#discussions';
import type { DiscussionAgency, DiscussionOutcome } from '#domain';
import { createHub, type Hub } from '../support/hub.ts';
import { aBruisedBaby, aPoorAttender, aRecoveredTeenager, aRoutineAmber } from '../support/referrals.ts';

let hub: Hub;
beforeAll(async () => {
  hub = await createHub();
});
beforeEach(() => hub.reset());
afterAll(() => hub.drop());

const DISCUSSION = { outcome: 'strategy_discussion', thresholdLevel: 4 } as const;

async function needsOne(referral = aRoutineAmber(), by: StaffActor = hub.socialWorker): Promise<string> {
  const reference = await hub.submit(referral);
  const needsSignOff = await hub.decides(by, reference, DISCUSSION);
  if (needsSignOff.length > 0) await hub.signsOff(hub.manager, reference);
  return reference;
}

const discussionsOf = (reference: string) => hub.whole.get(ReadDiscussions).ofReferral(reference, hub.manager);
const london = (at: Temporal.Instant | null | undefined) =>
  at?.toZonedDateTimeISO('Europe/London').toPlainDateTime().toString({ smallestUnit: 'minute' });

const came = (agency: DiscussionAgency, more: Partial<AttendingAgency> = {}): AttendingAgency => ({
  ...{ agency, people: [{ name: 'Jo Field', role: 'lead' }], agrees: true, why: '' },
  ...more,
});
const ALL = [came('social_care'), came('police'), came('health')];

async function records(
  by: StaffActor,
  reference: string,
  held: Partial<HeldDiscussion> | null = {},
  more: Partial<RecordDiscussionCommand> = {},
) {
  const { number } = (await discussionsOf(reference)).at(-1)!;
  const whole = { heldAt: await hub.database.now(), minutes: 'Agreed.', agencies: ALL };
  await hub.whole.get(RecordDiscussion).execute({
    ...{ reference, number, reason: '', formId: randomUUID(), by },
    held: held && { ...whole, outcome: 'no_section_47', ...held },
    ...more,
  });
}

const calls = (by: StaffActor, reference: string, whyAgain = '', formId: string = randomUUID()) =>
  hub.whole.get(CallDiscussion).execute({
    ...{ reference, plannedFor: hub.at('2026-11-23T14:00'), chair: 'Mel Manager, practice manager' },
    ...{ asked: ['social_care', 'police', 'health'], askedOthers: '', whyAgain, formId, by },
  });

const ends = (by: StaffActor, reference: string, heldOn: string | null, reason = '') =>
  hub.whole.get(RecordConference).execute({ reference, heldOn, reason, formId: randomUUID(), by });

describe('the clock of a strategy discussion', () => {
  it.each([
    ['24 hours after the decision', aRoutineAmber, '2026-11-24T10:00'],
    ['the end of the day for an injury', aBruisedBaby, '2026-11-24T00:00'],
    ['the end of the day for sexual harm', aRecoveredTeenager, '2026-11-24T00:00'],
  ])('ends %s', async (_, referral, due) => {
    const reference = await needsOne(referral());
    const [one, ...others] = await discussionsOf(reference);
    expect([one?.number, london(one?.startedAt), london(one?.dueAt), others]).toEqual([1, '2026-11-23T10:00', due, []]);
    expect(await hub.openDeadlines('strategy_discussion')).toHaveLength(1);
  });

  it('runs from the decision, also where a manager signs it off later', async () => {
    const reference = await hub.submit(aBruisedBaby());
    await hub.decides(hub.socialWorker, reference, DISCUSSION);
    expect(await discussionsOf(reference)).toEqual([]);
    await hub.moveTo('2026-11-23T11:30');
    await hub.signsOff(hub.manager, reference);
    expect(london((await discussionsOf(reference))[0]?.startedAt)).toBe('2026-11-23T10:00');
  });

  it('runs after immediate protection, and after no other outcome', async () => {
    const reference = await hub.submit(aRoutineAmber());
    await hub.decides(hub.manager, reference, { outcome: 'immediate_protection', thresholdLevel: 4 });
    await hub.signsOff(hub.otherManager, reference);
    expect(await discussionsOf(reference)).toHaveLength(1);
    const other = await hub.submit(aPoorAttender());
    await hub.decides(hub.socialWorker, other);
    expect(await discussionsOf(other)).toEqual([]);
  });

  it('alerts its decider and the managers when it is not held, until a person records how it went', async () => {
    const reference = await needsOne();
    await hub.moveTo('2026-11-24T10:00');
    await hub.fireDue.execute();
    expect(await hub.alertsOfKind('strategy_discussion')).toEqual([['2026-11-24T10:00', 'owner practice_manager']]);
    await hub.moveTo('2026-11-24T10:30');
    await records(hub.socialWorker, reference);
    await hub.moveTo('2026-11-24T18:00');
    await hub.fireDue.execute();
    expect(await hub.alertsOfKind('strategy_discussion')).toHaveLength(1);
  });
});

describe('a decision that is taken back', () => {
  it('leaves no discussion and no clock, and its number to the next one', async () => {
    const reference = await needsOne(aRoutineAmber());
    await hub.moveBy({ seconds: 10 });
    await hub.takesBack(hub.socialWorker, reference);
    expect([await discussionsOf(reference), await hub.openDeadlines('strategy_discussion')]).toEqual([[], []]);
    await hub.moveBy({ minutes: 5 });
    await hub.decides(hub.socialWorker, reference, DISCUSSION);
    const [again, ...others] = await discussionsOf(reference);
    expect([again?.number, london(again?.startedAt), others]).toEqual([1, '2026-11-23T10:05', []]);
  });

  it('leaves none where the agreement is taken back, and one where it is given again', async () => {
    const reference = await needsOne(aBruisedBaby({ immediateDanger: false }));
    await hub.takesBack(hub.manager, reference);
    expect([await discussionsOf(reference), await hub.openDeadlines('strategy_discussion')]).toEqual([[], []]);
    await hub.signsOff(hub.manager, reference);
    expect(await discussionsOf(reference)).toHaveLength(1);
  });
});

describe('a strategy discussion', () => {
  it('is called, and called for another time, and both stay on the record', async () => {
    const reference = await needsOne();
    await calls(hub.socialWorker, reference);
    await hub.moveBy({ minutes: 20 });
    await calls(hub.manager, reference);
    const [one, ...others] = await discussionsOf(reference);
    expect(one?.calls.map(({ by, asked }) => [by, asked.length])).toEqual([
      ['Sol Worker', 3],
      ['Mel Manager', 3],
    ]);
    expect(others).toEqual([]);
    const { timeline } = await hub.read(reference);
    expect(timeline.filter(({ act }) => act === 'discussion.called')).toHaveLength(2);
  });

  it('is called and recorded once when its form is sent twice', async () => {
    const reference = await needsOne();
    const formId = randomUUID();
    await calls(hub.socialWorker, reference, '', formId);
    await calls(hub.socialWorker, reference, '', formId);
    const [one] = await discussionsOf(reference);
    expect(one?.calls).toHaveLength(1);
  });

  it('is kept with who came, who agreed and who did not, and its outcome', async () => {
    const reference = await needsOne();
    const health = came('health', { agrees: false, why: 'The injury has an explanation.' });
    const people = [{ name: 'Al Reed', role: 'detective sergeant' }, { name: 'Bo Lane', role: 'constable' }]; // prettier-ignore
    const education = { agency: 'education', people: [], agrees: null, why: 'The school is closed.' } as const;
    const agencies = [came('social_care'), came('police', { people }), health, education];
    await records(hub.socialWorker, reference, { agencies, outcome: 'section_47_joint' });
    const [one] = await discussionsOf(reference);
    expect(one).toMatchObject({
      outcome: 'section_47_joint',
      minutes: 'Agreed.',
      recordedBy: 'Sol Worker',
      reason: null,
    });
    expect(one?.agencies).toEqual([
      { agency: 'education', people: [], agrees: null, why: 'The school is closed.' },
      {
        agency: 'health',
        people: [{ name: 'Jo Field', role: 'lead' }],
        agrees: false,
        why: 'The injury has an explanation.',
      },
      { agency: 'police', people, agrees: true, why: null },
      { agency: 'social_care', people: [{ name: 'Jo Field', role: 'lead' }], agrees: true, why: null },
    ]);
  });

  it.each<[DiscussionAgency]>([['social_care'], ['police'], ['health']])(
    'without %s is recorded as held by a manager with a reason, and by no other person',
    async (missing) => {
      const reference = await needsOne();
      const agencies = ALL.filter(({ agency }) => agency !== missing);
      const refused = { code: 'discussion-not-quorate' };
      const reason = 'They could not come, and the child cannot wait.';
      await expect(records(hub.socialWorker, reference, { agencies })).rejects.toMatchObject(refused);
      await expect(records(hub.socialWorker, reference, { agencies }, { reason })).rejects.toMatchObject(refused);
      await expect(records(hub.manager, reference, { agencies }, { reason: ' ' })).rejects.toMatchObject(refused);
      expect((await discussionsOf(reference))[0]?.recordedAt).toBeNull();
      await records(hub.manager, reference, { agencies }, { reason });
      expect((await discussionsOf(reference))[0]).toMatchObject({ outcome: 'no_section_47', reason });
      expect(await hub.openDeadlines('strategy_discussion')).toEqual([]);
    },
  );

  it('is recorded as not held by a manager with a reason, and by no other person', async () => {
    const reference = await needsOne();
    const refused = { code: 'discussion-not-held' };
    const reason = 'The family has moved to Scotland.';
    await expect(records(hub.socialWorker, reference, null, { reason })).rejects.toMatchObject(refused);
    await expect(records(hub.manager, reference, null)).rejects.toMatchObject(refused);
    await records(hub.manager, reference, null, { reason });
    expect((await discussionsOf(reference))[0]).toMatchObject({ outcome: null, heldAt: null, reason });
    expect(await hub.openDeadlines('strategy_discussion')).toEqual([]);
  });

  it('is not recorded at a time before the referral or after now, without people, nor without the view of each agency', async () => {
    const reference = await needsOne();
    const now = await hub.database.now();
    const refusal = (held: Partial<HeldDiscussion>) =>
      records(hub.manager, reference, held, { reason: 'So it was.' }).then(
        () => null,
        ({ code }: { code: string }) => code,
      );
    expect(await refusal({ heldAt: now.add({ seconds: 1 }) })).toBe('discussion-time');
    expect(await refusal({ heldAt: now.subtract({ hours: 24 }) })).toBe('discussion-time');
    expect(await refusal({ agencies: [] })).toBe('discussion-without-people');
    for (const wrong of [{ agrees: null }, { agrees: false, why: ' ' }, { people: [], agrees: null }, { people: [] }])
      expect(await refusal({ agencies: [...ALL, came('housing', wrong)] })).toBe('discussion-view-missing');
  });

  it('is followed by another with a reason, which keeps the first and has a clock of its own', async () => {
    const reference = await needsOne();
    await records(hub.socialWorker, reference);
    await hub.moveTo('2026-11-24T09:00');
    await expect(calls(hub.socialWorker, reference)).rejects.toMatchObject({ code: 'discussion-again-without-reason' });
    await calls(hub.socialWorker, reference, 'Another injury was found.');
    const [first, second] = await discussionsOf(reference);
    expect(first).toMatchObject({ number: 1, outcome: 'no_section_47' });
    expect(second).toMatchObject({ number: 2, outcome: null, calledAgainBecause: 'Another injury was found.' });
    expect([london(second?.startedAt), london(second?.dueAt)]).toEqual(['2026-11-24T09:00', '2026-11-25T09:00']);
    await records(hub.socialWorker, reference, { outcome: 'section_47_single' });
    expect((await discussionsOf(reference)).map(({ outcome }) => outcome)).toEqual([
      'no_section_47',
      'section_47_single',
    ]);
  });

  it('is recorded once: a second person is told', async () => {
    const reference = await needsOne();
    await records(hub.socialWorker, reference);
    await expect(records(hub.manager, reference)).rejects.toMatchObject({ code: 'discussion-recorded' });
  });

  it('cannot be called where no decision asks for one', async () => {
    const reference = await hub.submit(aPoorAttender());
    await hub.decides(hub.socialWorker, reference);
    await expect(calls(hub.manager, reference, 'A reason.')).rejects.toMatchObject({ code: 'no-discussion' });
  });
});

describe('the conference', () => {
  it.each<[DiscussionOutcome, string | undefined]>([
    ['section_47_single', '2026-12-14T10:00'],
    ['section_47_joint', '2026-12-14T10:00'],
    ['no_section_47', undefined],
  ])('after a discussion that agreed on %s is due at %s', async (outcome, due) => {
    const reference = await needsOne();
    await records(hub.socialWorker, reference, { outcome });
    expect(london((await discussionsOf(reference))[0]?.conferenceDueAt)).toBe(due);
    expect(await hub.openDeadlines('conference')).toHaveLength(due === undefined ? 0 : 1);
  });

  it('gets no more time by another discussion', async () => {
    const reference = await needsOne();
    await records(hub.socialWorker, reference, { outcome: 'section_47_single' });
    await hub.moveTo('2026-11-26T10:00');
    await calls(hub.socialWorker, reference, 'More is known.');
    await records(hub.socialWorker, reference, { outcome: 'section_47_joint' });
    const dues = (await discussionsOf(reference)).map(({ conferenceDueAt }) => london(conferenceDueAt));
    expect([dues, await hub.openDeadlines('conference')]).toEqual([
      ['2026-12-14T10:00', undefined],
      [expect.anything()],
    ]);
  });

  it('ends when a person records that it was held, on a day since the discussion', async () => {
    const reference = await needsOne();
    await records(hub.socialWorker, reference, { outcome: 'section_47_single' });
    await hub.moveTo('2026-12-10T16:00');
    for (const day of ['2026-11-22', '2026-12-11'])
      await expect(ends(hub.socialWorker, reference, day)).rejects.toMatchObject({ code: 'conference-day' });
    await ends(hub.socialWorker, reference, '2026-12-10');
    expect((await discussionsOf(reference))[0]).toMatchObject({ conferenceHeldOn: '2026-12-10' });
    expect(await hub.openDeadlines('conference')).toEqual([]);
    await expect(ends(hub.socialWorker, reference, '2026-12-10')).rejects.toMatchObject({ code: 'no-conference' });
  });

  it('ends when a manager says why it is not needed, and no other person can', async () => {
    const reference = await needsOne();
    await records(hub.socialWorker, reference, { outcome: 'section_47_single' });
    const refused = { code: 'conference-not-needed' };
    await expect(ends(hub.socialWorker, reference, null, 'No harm found.')).rejects.toMatchObject(refused);
    await expect(ends(hub.manager, reference, null)).rejects.toMatchObject(refused);
    await ends(hub.manager, reference, null, 'No harm found.');
    expect(await hub.openDeadlines('conference')).toEqual([]);
  });
});

describe('the times of discussions', () => {
  const NOVEMBER = { from: () => hub.at('2026-11-01T00:00'), to: () => hub.at('2026-12-01T00:00') };
  const times = (asOf: Temporal.Instant | null = null, by: StaffActor = hub.manager) =>
    hub.whole.get(ReadDiscussionTimes).execute({ from: NOVEMBER.from(), to: NOVEMBER.to() }, asOf, by);

  it('count those that are not held as waiting, beside the median, and list them the longest first', async () => {
    const [quick, slow, open, exempt] = [await needsOne(), await needsOne(), await needsOne(), await needsOne()];
    await hub.moveBy({ minutes: 30 });
    await records(hub.socialWorker, quick);
    await records(hub.manager, exempt, null, { reason: 'Moved away.' });
    expect((await times()).period).toEqual({ held: 1, inTime: 1, notYetHeld: 2, notHeld: 1, median: null });
    await hub.moveBy({ minutes: 60 });
    await records(hub.socialWorker, slow);
    const later = await needsOne();
    await hub.moveBy({ minutes: 60 });
    const { period, waiting } = await times();
    expect(period).toEqual({ held: 2, inTime: 2, notYetHeld: 2, notHeld: 1, median: 90 });
    expect(waiting.map(({ reference }) => reference)).toEqual([open, later]);
    const before = await times(hub.at('2026-11-23T10:45'));
    expect(before.waiting.map(({ reference }) => reference)).toEqual([slow, open]);
    expect(before.period).toMatchObject({ held: 1, notYetHeld: 2 });
  });

  it('name a child to those who work at the desk, and not to an auditor', async () => {
    await needsOne();
    expect((await times()).waiting[0]?.child).not.toBeNull();
    expect((await times(null, hub.auditor)).waiting[0]?.child).toBeNull();
  });
});

it.each(['child_and_family_assessment', 'to_allocated_worker'] as const)(
  'a decision at level 4 for %s is refused without a reason for having no strategy discussion, and keeps the reason',
  async (outcome) => {
    const reference = await hub.submit(aRoutineAmber());
    const decides = (noDiscussionReason: string) =>
      hub.decides(hub.socialWorker, reference, { outcome, thresholdLevel: 4, noDiscussionReason });
    await expect(decides(' ')).rejects.toMatchObject({ code: 'level-4-without-reason' });
    expect(await decides('Police see no crime.')).toContain('level_4_without_strategy_discussion');
    expect((await hub.read(reference)).decisions).toMatchObject([{ noDiscussionReason: 'Police see no crime.' }]);
  },
);
