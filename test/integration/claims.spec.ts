import { randomUUID } from 'node:crypto';
import type { StaffActor } from '#access';
import { SERVICE, sql } from '#store';
import { createHub, type Hub } from '../support/hub.ts';
import { aFamilyShortOfMoney, aFracturedToddler } from '../support/referrals.ts';

let hub: Hub;
beforeAll(async () => {
  hub = await createHub();
});
beforeEach(() => hub.reset());
afterAll(() => hub.drop());

const red = () => aFracturedToddler();
const green = () => aFamilyShortOfMoney();
const putDown = async () => (await hub.workload.execute(hub.manager)).putDown;

describe('a claim', () => {
  it('goes back on the queue when its holder has done nothing for thirty minutes, and the record says so', async () => {
    const reference = await hub.submit(green());
    await hub.takesNext(hub.screener);
    await hub.moveTo('2026-11-23T10:29:59.999');
    expect(await hub.returnLapsed.execute()).toBe(0);
    await hub.moveTo('2026-11-23T10:30');
    expect(await hub.returnLapsed.execute()).toBe(1);
    const { holder, timeline } = await hub.read(reference);
    expect(holder).toBeNull();
    expect(timeline[0]).toMatchObject({
      act: 'referral.claim-lapsed',
      by: 'The service',
      details: { fromName: 'Sam Screener' },
    });
    expect(await hub.takesNext(hub.socialWorker)).toBe(reference);
  });

  it.each<[string, (reference: string) => Promise<unknown>]>([
    ['opens the referral', (reference) => hub.read(reference, hub.screener)],
    ['rates the referral', (reference) => hub.rates(hub.screener, reference, 'red')],
  ])('begins its half hour anew when its holder %s', async (_, work) => {
    const reference = await hub.submit(green());
    await hub.takesNext(hub.screener);
    await hub.moveTo('2026-11-23T10:20');
    await work(reference);
    await hub.moveTo('2026-11-23T10:49');
    expect(await hub.returnLapsed.execute()).toBe(0);
    await hub.moveTo('2026-11-23T10:50');
    expect(await hub.returnLapsed.execute()).toBe(1);
  });

  it('stays lapsed when its holder opens the referral after the half hour', async () => {
    const reference = await hub.submit(green());
    await hub.claims(hub.socialWorker, reference);
    await hub.moveTo('2026-11-23T10:31');
    await hub.read(reference, hub.socialWorker);
    await hub.returnLapsed.execute();
    expect(await hub.holderOf(reference)).toBeNull();
  });

  it('lets an alert whose time is past fire from the moment at which the referral is given back', async () => {
    const reference = await hub.submit(red());
    await hub.claims(hub.socialWorker, reference);
    await hub.moveTo('2026-11-23T10:30');
    await hub.fireDue.execute();
    await hub.moveTo('2026-11-23T10:55');
    await hub.read(reference, hub.socialWorker);
    await hub.givesBack(hub.socialWorker, reference);
    expect(await hub.invariants.execute()).toEqual([]);
    await hub.fireDue.execute();
    expect(await hub.alertsOf(reference)).toEqual([['2026-11-23T10:55', 'duty_team']]);
    expect(await hub.lateness()).toEqual([0]);
  });

  it('does not begin its half hour anew when a colleague of its holder opens the referral', async () => {
    const reference = await hub.submit(green());
    await hub.takesNext(hub.screener);
    await hub.moveTo('2026-11-23T10:20');
    await hub.read(reference, hub.socialWorker);
    await hub.moveTo('2026-11-23T10:30');
    expect(await hub.returnLapsed.execute()).toBe(1);
  });

  it('alerts at once when it lapses after the time by which a red must have a holder', async () => {
    const reference = await hub.submit(red());
    await hub.takesNext(hub.screener);
    await hub.moveTo('2026-11-23T10:30');
    expect(await hub.fireDue.execute()).toBe(0);
    await hub.returnLapsed.execute();
    expect(await hub.fireDue.execute()).toBe(1);
    expect(await hub.alertsOf(reference)).toEqual([['2026-11-23T10:30', 'duty_team']]);
  });

  it('does not lapse while its decision waits for sign-off, and begins anew when the decision is returned', async () => {
    const reference = await hub.submit(green());
    await hub.decides(hub.manager, reference, { outcome: 'no_further_action', thresholdLevel: 1 });
    await hub.moveTo('2026-11-23T12:00');
    expect(await hub.returnLapsed.execute()).toBe(0);
    await hub.returns(hub.otherManager, reference, 'Ask the school.');
    await hub.moveTo('2026-11-23T12:29');
    expect(await hub.returnLapsed.execute()).toBe(0);
    await hub.moveTo('2026-11-23T12:30');
    expect(await hub.returnLapsed.execute()).toBe(1);
  });

  it('lapses once when ten workers look for lapsed claims at the same moment', async () => {
    for (let count = 0; count < 20; count++) await hub.submit(green());
    for (let count = 0; count < 20; count++) await hub.takesNext(hub.screener);
    await hub.moveTo('2026-11-23T11:00');
    const returned = await Promise.all(Array.from({ length: 10 }, () => hub.returnLapsed.execute()));
    expect(returned.reduce((sum, one) => sum + one)).toBe(20);
    expect(await hub.entryCount('referral.claim-lapsed')).toBe(20);
  });

  it('keeps the note of a holder who gives the referral back after the claim has lapsed', async () => {
    const reference = await hub.submit(green());
    await hub.takesNext(hub.screener);
    await hub.moveTo('2026-11-23T10:31');
    await hub.returnLapsed.execute();
    await hub.givesBack(hub.screener, reference, 'The school rings back at two.');
    expect((await hub.read(reference)).timeline[0]).toMatchObject({
      act: 'referral.noted',
      note: 'The school rings back at two.',
    });
  });

  it('shows the note of a holder who gives the referral back on the timeline', async () => {
    const reference = await hub.submit(green());
    await hub.takesNext(hub.screener);
    await hub.givesBack(hub.screener, reference, 'The school rings back at 2.');
    expect((await hub.read(reference)).timeline[0]).toMatchObject({
      act: 'referral.given-back',
      note: 'The school rings back at 2.',
    });
  });
});

