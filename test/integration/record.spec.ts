import { actsOfKind, RECORD_KINDS, type RecordPlace } from '#audit';
import type { ReadRecordCommand, RecordPage } from '#oversight';
import { createHub, type Hub } from '../support/hub.ts';
import { aBruisedBaby, aPoorAttender } from '../support/referrals.ts';
import { addEntries, entriesOf, isOpenedByTheHub, wholeRecord } from '../support/verbs/record.ts';

let hub: Hub;
beforeAll(async () => {
  hub = await createHub();
});
beforeEach(() => hub.reset());
afterAll(() => hub.drop());

/** Every page of an answer, one after the other. */
async function pagesOf(question: Partial<ReadRecordCommand>) {
  const pages: RecordPage['lines'][] = [];
  for (let after: RecordPlace | null = null; ;) {
    const page: RecordPage = (await hub.record(hub.auditor, { ...question, after }))!;
    pages.push(page.lines);
    if (page.next === null) return pages;
    after = page.next;
  }
}

describe('the record', () => {
  it('answers every question with exactly the entries that it is about, the latest first, page by page', async () => {
    const references = [await hub.submit(aBruisedBaby()), await hub.submit(aPoorAttender())];
    await hub.decides(hub.socialWorker, references[1]!);
    const people = [hub.screener.id, hub.socialWorker.id];
    await addEntries(hub.database, ['referral.read', 'search.made', 'access.refused'], people, references, 23);
    const before = await wholeRecord(hub.database);
    expect(before.length).toBeGreaterThan(250);

    for (const staffId of [null, hub.screener.id, hub.manager.id]) {
      for (const reference of [null, references[0]!]) {
        for (const kind of [null, ...RECORD_KINDS]) {
          const acts: readonly string[] = actsOfKind(kind);
          const expected = before
            .filter((entry) => staffId === null || (entry.actorKind === 'staff' && entry.actorId === staffId))
            .filter((entry) => reference === null || entry.reference === reference)
            .filter((entry) => acts.includes(entry.act))
            .toSorted((a, b) => Temporal.Instant.compare(b.at, a.at) || (a.id < b.id ? 1 : -1));
          const pages = await pagesOf({ staffId, reference, kind });
          // Reading is on the record as well: what the question itself wrote is left out.
          const found = pages.flat().filter(({ id }) => before.some((entry) => entry.id === id));
          expect(found.map(({ id }) => id)).toEqual(expected.map(({ id }) => id));
          expect(pages.slice(0, -1).every((page) => page.length === 50)).toBe(true);
        }
      }
    }
  });

  it('has every act in one kind', () => {
    const acts = RECORD_KINDS.flatMap((kind) => actsOfKind(kind));
    expect(acts.toSorted()).toEqual(actsOfKind(null).toSorted());
    expect(new Set(acts).size).toBe(acts.length);
  });

  it.each([
    ['2026-10-25', '2026-10-25T23:59:59.999', 'the day on which the clocks go back'],
    ['2026-03-29', '2026-03-29T00:00', 'the day on which they go forward'],
    [
      '2026-07-01',
      '2026-07-01T00:00',
      'a day of summer, which begins at eleven in the evening of the day before in UTC',
    ],
  ])('has what was done on %s at %s within that London day alone: %s', async (day, at) => {
    await hub.moveTo(at);
    await hub.queue('waiting', hub.screener);
    const next = Temporal.PlainDate.from(day).add({ days: 1 }).toString();
    const before = Temporal.PlainDate.from(day).subtract({ days: 1 }).toString();
    const actsOn = async (from: string, to: string) =>
      (await hub.record(hub.auditor, { from, to, staffId: hub.screener.id }))!.lines.map(({ act }) => act);
    expect(await actsOn(day, next)).toEqual(['queue.read']);
    expect(await actsOn(before, day)).toEqual([]);
    expect(await actsOn(next, Temporal.PlainDate.from(next).add({ days: 1 }).toString())).toEqual([]);
  });

  it('has an entry of each reading, with how many entries were read and what was asked, in ids and codes', async () => {
    const reference = await hub.submit(aBruisedBaby());
    await hub.read(reference, hub.screener);
    await hub.record(hub.auditor, { staffId: hub.screener.id, reference, kind: 'opened' });
    expect(await entriesOf(hub.database, 'record.read')).toEqual([
      {
        act: 'record.read',
        reference,
        details: {
          staffId: hub.screener.id,
          kind: 'opened',
          from: '2026-11-20',
          to: '2026-11-30',
          isFirst: true,
          count: 1,
        },
      },
    ]);
  });

  it('is refused to a person who may not read it, and has nothing of a referral that does not exist', async () => {
    for (const person of [hub.screener, hub.socialWorker]) {
      await expect(hub.record(person)).rejects.toMatchObject({ code: 'not-found', isByPolicy: true });
    }
    expect(await hub.record(hub.manager, { reference: 'MASH-0000-0000' })).toBeNull();
    expect(await entriesOf(hub.database, 'record.read')).toEqual([]);
  });
});

