import { randomUUID } from 'node:crypto';
import type { StaffActor } from '#access';
import {
  AskForEvidence,
  CloseDays,
  DeleteOldEvidence,
  MakeEvidence,
  PARTS,
  ReadEvidence,
  ReadFigure,
  type Audience,
  type EvidenceReferral,
} from '#oversight';
import { JobRunner } from '#jobs';
import { createLogger } from '#platform';
import { SERVICE, sql } from '#store';
import { createHub, type Hub } from '../support/hub.ts';
import { jobsOf } from '../support/verbs/jobs.ts';
import { recordOf, verifyAtNight } from '../support/verbs/record-chain.ts';
import { handlersOf } from '../support/job-handlers.ts';
import { aBruisedBaby, aCoachMessagingChildren, aFamilyShortOfMoney, aRoutineAmber } from '../support/referrals.ts';

let hub: Hub;
beforeAll(async () => void (hub = await createHub()));
beforeEach(() => hub.reset());
afterAll(() => hub.drop());

const NOVEMBER = { from: '2026-11', to: '2026-11' };
const closeDays = () => hub.database.as(SERVICE).transaction((tx) => hub.whole.get(CloseDays).handle(tx));
const asks = (audience: Audience, months = NOVEMBER, by: StaffActor = hub.manager, formId: string = randomUUID()) =>
  hub.whole.get(AskForEvidence).execute({ ...months, audience, formId, by });
const opens = (id: string, by: StaffActor = hub.auditor) => hub.whole.get(ReadEvidence).open(id, by);
const refused = (code: string): unknown => expect.objectContaining({ code });

/** Does the jobs that wait for making evidence, as a worker does. */
async function makes() {
  await jobsOf(hub.database).makeEveryJobDue();
  const making = hub.whole.get(MakeEvidence);
  const handlers = handlersOf({ 'make-evidence': (payload, tx) => making.handle(payload, tx) });
  await new JobRunner(hub.database, handlers, createLogger('worker', 'silent')).runDue(20);
}

async function made(audience: Audience, months = NOVEMBER) {
  const id = await asks(audience, months);
  await makes();
  const pack = await opens(id);
  if (pack.evidence === null) throw new Error('not ready');
  return pack;
}

/** November: a late amber, a red that is late by its own limit alone, one that was lowered to be in time, a green in time, and a red that nobody decides. */
async function november() {
  await hub.moveTo('2026-11-23T10:00');
  const late = await hub.submit(aRoutineAmber());
  const lateRed = await hub.submit(aBruisedBaby());
  const lowered = await hub.submit(aCoachMessagingChildren());
  await hub.rates(hub.manager, lowered, 'green');
  const inTime = await hub.submit(aFamilyShortOfMoney());
  await hub.moveTo('2026-11-23T11:00');
  await hub.decides(hub.socialWorker, inTime, { outcome: 'advice_and_signposting', thresholdLevel: 1 });
  await hub.moveTo('2026-11-24T15:00');
  await hub.decides(hub.socialWorker, lateRed);
  await hub.signsOff(hub.otherManager, lateRed);
  await hub.decides(hub.socialWorker, lowered);
  await hub.signsOff(hub.otherManager, lowered);
  await hub.moveTo('2026-11-26T15:00');
  await hub.decides(hub.manager, late, { lateReason: 'volume_of_referrals' });
  const open = await hub.submit(aBruisedBaby());
  return { late, lateRed, lowered, inTime, open };
}

const referencesOf = (list: readonly EvidenceReferral[]) => list.map(({ reference }) => reference);

