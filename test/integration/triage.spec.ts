import { randomUUID } from 'node:crypto';
import { SERVICE, raw, sql } from '#store';
import { addStaff } from '../support/agencies-and-staff.ts';
import { createHub, type Hub } from '../support/hub.ts';
import { aFamilyShortOfMoney, aFracturedToddler, aRoutineAmber } from '../support/referrals.ts';
import { SCENARIOS } from '../support/scenarios.ts';
import { Holder } from '../support/verbs/moments.ts';

let hub: Hub;
beforeAll(async () => {
  hub = await createHub();
});
beforeEach(() => hub.reset());
afterAll(() => hub.drop());

const red = () => aFracturedToddler();
const amber = () => aRoutineAmber();
const green = () => aFamilyShortOfMoney();

describe('the forty scenarios', () => {
  it('takes the forty scenarios by urgency after they came in any order, and decides and times each', async () => {
    const byReference = new Map<string, (typeof SCENARIOS)[number]>();
    const shuffled = SCENARIOS.map((one, index) => ({ one, at: (index * 17) % 40 })).sort((a, b) => a.at - b.at);
    for (const [minute, { one }] of shuffled.entries()) {
      await hub.moveTo(`2026-11-23T10:${String(minute).padStart(2, '0')}`);
      byReference.set(await hub.submit(one.body), one);
    }
    const urgency = { red: 1, amber: 2, green: 3 };
    const taken: number[] = [];
    await hub.moveTo('2026-11-23T11:00');
    for (
      let reference = await hub.takesNext(hub.manager);
      reference !== null;
      reference = await hub.takesNext(hub.manager)
    ) {
      const page = await hub.read(reference);
      const { expect: expected } = byReference.get(reference)!;
      expect(page.rating).toBe(expected.rating);
      expect(page.ratings[0]!.matched!.map((rule) => rule.id)).toEqual(expected.rules);
      taken.push(urgency[page.rating]);
      const reasons = await hub.decides(hub.manager, reference, { outcome: 'strategy_discussion', thresholdLevel: 4 });
      if (reasons.length > 0) await hub.signsOff(hub.otherManager, reference);
    }
    expect(taken).toEqual([...taken].sort());
    expect(taken).toHaveLength(40);
    expect(await hub.responseTimes()).toEqual({ count: 40, late: 0 });
  });
});

describe('taking the next one', () => {
  it('R1: gives each of twenty referrals to one person when fifty people take the next one at once', async () => {
    for (let count = 0; count < 20; count++) await hub.submit(green());
    const takers = await Promise.all(Array.from({ length: 50 }, () => addStaff(hub.database, 'screener')));
    const taken = await Promise.all(takers.map((taker) => hub.takesNext(taker)));
    const references = taken.filter((reference) => reference !== null);
    expect(references).toHaveLength(20);
    expect(new Set(references).size).toBe(20);
  });

  it('gives the next one by rating, then due time, then receipt', async () => {
    const first = await hub.submit(green());
    await hub.moveTo('2026-11-23T10:01');
    const second = await hub.submit(green());
    await hub.moveTo('2026-11-23T10:02');
    const urgent = await hub.submit(red());
    const order = [];
    for (let count = 0; count < 4; count++) order.push(await hub.takesNext(hub.screener));
    expect(order).toEqual([urgent, first, second, null]);
    expect((await hub.queue('mine', hub.screener)).lines.map((line) => line.reference)).toEqual([
      urgent,
      first,
      second,
    ]);
  });

  it('meets the claim deadline when a person takes a referral, and queues it again when that person gives it back', async () => {
    const reference = await hub.submit(red());
    await hub.takesNext(hub.screener);
    await expect(hub.claims(hub.socialWorker, reference)).rejects.toMatchObject({ code: 'already-claimed' });
    await expect(hub.givesBack(hub.socialWorker, reference)).rejects.toMatchObject({ code: 'held-by-someone-else' });
    await hub.givesBack(hub.screener, reference);
    expect(await hub.takesNext(hub.socialWorker)).toBe(reference);
    const { deadlines } = await hub.read(reference);
    expect(deadlines.map(({ kind, state }) => [kind, state])).toEqual([
      ['claim', 'met'],
      ['decision', 'open'],
    ]);
  });
});

