import { randomUUID } from 'node:crypto';
import { DEFAULT_POLICY } from '#domain';
import { ReadSharing } from '#oversight';
import { ChangeHours } from '#work';
import { createHub, type Hub } from '../support/hub.ts';
import { aBruisedBaby, aFamilyShortOfMoney, aRoutineAmber } from '../support/referrals.ts';

let hub: Hub;
beforeAll(async () => {
  hub = await createHub();
});
beforeEach(() => hub.reset());
afterAll(() => hub.drop());

const MIA = { firstName: 'Mia', lastName: 'Pyke', dateOfBirth: '2019-03-14' };
const capIs = (cap: number) =>
  hub.publish.execute({
    version: { kind: 'policy', policy: { ...DEFAULT_POLICY, workload: { ...DEFAULT_POLICY.workload, cap } } },
    reason: 'Fewer',
    effectiveFrom: null,
    seen: 1,
    formId: randomUUID(),
    by: hub.manager,
  });
const hoursOf = (personId: string, hoursPercent: number) =>
  hub.whole.get(ChangeHours).execute({ personId, hoursPercent, formId: randomUUID(), by: hub.manager });
const referMia = async () => {
  await hub.moveBy({ minutes: 1 });
  const reference = await hub.submit({ ...aRoutineAmber(), children: [MIA] });
  await hub.linkEarlier(reference);
  return reference;
};

describe('the cap', () => {
  it('lets the queue give no more than a person may have, and a red above it', async () => {
    await capIs(4);
    for (let count = 0; count < 4; count++) await hub.submit(aRoutineAmber());
    const taken = [];
    for (let count = 0; count < 3; count++) taken.push(await hub.takesNext(hub.socialWorker));
    expect(taken.map((one) => one !== null)).toEqual([true, true, false]);
    const red = await hub.submit(aBruisedBaby());
    expect(await hub.takesNext(hub.socialWorker)).toBe(red);
    expect(await hub.takesNext(hub.otherManager)).not.toBeNull();
  });

  it('gives a smaller one where the most urgent does not fit', async () => {
    await capIs(3);
    const [first, , green] = [
      await hub.submit(aRoutineAmber()),
      await hub.submit(aRoutineAmber()),
      await hub.submit(aFamilyShortOfMoney()),
    ];
    expect(await hub.takesNext(hub.socialWorker)).toBe(first);
    expect((await hub.read(green)).children.length).toBeLessThanOrEqual(2);
    expect(await hub.takesNext(hub.socialWorker)).toBe(green);
  });

  it('is not exceeded by presses at the same moment', async () => {
    await capIs(4);
    for (let count = 0; count < 6; count++) await hub.submit(aRoutineAmber());
    const taken = await Promise.all(Array.from({ length: 6 }, () => hub.takesNext(hub.socialWorker)));
    expect(taken.filter((one) => one !== null)).toHaveLength(2);
  });

  it('follows the hours of a person at once', async () => {
    await capIs(4);
    for (let count = 0; count < 3; count++) await hub.submit(aRoutineAmber());
    await hoursOf(hub.socialWorker.id, 50);
    expect(await hub.takesNext(hub.socialWorker)).not.toBeNull();
    expect(await hub.takesNext(hub.socialWorker)).toBeNull();
    await hoursOf(hub.socialWorker.id, 100);
    expect(await hub.takesNext(hub.socialWorker)).not.toBeNull();
    for (const wrong of ['none', randomUUID(), (await hub.anAgency('Police')).partner.id]) {
      await expect(hoursOf(wrong, 50)).rejects.toMatchObject({ code: 'not-found' });
    }
  });
});

