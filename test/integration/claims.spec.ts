import { ReadWorkload } from '#triage';
import { createHub, type Hub } from '../support/hub.ts';
import { aFamilyShortOfMoney, aFracturedToddler } from '../support/referrals.ts';

let hub: Hub;
beforeEach(async () => {
  hub = await createHub();
});
afterEach(() => hub.drop());

const red = () => aFracturedToddler();
const green = () => aFamilyShortOfMoney();
const read = (reference: string, by = hub.manager) => hub.readReferral.execute({ reference, by });
const holderOf = async (reference: string) => (await read(reference)).holder;

describe('a claim', () => {
  it('goes back by itself when its holder has done nothing for thirty minutes, and the record says so', async () => {
    const reference = await hub.submit(green());
    await hub.takeNext.execute(hub.screener);
    await hub.moveTo('2026-11-23T10:29:59.999');
    expect(await hub.returnLapsed.execute()).toBe(0);
    await hub.moveTo('2026-11-23T10:30');
    expect(await hub.returnLapsed.execute()).toBe(1);
    const { holder, timeline } = await read(reference);
    expect(holder).toBeNull();
    expect(timeline[0]).toMatchObject({
      act: 'referral.claim-lapsed',
      by: 'The service',
      details: { fromName: 'Sam Screener' },
    });
    expect(await hub.takeNext.execute(hub.socialWorker)).toBe(reference);
  });

  it.each([
    ['opening it', (reference: string) => read(reference, hub.screener)],
    [
      'rating it',
      async (reference: string) =>
        hub.rate.execute({
          reference,
          rating: 'red',
          reason: 'Because',
          version: (await read(reference)).version,
          by: hub.screener,
        }),
    ],
  ])('lasts as long as its holder works on it: %s begins the half hour anew', async (_, work) => {
    const reference = await hub.submit(green());
    await hub.takeNext.execute(hub.screener);
    await hub.moveTo('2026-11-23T10:20');
    await work(reference);
    await hub.moveTo('2026-11-23T10:49');
    expect(await hub.returnLapsed.execute()).toBe(0);
    await hub.moveTo('2026-11-23T10:50');
    expect(await hub.returnLapsed.execute()).toBe(1);
  });

  it('that has lapsed is not taken up again by opening it', async () => {
    const reference = await hub.submit(green());
    await hub.claim.execute({ reference, by: hub.socialWorker });
    await hub.moveTo('2026-11-23T10:31');
    await hub.readReferral.execute({ reference, by: hub.socialWorker });
    await hub.returnLapsed.execute();
    expect((await hub.readReferral.execute({ reference, by: hub.manager })).holder).toBeNull();
  });

  it('given back past the time of an alert is late from then, and breaks no rule', async () => {
    const reference = await hub.submit(red());
    await hub.claim.execute({ reference, by: hub.socialWorker });
    await hub.moveTo('2026-11-23T10:30');
    await hub.fireDue.execute();
    await hub.moveTo('2026-11-23T10:55');
    await hub.readReferral.execute({ reference, by: hub.socialWorker });
    await hub.giveBack.execute({ reference, by: hub.socialWorker });
    expect(await hub.invariants.execute()).toEqual([]);
    await hub.fireDue.execute();
    expect(await hub.alertsOf(reference)).toEqual([['2026-11-23T10:55', 'duty_team']]);
    const [late] = await hub.database.rows(
      `SELECT extract(epoch FROM a.fired_at - s.fire_at)::float8 AS seconds FROM alert a JOIN deadline_step s ON s.id = a.id`,
    );
    expect(late).toEqual({ seconds: 0 });
  });

  it('is not renewed by somebody else who looks', async () => {
    const reference = await hub.submit(green());
    await hub.takeNext.execute(hub.screener);
    await hub.moveTo('2026-11-23T10:20');
    await read(reference, hub.socialWorker);
    await hub.moveTo('2026-11-23T10:30');
    expect(await hub.returnLapsed.execute()).toBe(1);
  });

  it('that lapsed alerts at once where nobody may be without a holder by now', async () => {
    const reference = await hub.submit(red());
    await hub.takeNext.execute(hub.screener);
    await hub.moveTo('2026-11-23T10:30');
    expect(await hub.fireDue.execute()).toBe(0);
    await hub.returnLapsed.execute();
    expect(await hub.fireDue.execute()).toBe(1);
    expect(await hub.alertsOf(reference)).toEqual([['2026-11-23T10:30', 'duty_team']]);
  });

  it('does not lapse while its decision waits for sign-off, and begins anew when it is returned', async () => {
    const reference = await hub.submit(green());
    const { version } = await read(reference);
    const decision = {
      reference,
      version,
      outcome: 'no_further_action',
      thresholdLevel: 1,
      rationale: 'None.',
    } as const;
    await hub.decide.execute({ ...decision, by: hub.manager });
    await hub.moveTo('2026-11-23T12:00');
    expect(await hub.returnLapsed.execute()).toBe(0);
    await hub.signOff.execute({
      reference,
      version: (await read(reference)).version,
      result: 'returned',
      comments: 'Ask the school.',
      by: hub.otherManager,
    });
    await hub.moveTo('2026-11-23T12:29');
    expect(await hub.returnLapsed.execute()).toBe(0);
    await hub.moveTo('2026-11-23T12:30');
    expect(await hub.returnLapsed.execute()).toBe(1);
  });

  it('is returned once by ten that look at the same moment', async () => {
    for (let count = 0; count < 20; count++) await hub.submit(green());
    for (let count = 0; count < 20; count++) await hub.takeNext.execute(hub.screener);
    await hub.moveTo('2026-11-23T11:00');
    const returned = await Promise.all(Array.from({ length: 10 }, () => hub.returnLapsed.execute()));
    expect(returned.reduce((sum, one) => sum + one)).toBe(20);
    const entries = await hub.database.row(`SELECT count(*) AS n FROM audit_entry WHERE act = 'referral.claim-lapsed'`);
    expect(entries).toEqual({ n: 20 });
  });

  it('that ended while its holder wrote a note keeps the note all the same', async () => {
    const reference = await hub.submit(green());
    await hub.takeNext.execute(hub.screener);
    await hub.moveTo('2026-11-23T10:31');
    await hub.returnLapsed.execute();
    await hub.giveBack.execute({ reference, note: 'The school rings back at two.', by: hub.screener });
    const { timeline } = await hub.readReferral.execute({ reference, by: hub.manager });
    expect(timeline[0]).toMatchObject({ act: 'referral.noted', note: 'The school rings back at two.' });
  });

  it('given back with a note keeps the note on the timeline', async () => {
    const reference = await hub.submit(green());
    await hub.takeNext.execute(hub.screener);
    await hub.giveBack.execute({ reference, note: 'The school rings back at 2.', by: hub.screener });
    expect((await read(reference)).timeline[0]).toMatchObject({
      act: 'referral.given-back',
      note: 'The school rings back at 2.',
    });
  });
});

