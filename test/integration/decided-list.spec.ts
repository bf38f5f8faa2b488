import type { StaffActor } from '#access';
import {
  DECIDED_SORTS,
  ExportDecided,
  ReadDecided,
  type DecidedFilters,
  type DecidedLine,
  type DecidedOrder,
  type PageEnd,
} from '#oversight';
import { addAgency } from '../support/agencies-and-staff.ts';
import { createHub, type Hub } from '../support/hub.ts';
import {
  aCoachMessagingChildren,
  aFamilyShortOfMoney,
  aFracturedToddler,
  aPoorAttender,
} from '../support/referrals.ts';
import { randomUUID } from 'node:crypto';
import { SubmitReferral } from '#referrals';
import type { SubmittedReferral } from '#domain';

const timeZone = 'Europe/London';
const LATEST: DecidedOrder = { sort: 'decided', direction: 'descending' };

let hub: Hub;
beforeAll(async () => {
  hub = await createHub();
});
beforeEach(() => hub.reset());
afterAll(() => hub.drop());

const days = (from: string, to: string) => ({ from: Temporal.PlainDate.from(from), to: Temporal.PlainDate.from(to) });
const meaning = (filters: Partial<DecidedFilters> = {}): DecidedFilters => ({
  period: 'decided',
  ...days('2026-01-01', '2028-01-01'),
  ...{ rating: null, outcome: null, decider: null, agency: null, operational: null, statutory: null },
  ...filters,
});

async function pageOf(filters: Partial<DecidedFilters> = {}, order = LATEST, after: PageEnd | null = null) {
  return hub.whole.get(ReadDecided).execute({ filters: meaning(filters), order, after, timeZone, by: hub.manager });
}
const found = async (filters: Partial<DecidedFilters> = {}, order = LATEST) =>
  (await pageOf(filters, order)).lines.map(({ reference }) => reference);

async function exported(filters: Partial<DecidedFilters> = {}): Promise<readonly DecidedLine[]> {
  const lines = await hub.whole.get(ExportDecided).execute({ filters: meaning(filters), timeZone, by: hub.manager });
  const all: DecidedLine[] = [];
  for await (const line of lines) all.push(line);
  return all;
}

let children = 0;
/** Of a child of its own: of a child who was referred before, a decision may need sign-off. */
const aCoach = (of = aCoachMessagingChildren): SubmittedReferral => {
  children += 1;
  const lastName = String(children).replaceAll(/\d/g, (digit) => 'abcdefghij'[Number(digit)]!);
  return of({ children: [{ firstName: 'Robin', lastName: `Vale${lastName}` }] });
};

/** Receives and decides at London times. */
async function decidedAt(
  received: string,
  decided: string,
  { by = hub.manager, body = aCoach() }: { by?: StaffActor; body?: SubmittedReferral } = {},
): Promise<string> {
  await hub.moveTo(received);
  const reference = await hub.submit(body);
  await hub.moveTo(decided);
  await hub.decides(by, reference, { outcome: 'early_help', thresholdLevel: 2 });
  return reference;
}