describe('rating', () => {
  it('lets a screener raise a rating and only a manager lower it, with the due time counted from receipt', async () => {
    const reference = await hub.submit(amber());
    await hub.moveTo('2026-11-23T11:00');
    await hub.rates(hub.screener, reference, 'red');
    let page = await hub.read(reference, hub.screener);
    expect([page.rating, page.decisionDueAt.equals(hub.at('2026-11-23T14:00'))]).toEqual(['red', true]);
    await expect(hub.rates(hub.screener, reference, 'amber')).rejects.toMatchObject({
      code: 'lowering-needs-a-manager',
    });
    await hub.rates(hub.manager, reference, 'amber');
    page = await hub.read(reference, hub.screener);
    expect([page.rating, page.decisionDueAt.equals(hub.at('2026-11-24T10:00'))]).toEqual(['amber', true]);
    expect(page.deadlines.map(({ kind, rating, state }) => [kind, rating, state])).toEqual([
      ['decision', 'amber', 'superseded'],
      ['claim', 'red', 'superseded'],
      ['decision', 'red', 'superseded'],
      ['decision', 'amber', 'open'],
    ]);
  });

  it('keeps a breached deadline breached when the rating is lowered afterwards', async () => {
    const reference = await hub.submit(red());
    await hub.moveTo('2026-11-23T15:00');
    await hub.rates(hub.manager, reference, 'amber', 'Mistaken');
    const { deadlines } = await hub.read(reference);
    const breached = deadlines.filter(
      ({ dueAt, endedAt }) => endedAt !== null && Temporal.Instant.compare(dueAt, endedAt) < 0,
    );
    expect(breached.map(({ kind, rating }) => [kind, rating])).toEqual([
      ['claim', 'red'],
      ['decision', 'red'],
    ]);
  });

  it('refuses a rating by a person who saw an older version of the referral', async () => {
    const reference = await hub.submit(amber());
    const version = await hub.versionOf(reference);
    const rate = { reference, version, ratingsSeen: 1, rating: 'red', reason: 'Because', by: hub.screener } as const;
    await hub.rate.execute({ ...rate, formId: randomUUID() });
    await expect(hub.rate.execute({ ...rate, formId: randomUUID() })).rejects.toMatchObject({
      code: 'changed-meanwhile',
    });
  });
});

describe('deciding', () => {
  it('times a decision without sign-off on both clocks, at the moment it is made', async () => {
    await hub.moveTo('2026-11-27T15:00');
    const reference = await hub.submit(amber());
    await hub.moveTo('2026-11-27T15:10');
    await hub.takesNext(hub.socialWorker);
    await hub.moveTo('2026-11-30T09:00');
    await hub.read(reference, hub.socialWorker);
    expect(await hub.decides(hub.socialWorker, reference)).toEqual([]);
    const { responseTime, status, deadlines } = await hub.read(reference, hub.socialWorker);
    expect([status, deadlines.map(({ kind, state }) => [kind, state])]).toEqual(['decided', [['decision', 'met']]]);
    expect(responseTime).toMatchObject({
      elapsedMinutes: 2 * 1440 + 18 * 60,
      workingMinutes: 60 + 30,
      onTime: true,
      withinStatutoryLimit: true,
      policyVersion: 1,
      calendarVersion: 1,
    });
    const local = (instant: Temporal.Instant | null) =>
      instant && instant.toZonedDateTimeISO('Europe/London').toPlainDateTime().toString();
    expect({
      received: local(responseTime!.receivedAt),
      claimed: local(responseTime!.firstClaimedAt),
      opened: local(responseTime!.firstOpenedAt),
      decided: local(responseTime!.decidedAt),
      due: local(responseTime!.dueAt),
    }).toEqual({
      received: '2026-11-27T15:00:00',
      claimed: '2026-11-27T15:10:00',
      opened: '2026-11-30T09:00:00',
      decided: '2026-11-30T09:00:00',
      due: '2026-11-30T15:00:00',
    });
  });

  it('Z6: leaves the clock of no further action running until another manager signs it off', async () => {
    const reference = await hub.submit(red());
    const nothing = { outcome: 'no_further_action', thresholdLevel: 1 } as const;
    expect(await hub.decides(hub.manager, reference, nothing)).toContain('no_further_action');
    await expect(hub.signsOff(hub.manager, reference)).rejects.toMatchObject({ code: 'decider-cannot-sign-off' });
    await hub.returns(hub.otherManager, reference, 'Ask the school first.');
    expect((await hub.read(reference)).status).toBe('awaiting_decision');
    await hub.decides(hub.manager, reference, nothing);
    await hub.moveTo('2026-11-23T14:01');
    await hub.signsOff(hub.otherManager, reference);
    const { responseTime } = await hub.read(reference);
    expect([responseTime!.elapsedMinutes, responseTime!.onTime]).toEqual([241, false]);
  });

  it('needs sign-off for a decision on a child who was referred before in the last twelve months', async () => {
    const help = async () =>
      hub.decides(hub.socialWorker, await hub.submit(green()), { outcome: 'early_help', thresholdLevel: 2 });
    expect(await help()).toEqual([]);
    await hub.moveTo('2026-11-23T10:30');
    expect(await help()).toEqual(['re_referral_within_12_months']);
    await hub.moveTo('2026-11-23T11:30');
    expect(await help()).toEqual(['re_referral_within_12_months', 'third_contact_within_12_months']);
    await hub.moveTo('2028-01-10T11:30');
    expect(await help()).toEqual([]);
  });

  it('R3: records one decision when ten people decide at once, and tells the others that the referral changed', async () => {
    const reference = await hub.submit(amber());
    const version = await hub.versionOf(reference);
    const deciders = await Promise.all(Array.from({ length: 10 }, () => addStaff(hub.database, 'manager')));
    const results = await Promise.allSettled(deciders.map((by) => hub.decides(by, reference, { version })));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const refusals = results.flatMap((result) =>
      result.status === 'rejected' ? [(result.reason as { code: string }).code] : [],
    );
    expect(new Set(refusals)).toEqual(new Set(['changed-meanwhile']));
  });

  it('refuses a social worker who decides what a colleague holds, and lets a manager decide it', async () => {
    const reference = await hub.submit(amber());
    await hub.claims(hub.screener, reference);
    await expect(hub.decides(hub.socialWorker, reference)).rejects.toMatchObject({ code: 'held-by-someone-else' });
    await expect(hub.decides(hub.manager, reference)).resolves.toEqual([]);
  });

  it('takes and decides a red without waiting for the transaction that writes an alert of it', async () => {
    const reference = await hub.submit(red());
    await hub.submit(green());
    const writer = await Holder.of(hub.url, 'SELECT 1 FROM referral WHERE reference = $1 FOR KEY SHARE', [reference]);
    expect(await hub.takesNext(hub.socialWorker)).toBe(reference);
    const decision = { outcome: 'strategy_discussion', thresholdLevel: 4 } as const;
    expect(await hub.decides(hub.socialWorker, reference, decision)).toEqual([]);
    await writer.letGo();
  });
});

