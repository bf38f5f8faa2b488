import { randomUUID } from 'node:crypto';
import type { StaffActor } from '#access';
import { DEFAULT_CALENDAR, SAMPLE_CRITERIA, type SampleCriterion, type SampleGrade } from '#domain';
import {
  DrawSample,
  GradeSample,
  ReadBlind,
  ReadOverview,
  ReadSampleItem,
  ReadSamples,
  RedrawSample,
  type GradeSampleCommand,
} from '#oversight';
import { raw, SERVICE, sql } from '#store';
import { addStaff, type Member } from '../support/agencies-and-staff.ts';
import { createHub, type Hub } from '../support/hub.ts';
import { aBruisedBaby, aCoachMessagingChildren, aPoorAttender, aRoutineAmber } from '../support/referrals.ts';

let hub: Hub;
let auditor: Member;
beforeAll(async () => void (hub = await createHub()));
beforeEach(async () => {
  await hub.reset();
  auditor = await addStaff(hub.database, 'auditor', [], 'Ada Auditor');
});
afterAll(() => hub.drop());

const MONTH = '2026-11';
const draw = (month = MONTH) => hub.whole.get(DrawSample).execute(month);
const page = (by: StaffActor = auditor) => hub.whole.get(ReadSamples).month({ month: MONTH, by });
const open = (id: string, by: StaffActor = auditor) => hub.whole.get(ReadSampleItem).execute({ id, by });
const readsBlind = (id: string, by: StaffActor = auditor) =>
  hub.whole.get(ReadBlind).execute({
    ...{ itemId: id, outcome: 'strategy_discussion', thresholdLevel: 4, by, formId: randomUUID() },
  });
const grades = (id: string, more: Partial<GradeSampleCommand> = {}) =>
  hub.whole.get(GradeSample).execute({
    ...{ itemId: id, grade: 'good', words: 'Clear and quick.', unsafeReason: null, by: auditor, formId: randomUUID() },
    criteria: Object.fromEntries(SAMPLE_CRITERIA.map((one) => [one, 'good'])) as Record<SampleCriterion, SampleGrade>,
    ...more,
  });
const UNSAFE = { grade: 'inadequate', unsafeReason: 'The bruises were not explained.' } as const;
const drawnFor = async () =>
  Object.fromEntries(
    (
      await hub.database
        .as(SERVICE)
        .rows<{ reference: string; drawnFor: string[] }>(
          sql`SELECT reference, drawn_for AS "drawnFor" FROM sample_item i JOIN referral r ON r.id = i.referral_id`,
        )
    ).map((row) => [row.reference, row.drawnFor]),
  );

/** A decided referral, alone in the sample of November. @returns its reference, and the id of its item */
async function sampled(referral = aCoachMessagingChildren(), decideAt = '2026-11-23T11:00') {
  const reference = await hub.submit(referral);
  await hub.moveTo(decideAt);
  await hub.decides(hub.socialWorker, reference);
  await hub.moveTo('2026-12-01T09:00');
  await draw();
  const { items } = await page();
  expect(items).toHaveLength(1);
  return { reference, id: items[0]!.id };
}