describe('the list of decided referrals', () => {
  it('has what is decided, and nothing that waits for a decision or for sign-off', async () => {
    await hub.submit(aPoorAttender());
    const waits = await hub.submit(aFamilyShortOfMoney());
    expect(
      await hub.decides(hub.socialWorker, waits, { outcome: 'no_further_action', thresholdLevel: 1 }),
    ).toBeDefined();
    const decided = await decidedAt('2026-11-23T10:00', '2026-11-23T11:00');
    const { lines, found: count } = await pageOf();
    expect([lines.length, count]).toEqual([1, 1]);
    expect(lines[0]).toMatchObject({
      reference: decided,
      rating: 'amber',
      agency: 'Loomgate School',
      outcome: 'early_help',
      thresholdLevel: 2,
      decider: 'Mel Manager',
      receivedAt: hub.at('2026-11-23T10:00'),
      effectiveAt: hub.at('2026-11-23T11:00'),
      elapsedMinutes: 60,
      workingMinutes: 60,
      onTime: true,
      withinStatutoryLimit: true,
    });
  });

  it('has no decision that was taken back, and the later one in its place', async () => {
    const reference = await decidedAt('2026-11-23T10:00', '2026-11-23T11:00');
    await hub.takesBack(hub.manager, reference);
    expect(await found()).toEqual([]);
    await hub.moveTo('2026-11-23T12:00');
    await hub.decides(hub.manager, reference, { outcome: 'advice_and_signposting' });
    const { lines, found: count } = await pageOf();
    expect(lines.map(({ outcome, effectiveAt }) => [outcome, effectiveAt.toString()])).toEqual([
      ['advice_and_signposting', '2026-11-23T12:00:00Z'],
    ]);
    expect(count).toBe(1);
  });

  it('has the decision that was signed off after one was returned', async () => {
    const reference = await hub.submit(aPoorAttender());
    await hub.decides(hub.socialWorker, reference, { outcome: 'no_further_action', thresholdLevel: 1 });
    await hub.returns(hub.manager, reference, 'Ask the school first.');
    await hub.moveTo('2026-11-23T12:00');
    await hub.decides(hub.socialWorker, reference, { outcome: 'no_further_action', thresholdLevel: 1 });
    expect(await found()).toEqual([]);
    await hub.moveTo('2026-11-23T13:00');
    await hub.signsOff(hub.manager, reference);
    const { lines } = await pageOf();
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatchObject({
      decider: 'Sol Worker',
      effectiveAt: hub.at('2026-11-23T13:00'),
      elapsedMinutes: 180,
    });
  });

  it('is narrowed down by each filter, and by several at once', async () => {
    const amber = await decidedAt('2026-11-23T10:00', '2026-11-23T10:30');
    const late = await decidedAt('2026-11-23T10:30', '2026-11-26T10:00', { by: hub.otherManager });
    await hub.moveTo('2026-11-26T11:00');
    const red = await hub.submit(aFracturedToddler());
    await hub.moveTo('2026-11-26T11:30');
    await hub.decides(hub.socialWorker, red, { outcome: 'strategy_discussion', thresholdLevel: 4 });
    const other = await addAgency(hub.database, 'Weaver Hospital');
    const { answer } = await hub.whole
      .get(SubmitReferral)
      .execute({ agencyId: other.agencyId, idempotencyKey: randomUUID(), referral: aCoach() });
    await hub.decides(hub.manager, answer.reference, { outcome: 'early_help' });
    const hospital = answer.reference;

    expect(await found()).toHaveLength(4);
    expect(await found({ rating: 'red' })).toEqual([red]);
    expect(await found({ outcome: 'strategy_discussion' })).toEqual([red]);
    expect(await found({ decider: hub.otherManager.id })).toEqual([late]);
    expect(await found({ agency: other.agencyId })).toEqual([hospital]);
    expect(await found({ operational: 'late' })).toEqual([late]);
    expect(await found({ statutory: 'late' })).toEqual([late]);
    expect((await found({ operational: 'in-time' })).toSorted()).toEqual([amber, red, hospital].toSorted());
    expect((await found({ statutory: 'in-time' })).toSorted()).toEqual([amber, red, hospital].toSorted());
    expect(await found({ rating: 'amber', decider: hub.manager.id, agency: hub.agency.agencyId })).toEqual([amber]);
    expect(await found({ rating: 'red', operational: 'late' })).toEqual([]);
    expect(await found(days('2026-11-23', '2026-11-24'))).toEqual([amber]);
    expect((await found({ ...days('2026-11-23', '2026-11-24'), period: 'received' })).toSorted()).toEqual(
      [amber, late].toSorted(),
    );
  });

  it.each([
    ['spring, whose day has 23 hours', '2027-03-28', '2027-03-29', '2027-03-28T00:00:00Z', '2027-03-28T22:59:59.999Z'],
    ['autumn, whose day has 25 hours', '2027-10-31', '2027-11-01', '2027-10-30T23:00:00Z', '2027-10-31T23:59:59.999Z'],
    ['winter', '2026-11-30', '2026-12-01', '2026-11-30T00:00:00Z', '2026-11-30T23:59:59.999Z'],
    ['summer', '2027-06-30', '2027-07-01', '2027-06-29T23:00:00Z', '2027-06-30T22:59:59.999Z'],
  ])('has the whole local day and no more at the change of clocks in %s', async (_, from, to, first, last) => {
    const [begin, end] = [Temporal.Instant.from(first), Temporal.Instant.from(last)];
    const references: string[] = [];
    for (const at of [begin.subtract({ milliseconds: 1 }), begin, end, end.add({ milliseconds: 1 })]) {
      await hub.moveToInstant(at);
      const reference = await hub.submit(aCoach());
      await hub.decides(hub.manager, reference, { outcome: 'early_help' });
      references.push(reference);
    }
    expect((await found(days(from, to))).toSorted()).toEqual(references.slice(1, 3).toSorted());
    expect((await found({ ...days(from, to), period: 'received' })).toSorted()).toEqual(
      references.slice(1, 3).toSorted(),
    );
    expect((await exported(days(from, to))).map(({ reference }) => reference)).toEqual(references.slice(1, 3));
  });
});