describe('skipping', () => {
  it('gives the next one, never the same one again in that shift, and managers see why', async () => {
    const first = await hub.submit(red());
    await hub.moveTo('2026-11-23T10:01');
    const second = await hub.submit(green());
    expect(await hub.takeNext.execute(hub.screener)).toBe(first);
    await hub.skip.execute({ reference: first, reason: 'I know the family.', by: hub.screener });
    expect(await hub.takeNext.execute(hub.screener)).toBe(second);
    expect(await hub.takeNext.execute(hub.screener)).toBeNull();
    const { putDown } = await new ReadWorkload(hub.database).execute(hub.manager);
    expect(putDown).toMatchObject([
      {
        reference: first,
        how: 'skipped',
        by: 'Sam Screener',
        reason: 'I know the family.',
        holder: null,
        isDecided: false,
      },
    ]);
    expect(await hub.takeNext.execute(hub.socialWorker)).toBe(first);
    await hub.giveBack.execute({ reference: first, by: hub.socialWorker });
    await hub.moveTo('2026-11-23T22:01');
    expect(await hub.takeNext.execute(hub.screener)).toBe(first);
  });

  it('and giving back with a note alike, which managers see too; without one it is given to the same person again', async () => {
    const [first, second] = [await hub.submit(red()), await hub.submit(green())];
    expect(await hub.takeNext.execute(hub.socialWorker)).toBe(first);
    await hub.giveBack.execute({ reference: first, by: hub.socialWorker });
    expect(await hub.takeNext.execute(hub.socialWorker)).toBe(first);
    await hub.giveBack.execute({ reference: first, note: 'The school rings back at 2.', by: hub.socialWorker });
    expect(await hub.takeNext.execute(hub.socialWorker)).toBe(second);
    const { putDown } = await new ReadWorkload(hub.database).execute(hub.manager);
    expect(putDown).toMatchObject([{ reference: first, how: 'given_back', reason: 'The school rings back at 2.' }]);
  });

  it('what has been screened is given as the next one to who may decide, not to another screener', async () => {
    const [first, second] = [await hub.submit(red()), await hub.submit(green())];
    await hub.takeNext.execute(hub.screener);
    const { version } = await hub.readReferral.execute({ reference: first, by: hub.screener });
    await hub.rate.execute({ reference: first, rating: 'red', reason: 'As suggested.', version, by: hub.screener });
    await hub.giveBack.execute({ reference: first, by: hub.screener });
    expect(await hub.takeNext.execute(hub.screener)).toBe(second);
    expect(await hub.takeNext.execute(hub.socialWorker)).toBe(first);
  });

  it('is for whoever holds it only', async () => {
    const reference = await hub.submit(red());
    const skip = (by = hub.screener) => hub.skip.execute({ reference, reason: 'No.', by });
    await expect(skip()).rejects.toMatchObject({ code: 'not-held-by-you' });
    await hub.takeNext.execute(hub.socialWorker);
    await expect(skip()).rejects.toMatchObject({ code: 'not-held-by-you' });
  });
});