describe('the sample of a month', () => {
  it('holds two decisions of each decider, and the decisions of each stratum', async () => {
    const ofWorker: string[] = [];
    for (let count = 0; count < 4; count++) {
      ofWorker.push(await hub.submit(aRoutineAmber()));
      await hub.decides(hub.socialWorker, ofWorker.at(-1)!);
    }
    const ofManager = await hub.submit(aRoutineAmber());
    await hub.decides(hub.manager, ofManager);
    const baby = await hub.submit(aBruisedBaby());
    await hub.decides(hub.otherManager, baby, { outcome: 'child_and_family_assessment', thresholdLevel: 4 });
    await hub.signsOff(hub.manager, baby);
    const lowered = await hub.submit(aRoutineAmber());
    await hub.rates(hub.otherManager, lowered, 'green');
    await hub.decides(hub.otherManager, lowered, { outcome: 'no_further_action', thresholdLevel: 1 });
    await hub.signsOff(hub.manager, lowered);
    await hub.moveTo('2026-12-01T00:00:30');
    await draw();
    const found = await drawnFor();
    expect(found[baby]).toEqual(['level_4_without_strategy_discussion', 'child_under_one']);
    expect(found[lowered]).toEqual(['no_further_action', 'rating_lowered', 'suggestion_overridden']);
    expect(found[ofManager]).toEqual(['decider']);
    expect(ofWorker.filter((reference) => reference in found)).toHaveLength(2);
    expect(await page()).toMatchObject({ population: 7, drawn: 5, read: 0 });
  });

  it('is drawn once, at one moment or later, and drawn again it is the same', async () => {
    for (let count = 0; count < 6; count++) {
      await hub.decides(hub.socialWorker, await hub.submit(aRoutineAmber()));
    }
    await hub.moveTo('2026-12-01T09:00');
    expect(await Promise.all([draw(), draw(), draw()])).toEqual([2, 2, 2]);
    const first = await page();
    // A referral that is decided later, and one of the month that is opened again, change nothing of it.
    await hub.decides(hub.socialWorker, await hub.submit(aRoutineAmber()));
    await hub.moveTo('2027-01-05T09:00');
    expect(await draw()).toBe(2);
    expect((await page()).items).toEqual(first.items);
    expect(await hub.whole.get(RedrawSample).execute({ month: MONTH, by: auditor })).toBe(true);
    const other = await hub.database.as(SERVICE).row<{ id: string }>(sql`
      SELECT id FROM decision WHERE id NOT IN (SELECT decision_id FROM sample_item) LIMIT 1`);
    await hub.database.as(SERVICE).rows(sql`
      ALTER TABLE sample_item DISABLE TRIGGER append_only;
      UPDATE sample_item SET decision_id = '${raw(other!.id)}' WHERE position = 1;
      ALTER TABLE sample_item ENABLE TRIGGER append_only`);
    expect(await hub.whole.get(RedrawSample).execute({ month: MONTH, by: auditor })).toBe(false);
  });

  it('is not drawn before the month is over, nor for a month that is none', async () => {
    for (const [at, month] of [
      ['2026-11-30T23:59', '2026-11'],
      ['2026-12-01T00:00:29', '2026-11'],
      ['2026-12-01T09:00', '2026-12'],
      ['2026-12-01T09:00', '2026-13'],
      ['2026-12-01T09:00', 'November'],
    ] as const) {
      await hub.moveTo(at);
      await expect(draw(month)).rejects.toThrow();
    }
  });

  it('leaves out what was taken back, and takes the last of two decisions on one referral', async () => {
    const back = await hub.submit(aRoutineAmber());
    await hub.decides(hub.socialWorker, back);
    await hub.takesBack(hub.socialWorker, back);
    const agreedTwice = await hub.submit(aRoutineAmber());
    await hub.decides(hub.socialWorker, agreedTwice, { outcome: 'no_further_action', thresholdLevel: 1 });
    await hub.signsOff(hub.manager, agreedTwice);
    await hub.takesBack(hub.manager, agreedTwice);
    await hub.moveBy({ minutes: 1 });
    await hub.signsOff(hub.manager, agreedTwice);
    await hub.moveTo('2026-12-01T09:00');
    await draw();
    expect(Object.keys(await drawnFor())).toEqual([agreedTwice]);
    expect(await page()).toMatchObject({ population: 1 });
  });

  it('of a month without decisions is drawn, and holds nothing', async () => {
    await hub.moveTo('2026-12-01T09:00');
    expect(await draw()).toBe(0);
    expect(await page()).toMatchObject({ population: 0, drawn: 0, read: 0 });
  });

  it('leaves on the overview those that no person has read', async () => {
    for (const by of [hub.socialWorker, hub.manager]) await hub.decides(by, await hub.submit(aRoutineAmber()));
    await hub.moveTo('2026-12-01T09:00');
    await draw();
    const [first] = (await page()).items;
    await readsBlind(first!.id);
    await grades(first!.id);
    const { unknown } = await hub.whole.get(ReadOverview).execute(null, hub.manager);
    expect(unknown).toMatchObject({ sampled: 2, unreadSamples: 1 });
  });
});