describe('a list of several pages', () => {
  const decideMany = async (count: number) => {
    const references: string[] = [];
    for (let done = 0; done < count; done++) {
      const by = done % 3 === 0 ? hub.manager : hub.otherManager;
      const body = aCoach(done % 4 === 0 ? aFamilyShortOfMoney : aCoachMessagingChildren);
      const reference = await hub.submit(body);
      if (done % 5 !== 0) await hub.moveBy({ minutes: done % 7 });
      await hub.decides(by, reference, { outcome: done % 2 === 0 ? 'early_help' : 'child_and_family_assessment' });
      references.push(reference);
    }
    return references;
  };

  it('shows each referral once in every order, both ways round', async () => {
    await decideMany(60);
    const all = (await exported()).map(({ reference }) => reference).toSorted();
    expect(all).toHaveLength(60);
    for (const sort of DECIDED_SORTS) {
      const ways = [];
      for (const direction of ['ascending', 'descending'] as const) {
        const first = await pageOf({}, { sort, direction });
        expect([first.lines.length, first.found, first.next]).toEqual([50, 60, expect.anything()]);
        const second = await pageOf({}, { sort, direction }, first.next);
        expect([second.lines.length, second.next]).toEqual([10, null]);
        ways.push([...first.lines, ...second.lines]);
      }
      const [up, down] = ways as [DecidedLine[], DecidedLine[]];
      expect(up.map(({ reference }) => reference).toSorted()).toEqual(all);
      expect(down).toEqual(up.toReversed());
      expect(up.map((line) => keyOf(sort, line))).toEqual(
        up.map((line) => keyOf(sort, line)).toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0)),
      );
    }
  });

  const keyOf = (sort: DecidedOrder['sort'], line: DecidedLine): string | number =>
    ({
      decided: line.effectiveAt.epochMilliseconds,
      received: line.receivedAt.epochMilliseconds,
      took: line.elapsedMinutes,
      rating: { red: 1, amber: 2, green: 3 }[line.rating],
      agency: line.agency,
      outcome: line.outcome,
      decider: line.decider,
    })[sort];

  it('leaves nothing out and shows nothing twice while referrals are decided and taken back', async () => {
    await decideMany(55);
    const before = (await exported()).map(({ reference }) => reference);
    const first = await pageOf();
    await hub.moveBy({ minutes: 1 });
    await hub.decides(hub.manager, await hub.submit(aCoach()), { outcome: 'early_help' });
    const second = await pageOf({}, LATEST, first.next);
    const shown = [...first.lines, ...second.lines].map(({ reference }) => reference);
    expect(shown).toEqual(before.toReversed());
  });

  it('is counted up to ten thousand, and is read to its end whatever its length', async () => {
    const reference = await decidedAt('2026-11-23T10:00', '2026-11-23T11:00');
    await hub.copiesDecided(reference, 9_999);
    expect((await pageOf()).found).toBe(10_000);
    await hub.copiesDecided(await decidedAt('2026-11-24T10:00', '2026-11-24T11:00'), 1);
    const { found: count, next } = await pageOf();
    expect([count, next]).toEqual([null, expect.anything()]);
    const references = (await exported()).map((line) => line.reference);
    expect([references.length, new Set(references).size]).toEqual([10_002, 10_002]);
    expect(await hub.recordOf('decided.exported')).toEqual([expect.objectContaining({ count: 10_002 })]);
  });
});

describe('the file of a list', () => {
  it('has no referral that is decided while it is written, and its count on the record before', async () => {
    await decidedAt('2026-11-23T10:00', '2026-11-23T11:00');
    const lines = await hub.whole.get(ExportDecided).execute({ filters: meaning(), timeZone, by: hub.manager });
    expect(await hub.recordOf('decided.exported')).toEqual([expect.objectContaining({ count: 1, from: '2026-01-01' })]);
    await decidedAt('2026-11-23T12:00', '2026-11-23T12:30');
    const written: DecidedLine[] = [];
    for await (const line of lines) written.push(line);
    expect(written).toHaveLength(1);
  });
});

it('has each reading on the record, with what was asked for and how many were shown', async () => {
  await decidedAt('2026-11-23T10:00', '2026-11-23T11:00');
  await pageOf({ rating: 'amber', ...days('2026-11-01', '2026-12-01') });
  expect(await hub.recordOf('decided.read')).toEqual([
    {
      period: 'decided',
      from: '2026-11-01',
      to: '2026-12-01',
      rating: 'amber',
      ...{ outcome: null, decider: null, agency: null, operational: null, statutory: null },
      lines: 1,
    },
  ]);
});