describe('an auditor', () => {
  it('opens a referral for an hour after the reason, and not before', async () => {
    const [reference, other] = [await hub.submit(aBruisedBaby()), await hub.submit(aPoorAttender())];
    const refused = { code: 'no-reason-for-audit' };
    await expect(hub.read(reference, hub.auditor)).rejects.toMatchObject(refused);
    await hub.openForAudit(reference, 'Sampled for October', hub.auditor);
    expect((await hub.read(reference, hub.auditor)).reference).toBe(reference);
    await expect(hub.read(other, hub.auditor)).rejects.toMatchObject(refused);
    const colleague = await hub.another('auditor');
    await expect(hub.read(reference, colleague)).rejects.toMatchObject(refused);
    await hub.moveBy({ minutes: 59, seconds: 59 });
    expect((await hub.read(reference, hub.auditor)).reference).toBe(reference);
    await hub.moveBy({ seconds: 1 });
    await expect(hub.read(reference, hub.auditor)).rejects.toMatchObject(refused);
  });

  it('is not the person of the hub who opened it first', async () => {
    const reference = await hub.submit(aBruisedBaby());
    await hub.openForAudit(reference, 'Sampled for October', hub.auditor);
    await hub.read(reference, hub.auditor);
    expect(await isOpenedByTheHub(hub.database, reference)).toBe(false);
    await hub.read(reference, hub.screener);
    expect(await isOpenedByTheHub(hub.database, reference)).toBe(true);
  });

  it('leaves the reason among the openings, and its words in no entry of the record', async () => {
    const reference = await hub.submit(aBruisedBaby());
    await hub.openForAudit(reference, 'The family complained', hub.auditor);
    const { openings, timeline } = await hub.read(reference, hub.auditor);
    expect(openings.map(({ by, act, reason }) => [by, act, reason])).toEqual([
      ['Ada Auditor', 'referral.read', null],
      ['Ada Auditor', 'referral.opened-for-audit', 'The family complained'],
    ]);
    expect(timeline.map(({ act }) => act)).toEqual(['referral.submitted']);
    const [entry] = await entriesOf(hub.database, 'referral.opened-for-audit');
    expect(entry).toMatchObject({ reference, details: { openingId: expect.stringMatching(/^[\da-f-]{36}$/) } });
    expect(Object.keys(entry!.details)).toEqual(['openingId']);
  });

  it('is the only one who says why', async () => {
    const reference = await hub.submit(aBruisedBaby());
    for (const person of [hub.screener, hub.manager]) {
      await expect(hub.openForAudit(reference, 'Why not', person)).rejects.toMatchObject({ isByPolicy: true });
    }
    await expect(hub.openForAudit('MASH-0000-0000', 'Why not', hub.auditor)).rejects.toMatchObject({
      code: 'not-found',
    });
  });

  it('is given no referral to hold', async () => {
    const reference = await hub.submit(aBruisedBaby());
    await expect(hub.assigns(hub.manager, [reference], hub.auditor)).rejects.toMatchObject({
      code: 'cannot-hold-referrals',
    });
  });
});

describe('what waits for a person', () => {
  it('is every decision that waits for sign-off', async () => {
    expect(await hub.waitingFor(hub.manager)).toEqual({ signOff: 0, alerts: 0, routes: 0, glass: 0 });
    await hub.decides(hub.socialWorker, await hub.submit(aPoorAttender()));
    expect((await hub.waitingFor(hub.manager)).signOff).toBe(0);
    const ended = await hub.submit(aBruisedBaby());
    await hub.decides(hub.socialWorker, ended, { outcome: 'no_further_action', thresholdLevel: 1 });
    expect((await hub.waitingFor(hub.manager)).signOff).toBe(1);
    await hub.signsOff(hub.manager, ended);
    expect((await hub.waitingFor(hub.manager)).signOff).toBe(0);
  });

  it('is the alerts that told this person, until a person acknowledges the last, or the referral is decided', async () => {
    const { duty_team: told, head_of_service: other } = hub.onDuty;
    const [one, two] = [await hub.submit(aBruisedBaby()), await hub.submit(aBruisedBaby())];
    const alerts = async (person = told) => (await hub.waitingFor(person)).alerts;
    expect(await alerts()).toBe(0);
    await hub.moveTo('2026-11-23T11:30');
    await hub.fireDue.execute();
    const firedFor = await hub.readAlerts.execute({ by: told });
    expect(firedFor.alerts.length).toBe(2);
    expect(await alerts()).toBe(2);
    expect(await alerts(other)).toBe(0);
    await hub.acknowledges(hub.manager, one);
    expect(await alerts()).toBe(1);
    await hub.decides(hub.socialWorker, two);
    await hub.signsOff(hub.manager, two);
    expect(await alerts()).toBe(0);
    // After the pause the next step fires for more senior people: it is not answered again, for those of before as well.
    await hub.moveTo('2026-11-23T13:55');
    await hub.fireDue.execute();
    expect(await alerts()).toBe(1);
  });
});