describe('a blind reader', () => {
  it('is shown nothing of the decision, and no reference, before the level and the outcome are given', async () => {
    const words = 'Canaryella decided this.';
    const reference = await hub.submit(aCoachMessagingChildren());
    await hub.rates(hub.otherManager, reference, 'green', 'Canaryella rated this.');
    await hub.decides(hub.socialWorker, reference, { outcome: 'early_help', thresholdLevel: 2, rationale: words });
    if ((await hub.read(reference)).status === 'awaiting_sign_off') await hub.signsOff(hub.manager, reference);
    await hub.moveTo('2026-12-01T09:00');
    await draw();
    const list = await page();
    const { id } = list.items[0]!;
    const blind = await open(id);
    expect(blind.stage).toBe('blind');
    for (const shown of [JSON.stringify(blind), JSON.stringify(list)]) {
      for (const leak of ['Canaryella', 'early_help', reference, 'Sol Worker', 'lowered', 'decidedAt']) {
        expect([leak, shown.includes(leak)]).toEqual([leak, false]);
      }
    }
    await readsBlind(id);
    expect(await open(id)).toMatchObject({
      stage: 'to-grade',
      own: { outcome: 'strategy_discussion', thresholdLevel: 4, hadOpened: false },
      decision: { reference, outcome: 'early_help', thresholdLevel: 2, rationale: words, by: 'Sol Worker' },
    });
  });

  it('is never the person who decided or signed the decision', async () => {
    const reference = await hub.submit(aCoachMessagingChildren());
    await hub.decides(hub.otherManager, reference, { outcome: 'no_further_action', thresholdLevel: 1 });
    await hub.signsOff(hub.manager, reference);
    await hub.moveTo('2026-12-01T09:00');
    await draw();
    const { id } = (await page()).items[0]!;
    for (const own of [hub.otherManager, hub.manager]) {
      expect((await page(own)).items).toMatchObject([{ isOwn: true }]);
      for (const act of [() => open(id, own), () => readsBlind(id, own), () => grades(id, { by: own })]) {
        await expect(act()).rejects.toMatchObject({ code: 'sample-of-own-decision' });
      }
    }
    await readsBlind(id);
    await grades(id);
    // What was found is for them to learn from.
    expect(await open(id, hub.otherManager)).toMatchObject({ stage: 'graded', graded: { grade: 'good' } });
  });

  it('cannot be the decider by the database either', async () => {
    const { id } = await sampled();
    const insert = sql`
      INSERT INTO sample_blind_reading (id, item_id, decided_by, reader_id, threshold_level, outcome, had_opened, read_at)
      VALUES (${randomUUID()}, ${id}, ${hub.socialWorker.id}, ${hub.socialWorker.id}, 1, 'early_help', false, now())`;
    await expect(hub.database.as(SERVICE).run(insert)).rejects.toThrow(/sample_blind_reading_by_another/);
  });

  it('gives level and outcome once, and grades only after that', async () => {
    const { id } = await sampled();
    await expect(grades(id)).rejects.toMatchObject({ code: 'sample-not-read-blind' });
    await readsBlind(id);
    await expect(readsBlind(id)).rejects.toMatchObject({ code: 'already-read-blind' });
    await expect(grades(id, { by: hub.manager })).rejects.toMatchObject({ code: 'sample-not-read-blind' });
    await readsBlind(id, hub.manager);
    await grades(id);
    await expect(grades(id, { by: hub.manager })).rejects.toMatchObject({ code: 'sample-already-graded' });
  });

  it('who had opened the referral after its decision does not count in the agreement', async () => {
    const { reference, id } = await sampled();
    const other = await addStaff(hub.database, 'manager', [], 'Mo Manager');
    await hub.read(reference, other);
    await readsBlind(id, other);
    await grades(id, { by: other });
    expect(await open(id)).toMatchObject({ own: { hadOpened: true } });
    expect(await page()).toMatchObject({ read: 1, levels: [], outcomes: [] });
  });

  it('counts in the agreement by level and by outcome once the decision is graded', async () => {
    const { id } = await sampled();
    await readsBlind(id);
    expect(await page()).toMatchObject({ levels: [], outcomes: [] });
    await grades(id);
    expect(await page()).toMatchObject({
      levels: [{ reader: 4, decision: 3, count: 1 }],
      outcomes: [{ reader: 'strategy_discussion', decision: 'child_and_family_assessment', count: 1 }],
    });
  });

  it('has opened the referral for the record', async () => {
    const { reference, id } = await sampled();
    await open(id);
    await readsBlind(id);
    const { openings, timeline } = await hub.read(reference);
    expect(
      openings
        .filter(({ by }) => by === 'Ada Auditor')
        .map(({ act }) => act)
        .toSorted(),
    ).toEqual(['sample.blind-read', 'sample.read']);
    expect(timeline.filter(({ by }) => by === 'Ada Auditor')).toEqual([]);
  });
});

/** The invariants of deadlines that do not hold; no worker sends anything here, so that I1 and I2 say nothing. */
const broken = async () =>
  (await hub.invariants.execute()).filter(({ invariant }) => !['I1', 'I2'].includes(invariant));