describe('giving back', () => {
  it('alerts the duty team at once when a red is given back after its half hour', async () => {
    const reference = await hub.submit(red());
    await hub.takesNext(hub.screener);
    await hub.moveTo('2026-11-23T10:30');
    expect(await hub.fireDue.execute()).toBe(0);
    await hub.moveTo('2026-11-23T10:31');
    await hub.givesBack(hub.screener, reference);
    expect(await hub.fireDue.execute()).toBe(1);
    expect(await hub.alertsOf(reference)).toEqual([['2026-11-23T10:31', 'duty_team']]);
  });

  it('refuses to give back a referral that is decided', async () => {
    const reference = await hub.submit(amber());
    await hub.decides(hub.manager, reference);
    await expect(hub.givesBack(hub.manager, reference)).rejects.toMatchObject({ code: 'already-decided' });
  });
});

describe('the record', () => {
  it('has an entry for every act, readings included, and refuses to change or delete any', async () => {
    const reference = await hub.submit(amber());
    await hub.takesNext(hub.socialWorker);
    await hub.read(reference, hub.socialWorker);
    await hub.ownReferral(reference);
    const { timeline, openings } = await hub.read(reference, hub.socialWorker);
    expect(timeline.map(({ act, by }) => [act, by]).reverse()).toEqual([
      ['referral.submitted', 'Loomgate School'],
      ['referral.claimed', 'Sol Worker'],
    ]);
    expect(openings.map(({ act, by }) => [act, by])).toEqual([
      ['referral.read', 'Sol Worker'],
      ['referral.status-read', 'Loomgate School'],
      ['referral.read', 'Sol Worker'],
    ]);
    await hub.moveTo('2026-11-25T10:00');
    await hub.fireDue.execute();
    // The schema is the subject here: what no code of ours would ever ask of it.
    for (const table of [
      'audit_entry',
      'rating',
      'decision',
      'sign_off',
      'response_time',
      'alert',
      'referral_child',
      'policy_version',
      'referral',
    ]) {
      await expect(hub.database.as(SERVICE).rows(sql`DELETE FROM ${raw(table)}`)).rejects.toThrow(/append-only/);
      await expect(hub.database.as(SERVICE).rows(sql`TRUNCATE ${raw(table)} CASCADE`)).rejects.toThrow(/append-only/);
    }
    await expect(hub.database.as(SERVICE).rows(sql`UPDATE audit_entry SET act = act`)).rejects.toThrow(/append-only/);
    await expect(hub.database.as(SERVICE).rows(sql`UPDATE referral SET submitted = '{}'`)).rejects.toThrow(
      /as it was submitted/,
    );
  });

  it('undoes an act whose entry could not be written', async () => {
    const reference = await hub.submit(amber());
    const repair = await hub.refusesEntriesOf('referral.claimed');
    try {
      await expect(hub.claims(hub.screener, reference)).rejects.toThrow(/full_disk/);
      expect((await hub.read(reference, hub.screener)).holder).toBeNull();
    } finally {
      await repair();
    }
  });
});