describe('assigning', () => {
  it('is a manager’s, of what nobody holds and of what somebody holds, all or none', async () => {
    const references = [await hub.submit(red()), await hub.submit(green())];
    await hub.claim.execute({ reference: references[1]!, by: hub.screener });
    const assign = (by = hub.manager, to: string = hub.socialWorker.id) =>
      hub.assign.execute({ references, to, note: 'You know the school.', by });
    await expect(assign(hub.screener)).rejects.toMatchObject({ code: 'held-by-someone-else' });
    await expect(assign(hub.manager, 'nobody')).rejects.toMatchObject({ code: 'cannot-hold-referrals' });
    expect(await Promise.all(references.map(holderOf))).toEqual([null, 'Sam Screener']);
    await assign();
    expect(await Promise.all(references.map(holderOf))).toEqual(['Sol Worker', 'Sol Worker']);
    const page = await read(references[0]!);
    expect(page.timeline[0]).toMatchObject({ note: 'You know the school.', details: { toName: 'Sol Worker' } });
    expect(page.deadlines.map(({ kind, state }) => [kind, state])).toContainEqual(['claim', 'met']);
  });

  it('by two managers at once, of the same ones in another order, ends with one holder of all', async () => {
    const references = [await hub.submit(green()), await hub.submit(green()), await hub.submit(green())];
    const assign = (of: readonly string[], to: { id: string }) =>
      hub.assign.execute({ references: of, to: to.id, note: '', by: hub.manager });
    await Promise.all([assign(references, hub.screener), assign(references.toReversed(), hub.socialWorker)]);
    expect(new Set(await Promise.all(references.map(holderOf))).size).toBe(1);
  });

  it('passes on what one holds oneself to a colleague', async () => {
    const reference = await hub.submit(green());
    await hub.takeNext.execute(hub.screener);
    await hub.assign.execute({ references: [reference], to: hub.socialWorker.id, note: '', by: hub.screener });
    expect(await holderOf(reference)).toBe('Sol Worker');
  });
});

describe('the end of a shift', () => {
  it('lets go of everything: to a colleague or back on the queue, with what they should know', async () => {
    const [first, second] = [await hub.submit(red()), await hub.submit(green())];
    await hub.takeNext.execute(hub.screener);
    await hub.takeNext.execute(hub.screener);
    const ended = await hub.endShift.execute({
      referrals: [
        { reference: first, to: hub.socialWorker.id },
        { reference: second, to: null },
      ],
      note: 'See my notes.',
      by: hub.screener,
    });
    expect([ended, await holderOf(first), await holderOf(second)]).toEqual([2, 'Sol Worker', null]);
  });

  it('leaves what has gone to somebody else meanwhile as it is', async () => {
    const reference = await hub.submit(green());
    await hub.claim.execute({ reference, by: hub.socialWorker });
    const referrals = [{ reference, to: null }];
    expect(await hub.endShift.execute({ referrals, note: '', by: hub.screener })).toBe(0);
    expect(await holderOf(reference)).toBe('Sol Worker');
  });
});