describe('skipping', () => {
  it('gives the next referral, never the skipped one again in that shift, and shows managers why', async () => {
    const first = await hub.submit(red());
    await hub.moveTo('2026-11-23T10:01');
    const second = await hub.submit(green());
    expect(await hub.takesNext(hub.screener)).toBe(first);
    await hub.skips(hub.screener, first, 'I know the family.');
    expect(await hub.takesNext(hub.screener)).toBe(second);
    expect(await hub.takesNext(hub.screener)).toBeNull();
    expect(await putDown()).toMatchObject([
      {
        reference: first,
        how: 'skipped',
        by: 'Sam Screener',
        reason: 'I know the family.',
        holder: null,
        isDecided: false,
      },
    ]);
    expect(await hub.takesNext(hub.socialWorker)).toBe(first);
    await hub.givesBack(hub.socialWorker, first);
    await hub.moveTo('2026-11-23T22:01');
    expect(await hub.takesNext(hub.screener)).toBe(first);
  });

  it('treats giving back with a note as skipping, and giving back without one as not', async () => {
    const [first, second] = [await hub.submit(red()), await hub.submit(green())];
    expect(await hub.takesNext(hub.socialWorker)).toBe(first);
    await hub.givesBack(hub.socialWorker, first);
    expect(await hub.takesNext(hub.socialWorker)).toBe(first);
    await hub.givesBack(hub.socialWorker, first, 'The school rings back at 2.');
    expect(await hub.takesNext(hub.socialWorker)).toBe(second);
    expect(await putDown()).toMatchObject([
      { reference: first, how: 'given_back', reason: 'The school rings back at 2.' },
    ]);
  });

  it('gives one more referral to a person who presses the button of an old page twice', async () => {
    const first = await hub.submit(red());
    for (let count = 0; count < 3; count++) await hub.submit(green());
    const oldPage = randomUUID();
    expect(await hub.takesNext(hub.socialWorker, oldPage)).toBe(first);
    expect(await hub.takesNext(hub.socialWorker, oldPage)).toBe(first);
    await hub.givesBack(hub.socialWorker, first, 'The school rings back at 2.');
    const second = await hub.takesNext(hub.socialWorker, oldPage);
    expect(second).not.toBe(first);
    expect(await hub.takesNext(hub.socialWorker, oldPage)).toBe(second);
  });

  it('gives a screened referral next to a person who may decide, not to another screener', async () => {
    const [first, second] = [await hub.submit(red()), await hub.submit(green())];
    await hub.takesNext(hub.screener);
    await hub.rates(hub.screener, first, 'red', 'As suggested.');
    await hub.givesBack(hub.screener, first);
    expect(await hub.takesNext(hub.screener)).toBe(second);
    expect(await hub.takesNext(hub.socialWorker)).toBe(first);
  });

  it('refuses a person who skips a referral that this person does not hold', async () => {
    const reference = await hub.submit(red());
    await expect(hub.skips(hub.screener, reference)).rejects.toMatchObject({ code: 'not-held-by-you' });
    await hub.takesNext(hub.socialWorker);
    await expect(hub.skips(hub.screener, reference)).rejects.toMatchObject({ code: 'not-held-by-you' });
  });
});