describe('an assignment', () => {
  it('among several at the same moment never exceeds the cap of one person', async () => {
    await capIs(2);
    const references = [];
    for (let count = 0; count < 6; count++) references.push(await hub.submit(aRoutineAmber()));
    const given = await Promise.allSettled(references.map((one) => hub.assigns(hub.manager, [one], hub.screener)));
    const refused = given.filter(({ status }) => status === 'rejected');
    expect(refused).toHaveLength(5);
    for (const one of refused) expect(one).toMatchObject({ reason: { code: 'no-room-for-it' } });
  });

  it('to another person than the one who knows the child needs a reason, which the person reads', async () => {
    const earlier = await referMia();
    await hub.decides(hub.socialWorker, earlier);
    const reference = await referMia();
    const { people, expected } = await hub.readHolders.execute(hub.manager, [reference]);
    expect([people[0]!.name, people[0]!.knows?.reference]).toEqual(['Sol Worker', earlier]);
    expect(expected).toEqual([hub.socialWorker.id]);
    await expect(hub.assigns(hub.manager, [reference], hub.screener)).rejects.toMatchObject({
      code: 'another-knows-the-child',
    });
    await hub.assign.execute({
      ...{ references: [reference], to: hub.screener.id, note: '', formId: randomUUID(), by: hub.manager },
      because: 'The mother asked for another person.',
    });
    const page = await hub.read(reference);
    expect(page.holder).toBe('Sam Screener');
    expect(page.timeline.find(({ act }) => act === 'referral.assigned')!.note).toBe(
      'Why this person: The mother asked for another person.',
    );
    await hub.assigns(hub.manager, [await referMia()], hub.socialWorker);
  });

  it('of a brother or sister goes to the person who knows the family first', async () => {
    const home = { address: { line1: '12 Mill Lane', town: 'Ashton', postcode: 'OL6 7AB' } };
    const alone = { ...aFamilyShortOfMoney(), adults: [] };
    const first = await hub.submit({ ...alone, children: [{ ...MIA, ...home }] });
    await hub.decides(hub.socialWorker, first);
    const tom = await hub.submit({ ...alone, children: [{ firstName: 'Tom', lastName: 'Pyke', ...home }] });
    const { people, expected } = await hub.readHolders.execute(hub.manager, [tom]);
    expect([people[0]!.name, people[0]!.knows, expected]).toEqual([
      'Sol Worker',
      expect.objectContaining({ reference: first, knows: 'family' }),
      [hub.socialWorker.id],
    ]);
  });

  it('of several needs a reason where another person knows one of them', async () => {
    await hub.decides(hub.socialWorker, await referMia());
    const [known, other] = [await referMia(), await hub.submit(aFamilyShortOfMoney())];
    await expect(hub.assigns(hub.manager, [known, other], hub.screener)).rejects.toMatchObject({
      code: 'another-knows-the-child',
    });
    await hub.assigns(hub.manager, [known, other], hub.socialWorker);
  });

  it('at the end of a shift needs a note as it needs a reason by day', async () => {
    await hub.decides(hub.socialWorker, await referMia());
    const reference = await referMia();
    await hub.claims(hub.otherManager, reference);
    const end = (to: string, note: string) =>
      hub.endShift.execute({ referrals: [{ reference, to }], note, formId: randomUUID(), by: hub.otherManager });
    await expect(end(hub.screener.id, '')).rejects.toMatchObject({ code: 'another-knows-the-child' });
    await capIs(1);
    await expect(end(hub.screener.id, '')).rejects.toMatchObject({ code: 'no-room-for-it' });
    expect(await end(hub.screener.id, 'The mother asked for Sam.')).toBe(1);
    expect((await hub.read(reference)).holder).toBe('Sam Screener');
  });

  it('is free where the person who knows the child is away, or has no room', async () => {
    await hub.decides(hub.socialWorker, await referMia());
    await capIs(1);
    const amber = await referMia();
    expect((await hub.readHolders.execute(hub.manager, [amber])).expected).toBeNull();
    await expect(hub.assigns(hub.manager, [amber], hub.screener)).rejects.toMatchObject({ code: 'no-room-for-it' });
    const red = await hub.submit({ ...aBruisedBaby(), children: [{ ...MIA, firstName: 'Ada' }] });
    await hub.assigns(hub.manager, [red], hub.screener);
    expect((await hub.read(red)).holder).toBe('Sam Screener');
  });
});

it('counts the changes of the person of a child along the years, also from one referral to the next', async () => {
  const held = [hub.socialWorker, hub.screener, hub.socialWorker];
  for (const [at, month] of ['2026-11-23T10:00', '2027-10-04T10:00', '2028-08-07T10:00'].entries()) {
    await hub.moveTo(month);
    await hub.claims(held[at]!, await referMia());
  }
  const { changes } = await hub.whole.get(ReadSharing).execute(hub.manager);
  expect(changes).toEqual({ children: 1, withChange: 1, most: 1 });
});

it('shared work is counted by week and by changes of the person of a child', async () => {
  const [first, second] = [await referMia(), await hub.submit(aFamilyShortOfMoney())];
  await hub.claims(hub.socialWorker, first);
  await hub.claims(hub.socialWorker, second);
  await hub.assigns(hub.manager, [first], hub.screener);
  const { weeks, changes } = await hub.whole.get(ReadSharing).execute(hub.manager);
  expect(weeks.at(-1)).toMatchObject({ people: 2, shared: { most: 2, median: 1.5, ratio: 1.3 } });
  expect(weeks.slice(0, -1).every(({ people }) => people === 0)).toBe(true);
  expect(changes).toEqual({ children: 2, withChange: 1, most: 1 });
});