describe('a decision that may leave a child unsafe', () => {
  it.each([
    ['when its due time is past', aCoachMessagingChildren(), '2026-11-23T11:00', true],
    ['when its due time is still ahead', aPoorAttender(), '2026-11-30T16:50', false],
  ])('opens its referral again and alerts at once %s', async (_, referral, decideAt, isOverdue) => {
    if (!isOverdue) await hub.moveTo('2026-11-30T16:40');
    const { reference, id } = await sampled(referral, decideAt);
    await hub.fireDue.execute();
    const before = (await hub.alertsOf(reference)).length;
    await readsBlind(id);
    expect(await grades(id, UNSAFE)).toEqual({ reopened: true });
    await hub.fireDue.execute();
    expect((await hub.alertsOf(reference)).slice(before)).toEqual([
      ['2026-12-01T09:00', 'practice_manager service_manager head_of_service'],
    ]);
    expect(await hub.read(reference)).toMatchObject({
      status: 'awaiting_decision',
      holder: null,
      responseTime: null,
      timeline: expect.arrayContaining([
        expect.objectContaining({ act: 'referral.reopened-by-sample', note: UNSAFE.unsafeReason, by: 'Ada Auditor' }),
      ]),
    });
    expect(await broken()).toEqual([]);
    // The chain goes on until it is decided again.
    await hub.moveTo('2026-12-11T12:00');
    await hub.fireDue.execute();
    expect((await hub.alertsOf(reference)).length).toBeGreaterThan(before + 1);
    expect(await broken()).toEqual([]);
    await hub.decides(hub.otherManager, reference, { outcome: 'strategy_discussion', thresholdLevel: 4 });
    if ((await hub.read(reference)).status === 'awaiting_sign_off') await hub.signsOff(hub.manager, reference);
    expect(await broken()).toEqual([]);
    const count = (await hub.alertsOf(reference)).length;
    await hub.moveTo('2026-12-18T12:00');
    await hub.fireDue.execute();
    expect(await hub.alertsOf(reference)).toHaveLength(count);
    expect((await hub.read(reference)).responseTime).toMatchObject({ onTime: false });
  });

  it('keeps the deadline that the decision met, and the response time of it', async () => {
    const { reference, id } = await sampled();
    await readsBlind(id);
    await grades(id, UNSAFE);
    const { deadlines } = await hub.read(reference);
    expect(deadlines.map(({ state, endedAt }) => [state, endedAt])).toEqual([
      ['met', hub.at('2026-11-23T11:00')],
      ['open', null],
    ]);
    expect(await hub.responseTimes()).toEqual({ count: 1, late: 0 });
    // The decision can be taken back by no person now: it is not in effect.
    await expect(hub.takesBack(hub.socialWorker, reference)).rejects.toMatchObject({ code: 'too-late-to-undo' });
  });

  it('can be decided again and taken back, and the referral is open as before that', async () => {
    const { reference, id } = await sampled();
    await readsBlind(id);
    await grades(id, UNSAFE);
    await hub.decides(hub.otherManager, reference);
    await hub.takesBack(hub.otherManager, reference);
    expect((await hub.read(reference)).status).toBe('awaiting_decision');
    expect(await broken()).toEqual([]);
  });

  it('is armed anew under the versions in force, after every rating that the referral has had', async () => {
    const reference = await hub.submit(aCoachMessagingChildren());
    await hub.rates(hub.manager, reference, 'green');
    await hub.moveTo('2026-11-23T10:30');
    await hub.rates(hub.manager, reference, 'red');
    await hub.decides(hub.socialWorker, reference);
    await hub.signsOff(hub.otherManager, reference);
    await hub.moveTo('2026-11-24T10:00');
    await hub.publishesCalendar(hub.manager, { ...DEFAULT_CALENDAR, localClosures: ['2026-11-25'] });
    await hub.moveTo('2026-12-01T09:00');
    await draw();
    const { id } = (await page()).items[0]!;
    await readsBlind(id);
    await grades(id, UNSAFE);
    const deadlines = await hub.database.as(SERVICE).rows<object>(sql`
      SELECT generation, rating, state, calendar_version AS calendar FROM deadline
      WHERE kind = 'decision' ORDER BY generation`);
    expect(deadlines).toEqual([
      { generation: 1, rating: 'amber', state: 'superseded', calendar: 1 },
      { generation: 2, rating: 'green', state: 'superseded', calendar: 1 },
      { generation: 3, rating: 'red', state: 'met', calendar: 1 },
      { generation: 4, rating: 'red', state: 'open', calendar: 2 },
    ]);
    expect(await broken()).toEqual([]);
    await hub.fireDue.execute();
    expect(await hub.rearm.execute()).toBe(0);
    await hub.rates(hub.manager, reference, 'amber');
    expect(await broken()).toEqual([]);
  });

  it('opens its referral once when the form is sent twice', async () => {
    const { reference, id } = await sampled();
    await readsBlind(id);
    const formId = randomUUID();
    const both = await Promise.all([grades(id, { ...UNSAFE, formId }), grades(id, { ...UNSAFE, formId })]);
    expect(both).toEqual([{ reopened: true }, { reopened: true }]);
    expect(await hub.entryCountOf(reference, 'referral.reopened-by-sample')).toBe(1);
  });

  it('is graded inadequate, or the database refuses it', async () => {
    const { id } = await sampled();
    await readsBlind(id);
    await expect(grades(id, { grade: 'good', unsafeReason: 'x' })).rejects.toThrow(/sample_grade_unsafe/);
  });
});