describe('assigning', () => {
  it('lets only a manager assign referrals that another person or no person holds, all of them or none', async () => {
    const references = [await hub.submit(red()), await hub.submit(green())];
    const holders = () => Promise.all(references.map((reference) => hub.holderOf(reference)));
    await hub.claims(hub.screener, references[1]!);
    await expect(hub.assigns(hub.screener, references, hub.socialWorker)).rejects.toMatchObject({
      code: 'held-by-someone-else',
    });
    await expect(hub.assigns(hub.manager, references, { id: 'nobody' })).rejects.toMatchObject({
      code: 'cannot-hold-referrals',
    });
    expect(await holders()).toEqual([null, 'Sam Screener']);
    await hub.assigns(hub.manager, references, hub.socialWorker, 'You know the school.');
    expect(await holders()).toEqual(['Sol Worker', 'Sol Worker']);
    const page = await hub.read(references[0]!);
    expect(page.timeline[0]).toMatchObject({ note: 'You know the school.', details: { toName: 'Sol Worker' } });
    expect(page.deadlines.map(({ kind, state }) => [kind, state])).toContainEqual(['claim', 'met']);
  });

  it('leaves one holder of all when two managers assign the same referrals at once, in another order', async () => {
    const references = [await hub.submit(green()), await hub.submit(green()), await hub.submit(green())];
    await Promise.all([
      hub.assigns(hub.manager, references, hub.screener),
      hub.assigns(hub.manager, references.toReversed(), hub.socialWorker),
    ]);
    expect(new Set(await Promise.all(references.map((reference) => hub.holderOf(reference)))).size).toBe(1);
  });

  it('lets a holder pass a referral on to a colleague', async () => {
    const reference = await hub.submit(green());
    await hub.takesNext(hub.screener);
    await hub.assigns(hub.screener, [reference], hub.socialWorker);
    expect(await hub.holderOf(reference)).toBe('Sol Worker');
  });
});