describe('a pack for the inspectorate', () => {
  it('has the figures of each month as they are read, the referrals behind them, and the proof', async () => {
    const { late, lateRed, lowered, open } = await november();
    await hub.moveTo('2026-12-14T02:00');
    await closeDays();
    await hub.moveTo('2026-12-14T10:00');
    // What comes after the close is not in the pack.
    await hub.submit(aBruisedBaby());
    const { evidence, asOf } = await made('inspectorate');
    expect(asOf.toString()).toBe(hub.at('2026-12-14T02:00').toString());

    const month = evidence.figures.months.at(-1)!;
    expect([month.month, month.isComplete, evidence.figures.months.length]).toEqual(['2026-11-01', true, 12]);
    const day = (text: string) => Temporal.PlainDate.from(text);
    const period = { from: day('2026-11-01'), to: day('2026-12-01') };
    for (const { measure, lines } of month.figures) {
      const address = { period, asOf, by: 'rating' };
      const figure = await hub.whole.get(ReadFigure).execute(measure, address, 'figure', hub.manager);
      expect({ measure, lines }).toEqual({ measure, lines: figure.lines.map(({ label: _, ...line }) => line) });
      // Of a period of one month, the whole is that month.
      expect(evidence.figures.whole!.find((one) => one.measure === measure)!.lines).toEqual(lines);
    }
    const { lists, alerts, recomputation } = evidence;
    expect(referencesOf(lists!.lateDecisions)).toEqual([late, lateRed]);
    expect(lists!.lateDecisions[0]).toMatchObject({ lateReason: 'volume_of_referrals', rating: 'amber' });
    expect(lists!.lateDecisions[0]!.minutesLate).toBeGreaterThan(0);
    expect(referencesOf(lists!.loweredThenInTime)).toEqual([lowered]);
    expect(referencesOf(lists!.overdue)).toEqual([open]);
    expect(alerts!.months.map((one) => one.figures.length)).toEqual([3]);
    expect(recomputation).toMatchObject({ days: 30, closed: 8 });
    expect(recomputation.reckonings).toHaveLength(1);
    expect(recomputation.reckonings[0]!.compared).toBeGreaterThan(10);
    expect(recomputation.differences).toEqual([]);
  });

  it('has the latest checkpoint as it was signed, and the latest verification of the record', async () => {
    expect((await made('inspectorate')).evidence.record).toEqual({ checkpoint: null, verification: null });
    const record = recordOf(hub.database);
    const { at } = (await record.checkpoint())!;
    await verifyAtNight(hub, record);
    const { checkpoint, verification } = (await made('inspectorate')).evidence.record!;
    expect(checkpoint).toMatchObject({ at: at.toString(), note: expect.stringMatching(/^mash-triage\/record\n/) });
    expect(verification).toMatchObject({ holds: true, checkpoints: 1 });
    expect(verification!.entries).toBeGreaterThan(checkpoint!.entries - 1);
  });

  it('names the alerts that nobody answered in 15 minutes, with their figures', async () => {
    await hub.moveTo('2026-12-01T10:00');
    const reference = await hub.submit(aBruisedBaby());
    await hub.moveBy({ hours: 5 });
    await hub.fireDue.execute();
    const december = { from: '2026-12', to: '2026-12' };
    const early = await made('inspectorate', december);
    expect(early.evidence.alerts!.notAnswered).toEqual([]);
    await hub.moveBy({ minutes: 15 });
    const { evidence } = await made('inspectorate', december);
    const { notAnswered, months } = evidence.alerts!;
    expect(notAnswered.length).toBeGreaterThan(0);
    expect(new Set(notAnswered.map((one) => one.reference))).toEqual(new Set([reference]));
    const inTime = months[0]!.figures.find(({ measure }) => measure === 'alerts-answered-in-15-minutes')!;
    expect(inTime.lines.at(-1)).toMatchObject({ group: 'all', numerator: 0, denominator: notAnswered.length });
  });

  it('is on the record when it is made, read and taken away, each time with its count', async () => {
    await hub.moveTo('2026-12-01T10:00');
    const { id } = await made('inspectorate', { from: '2026-12', to: '2026-12' });
    await hub.whole.get(ReadEvidence).download(id, hub.auditor);
    const { lines } = (await hub.record(hub.auditor, { to: '2026-12-30' }))!;
    const acts = lines.filter(({ act }) => act.startsWith('evidence.'));
    expect(acts.map(({ act, by }) => [act, by])).toEqual([
      ['evidence.downloaded', 'Ada Auditor'],
      ['evidence.read', 'Ada Auditor'],
      ['evidence.made', 'Mel Manager'],
    ]);
    for (const { details } of acts) {
      expect(details).toMatchObject({ packId: id, audience: 'inspectorate', from: '2026-12', to: '2026-12' });
      expect(details['count']).toBeGreaterThan(20);
    }
  });
});

describe('a pack for publication', () => {
  it('has no number from 1 to 5, no referral and no alert, and the month as it was frozen', async () => {
    const { open } = await november();
    await hub.moveTo('2026-12-14T02:00');
    await closeDays();
    await hub.moveTo('2026-12-14T10:00');
    const before = await made('publication');
    const numbers = before.evidence.figures.months.flatMap(({ figures }) =>
      figures.flatMap(({ lines }) => lines.flatMap(({ group: _, ...line }) => Object.values(line))),
    );
    expect(numbers.filter((one) => typeof one === 'number' && one !== 0)).toEqual([]);
    expect(numbers).toContain('c');
    expect(JSON.stringify(before.evidence)).not.toContain('MASH-');
    expect([before.evidence.lists, before.evidence.alerts, before.evidence.figures.whole]).toEqual([null, null, null]);
    // A month that changes afterwards is published as it was.
    await hub.decides(hub.manager, open);
    await hub.signsOff(hub.otherManager, open);
    await hub.moveTo('2026-12-15T02:00');
    await closeDays();
    const after = await made('publication');
    expect(after.evidence.figures.months).toEqual(before.evidence.figures.months);
    const revised = (await made('inspectorate')).evidence.figures.months.at(-1)!.figures;
    expect(revised.find(({ measure }) => measure === 'time-to-decision')!.frozen).toMatchObject({
      ...{ numerator: 4, denominator: 5 },
    });
  });

  it('shows the numbers that are large enough', async () => {
    await hub.moveTo('2026-11-23T10:00');
    for (let i = 0; i < 7; i++) await hub.submit(aRoutineAmber());
    await hub.moveTo('2026-12-14T02:00');
    await closeDays();
    const { evidence } = await made('publication');
    const received = evidence.figures.months[0]!.figures.find(({ measure }) => measure === 'received')!;
    expect(received.lines.at(-1)).toMatchObject({ group: 'all', numerator: 7, denominator: 7, value: 7 });
  });

  it.each([
    ['of the current month', { from: '2026-12', to: '2026-12' }],
    ['of a month before there was a referral', { from: '2026-10', to: '2026-11' }],
  ])('is refused %s, and no job is left', async (_, months) => {
    await november();
    await hub.moveTo('2026-12-14T02:00');
    await closeDays();
    const jobs = await jobsOf(hub.database).jobCount();
    await expect(asks('publication', months)).rejects.toEqual(refused('evidence-not-for-publication'));
    expect(await jobsOf(hub.database).jobCount()).toBe(jobs);
  });
});

it.each([
  ['not after each other', '2026-11', '2026-10'],
  ['to come', '2026-11', '2027-01'],
  ['too long ago', '2025-10', '2026-11'],
])('a pack of months that are %s is refused', async (_, from, to) => {
  await expect(asks('inspectorate', { from, to })).rejects.toEqual(refused('evidence-of-other-months'));
});

it('a form that is sent twice makes one pack', async () => {
  const formId = randomUUID();
  const first = await asks('inspectorate', NOVEMBER, hub.manager, formId);
  expect(await asks('inspectorate', NOVEMBER, hub.manager, formId)).toBe(first);
  expect((await hub.whole.get(ReadEvidence).list(hub.manager)).packs).toHaveLength(1);
});

it('a pack whose job fails says so, keeps the parts that are made, and is made by the next try', async () => {
  const id = await asks('inspectorate');
  await expect(hub.whole.get(ReadEvidence).download(id, hub.manager)).rejects.toEqual(refused('evidence-not-ready'));
  expect(await opens(id)).toMatchObject({ made: 0, parts: 6, evidence: null, tries: { failures: 0 } });
  // The record cannot be read for a while.
  await hub.database.as(SERVICE).run(sql`ALTER TABLE recomputation RENAME TO away`);
  try {
    await makes();
  } finally {
    await hub.database.as(SERVICE).run(sql`ALTER TABLE away RENAME TO recomputation`);
  }
  expect(await opens(id)).toMatchObject({ made: 4, evidence: null, tries: { failures: 1, isOperatorTold: false } });
  await makes();
  expect((await opens(id)).evidence).not.toBeNull();
  expect((await opens(id)).made).toBe(PARTS.inspectorate.length);
});

it('E4: a pack is there for a day from the instant at which it was ready, and then deleted', async () => {
  const { id } = await made('inspectorate');
  await hub.moveBy({ hours: 23, minutes: 59 });
  expect(await hub.whole.get(DeleteOldEvidence).execute()).toBe(0);
  expect((await opens(id)).evidence).not.toBeNull();
  await hub.moveBy({ minutes: 1 });
  await expect(opens(id)).rejects.toEqual(refused('not-found'));
  expect(await hub.whole.get(DeleteOldEvidence).execute()).toBe(1);
  expect(await hub.database.as(SERVICE).rows(sql`SELECT 1 FROM evidence_part`)).toEqual([]);
});