describe('an assignment that is taken back', () => {
  const assign = (references: readonly string[], formId: string) =>
    hub.assign.execute({ references, to: hub.socialWorker.id, note: '', formId, by: hub.manager });
  const takeBack = (assignment: string, by: StaffActor = hub.manager) =>
    hub.takeBackAssignment.execute({ assignment, by });
  const holdersOf = (references: readonly string[]) => Promise.all(references.map((one) => hub.holderOf(one)));

  it('gives each referral back to the person who had it, or to the queue, once, and the record says so', async () => {
    const references = [await hub.submit(red()), await hub.submit(green())].sort();
    await hub.claims(hub.screener, references[0]!);
    const formId = randomUUID();
    await assign(references, formId);
    expect(await takeBack(formId)).toEqual({ back: references, kept: [] });
    expect(await takeBack(formId)).toEqual({ back: references, kept: [] });
    expect(await holdersOf(references)).toEqual(['Sam Screener', null]);
    const { timeline } = await hub.read(references[0]!);
    expect(timeline.map(({ act }) => act).slice(0, 2)).toEqual(['referral.assignment-taken-back', 'referral.assigned']);
  });

  it('leaves a referral on which the person has acted since, and one that this person had already', async () => {
    const [acted, had] = [await hub.submit(green()), await hub.submit(green())];
    await hub.claims(hub.socialWorker, had);
    const formId = randomUUID();
    await assign([acted, had], formId);
    await hub.rates(hub.socialWorker, acted, 'amber');
    expect(await takeBack(formId)).toEqual({ back: [], kept: [acted] });
    expect(await holdersOf([acted, had])).toEqual(['Sol Worker', 'Sol Worker']);
  });

  it('goes to the queue when the person who had it works here no more', async () => {
    const reference = await hub.submit(green());
    await hub.claims(hub.screener, reference);
    const formId = randomUUID();
    await assign([reference], formId);
    await hub.database.as(SERVICE).run(sql`UPDATE staff_member SET is_active = false WHERE id = ${hub.screener.id}`);
    await takeBack(formId);
    expect(await hub.holderOf(reference)).toBeNull();
  });

  it('is taken back by the person who assigned it only', async () => {
    const reference = await hub.submit(green());
    const formId = randomUUID();
    await assign([reference], formId);
    await expect(takeBack(formId, hub.socialWorker)).rejects.toMatchObject({ code: 'not-found' });
    await expect(takeBack('-'.repeat(36))).rejects.toMatchObject({ code: 'not-found' });
    expect(await hub.holderOf(reference)).toBe('Sol Worker');
  });
});

describe('the people to whom a referral can be given', () => {
  it('are in order: those on duty, those without duty, those who are away; managers last; then those with the fewest', async () => {
    await hub.claims(hub.socialWorker, await hub.submit(red()));
    await hub.database.as(SERVICE).run(sql`
      INSERT INTO absence (id, staff_member_id, starts_at, ends_at)
      VALUES (${randomUUID()}, ${hub.manager.id}, '2026-11-23T00:00:00Z', '2026-11-24T00:00:00Z')`);
    const namesOf = async () =>
      (await hub.readHolders.execute(hub.manager)).people.map(({ name, isOnDuty, red: reds, awayUntil }) => [
        name,
        isOnDuty,
        reds,
        awayUntil !== null,
      ]);
    const people = await namesOf();
    expect(people).toEqual([
      ['duty_team', true, 0, false],
      ['head_of_service', true, 0, false],
      ['practice_manager', true, 0, false],
      ['service_manager', true, 0, false],
      ['Sam Screener', false, 0, false],
      ['Sol Worker', false, 1, false],
      ['Max Manager', false, 0, false],
      ['emergency_duty_team', false, 0, false],
      ['last_resort', false, 0, false],
      ['on_call_manager', false, 0, false],
      ['Mel Manager', false, 0, true],
    ]);
    await hub.moveTo('2026-11-23T20:00');
    const atNight = (await namesOf()).filter(([, isOnDuty]) => isOnDuty).map(([name]) => name);
    expect(atNight).toEqual(['emergency_duty_team', 'head_of_service', 'on_call_manager', 'service_manager']);
  });
});

describe('the end of a shift', () => {
  it('gives each referral of a person who ends a shift to a colleague or back to the queue, as this person says', async () => {
    const [first, second] = [await hub.submit(red()), await hub.submit(green())];
    await hub.takesNext(hub.screener);
    await hub.takesNext(hub.screener);
    const ended = await hub.endShift.execute({
      referrals: [
        { reference: first, to: hub.socialWorker.id },
        { reference: second, to: null },
      ],
      note: 'See my notes.',
      formId: randomUUID(),
      by: hub.screener,
    });
    expect([ended, await hub.holderOf(first), await hub.holderOf(second)]).toEqual([2, 'Sol Worker', null]);
  });

  it('leaves a referral that a colleague has taken meanwhile with that colleague when a shift ends', async () => {
    const reference = await hub.submit(green());
    await hub.claims(hub.socialWorker, reference);
    const referrals = [{ reference, to: null }];
    expect(await hub.endShift.execute({ referrals, note: '', formId: randomUUID(), by: hub.screener })).toBe(0);
    expect(await hub.holderOf(reference)).toBe('Sol Worker');
  });
});
