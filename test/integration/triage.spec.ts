import { addStaff } from '../support/agencies-and-staff.ts';
import { createHub, type Hub } from '../support/hub.ts';
import { aFamilyShortOfMoney, aFracturedToddler, aRoutineAmber } from '../support/referrals.ts';
import { SCENARIOS } from '../support/scenarios.ts';

let hub: Hub;
beforeEach(async () => {
  hub = await createHub();
});
afterEach(() => hub.drop());

const red = () => aFracturedToddler();
const amber = () => aRoutineAmber();
const green = () => aFamilyShortOfMoney();
const versionOf = async (reference: string) => (await hub.readReferral.execute({ reference, by: hub.manager })).version;

describe('the forty scenarios', () => {
  it('come in any order, go out in order of urgency, and are decided and timed', async () => {
    const byReference = new Map<string, (typeof SCENARIOS)[number]>();
    const shuffled = SCENARIOS.map((one, index) => ({ one, at: (index * 17) % 40 })).sort((a, b) => a.at - b.at);
    for (const [minute, { one }] of shuffled.entries()) {
      await hub.moveTo(`2026-11-23T10:${String(minute).padStart(2, '0')}`);
      byReference.set(await hub.submit(one.body), one);
    }
    const expected = { red: 1, amber: 2, green: 3 };
    const taken: number[] = [];
    await hub.moveTo('2026-11-23T11:00');
    for (
      let reference = await hub.takeNext.execute(hub.manager);
      reference !== null;
      reference = await hub.takeNext.execute(hub.manager)
    ) {
      const page = await hub.readReferral.execute({ reference, by: hub.manager });
      const scenarioOf = byReference.get(reference)!;
      expect(page.rating).toBe(scenarioOf.expect.rating);
      expect(page.ratings[0]!.matched!.map((rule) => rule.id)).toEqual(scenarioOf.expect.rules);
      taken.push(expected[page.rating]);
      const decision = { reference, version: page.version, by: hub.manager, rationale: 'Agreed with the agencies.' };
      const reasons = await hub.decide.execute({ ...decision, outcome: 'strategy_discussion', thresholdLevel: 4 });
      if (reasons.length === 0) continue;
      await hub.signOff.execute({
        reference,
        version: await versionOf(reference),
        result: 'agreed',
        comments: null,
        by: hub.otherManager,
      });
    }
    expect(taken).toEqual([...taken].sort());
    expect(taken).toHaveLength(40);
    const timed = await hub.database.row<{ n: number; late: number }>(
      'SELECT count(*) AS n, count(*) FILTER (WHERE NOT on_time) AS late FROM response_time',
    );
    expect(timed).toEqual({ n: 40, late: 0 });
  }, 60_000);
});

describe('take the next one', () => {
  it('by fifty people on twenty referrals gives twenty of them one each', async () => {
    for (let count = 0; count < 20; count++) await hub.submit(green());
    const takers = await Promise.all(Array.from({ length: 50 }, () => addStaff(hub.database, 'screener')));
    const taken = await Promise.all(takers.map((taker) => hub.takeNext.execute(taker)));
    const references = taken.filter((reference) => reference !== null);
    expect(references).toHaveLength(20);
    expect(new Set(references).size).toBe(20);
  });

  it('goes by rating, then due time, then receipt', async () => {
    const first = await hub.submit(green());
    await hub.moveTo('2026-11-23T10:01');
    const second = await hub.submit(green());
    await hub.moveTo('2026-11-23T10:02');
    const urgent = await hub.submit(red());
    const order = [];
    for (let count = 0; count < 4; count++) order.push(await hub.takeNext.execute(hub.screener));
    expect(order).toEqual([urgent, first, second, null]);
    expect((await hub.queue('mine', hub.screener)).lines.map((l) => l.reference)).toEqual([urgent, first, second]);
  });

  it('meets the deadline for claiming, and giving back puts it on the queue again', async () => {
    const reference = await hub.submit(red());
    await hub.takeNext.execute(hub.screener);
    await expect(hub.claim.execute({ reference, by: hub.socialWorker })).rejects.toMatchObject({
      code: 'already-claimed',
    });
    await expect(hub.giveBack.execute({ reference, by: hub.socialWorker })).rejects.toMatchObject({
      code: 'held-by-someone-else',
    });
    await hub.giveBack.execute({ reference, by: hub.screener });
    expect(await hub.takeNext.execute(hub.socialWorker)).toBe(reference);
    const { deadlines } = await hub.readReferral.execute({ reference, by: hub.manager });
    expect(deadlines.map(({ kind, state }) => [kind, state])).toEqual([
      ['claim', 'met'],
      ['decision', 'open'],
    ]);
  });
});

describe('rating', () => {
  it('may be raised by anybody, to the earlier due time, and lowered by a manager only, from receipt', async () => {
    const reference = await hub.submit(amber());
    const rate = async (rating: 'red' | 'amber', by = hub.screener) =>
      hub.rate.execute({ reference, version: await versionOf(reference), rating, reason: 'Because', by });
    await hub.moveTo('2026-11-23T11:00');
    await rate('red');
    let page = await hub.readReferral.execute({ reference, by: hub.screener });
    expect([page.rating, page.decisionDueAt.equals(hub.at('2026-11-23T14:00'))]).toEqual(['red', true]);
    await expect(rate('amber')).rejects.toMatchObject({ code: 'lowering-needs-a-manager' });
    await rate('amber', hub.manager);
    page = await hub.readReferral.execute({ reference, by: hub.screener });
    expect([page.rating, page.decisionDueAt.equals(hub.at('2026-11-24T10:00'))]).toEqual(['amber', true]);
    expect(page.deadlines.map(({ kind, rating, state }) => [kind, rating, state])).toEqual([
      ['decision', 'amber', 'superseded'],
      ['claim', 'red', 'superseded'],
      ['decision', 'red', 'superseded'],
      ['decision', 'amber', 'open'],
    ]);
  });

  it('does not repair a breach', async () => {
    const reference = await hub.submit(red());
    await hub.moveTo('2026-11-23T15:00');
    await hub.rate.execute({
      reference,
      version: await versionOf(reference),
      rating: 'green',
      reason: 'Mistaken',
      by: hub.manager,
    });
    const { deadlines } = await hub.readReferral.execute({ reference, by: hub.manager });
    const breached = deadlines.filter(
      ({ dueAt, endedAt }) => endedAt !== null && Temporal.Instant.compare(dueAt, endedAt) < 0,
    );
    expect(breached.map(({ kind, rating }) => [kind, rating])).toEqual([
      ['claim', 'red'],
      ['decision', 'red'],
    ]);
  });

  it('by somebody who saw an older version is refused', async () => {
    const reference = await hub.submit(amber());
    const version = await versionOf(reference);
    const rate = { reference, version, rating: 'red', reason: 'Because', by: hub.screener } as const;
    await hub.rate.execute(rate);
    await expect(hub.rate.execute(rate)).rejects.toMatchObject({ code: 'changed-meanwhile' });
  });
});

describe('a decision', () => {
  it('that needs no sign-off takes effect at once and is timed on both clocks', async () => {
    await hub.moveTo('2026-11-27T15:00');
    const reference = await hub.submit(amber());
    await hub.moveTo('2026-11-27T15:10');
    await hub.takeNext.execute(hub.socialWorker);
    await hub.moveTo('2026-11-30T09:00');
    const { version } = await hub.readReferral.execute({ reference, by: hub.socialWorker });
    const reasons = await hub.decide.execute({
      reference,
      version,
      outcome: 'child_and_family_assessment',
      thresholdLevel: 3,
      rationale: 'Assessment.',
      by: hub.socialWorker,
    });
    expect(reasons).toEqual([]);
    const { responseTime, status, deadlines } = await hub.readReferral.execute({ reference, by: hub.socialWorker });
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

  it('of no further action waits for sign-off by someone else, and its clock runs on until then', async () => {
    const reference = await hub.submit(red());
    const decide = async () =>
      hub.decide.execute({
        reference,
        version: await versionOf(reference),
        outcome: 'no_further_action',
        thresholdLevel: 1,
        rationale: 'None.',
        by: hub.manager,
      });
    expect(await decide()).toContain('no_further_action');
    const signOff = async (
      by = hub.otherManager,
      result: 'agreed' | 'returned' = 'agreed',
      comments: string | null = null,
    ) => hub.signOff.execute({ reference, version: await versionOf(reference), result, comments, by });
    await expect(signOff(hub.manager)).rejects.toMatchObject({ code: 'decider-cannot-sign-off' });
    await signOff(hub.otherManager, 'returned', 'Ask the school first.');
    expect((await hub.readReferral.execute({ reference, by: hub.manager })).status).toBe('awaiting_decision');
    await decide();
    await hub.moveTo('2026-11-23T14:01');
    await signOff();
    const { responseTime } = await hub.readReferral.execute({ reference, by: hub.manager });
    expect([responseTime!.elapsedMinutes, responseTime!.onTime]).toEqual([241, false]);
  });

  it('on the same child within twelve months needs sign-off, a third one too', async () => {
    const decide = async (reference: string) =>
      hub.decide.execute({
        reference,
        version: await versionOf(reference),
        outcome: 'early_help',
        thresholdLevel: 2,
        rationale: 'Help.',
        by: hub.socialWorker,
      });
    expect(await decide(await hub.submit(green()))).toEqual([]);
    await hub.moveTo('2026-11-23T10:30');
    expect(await decide(await hub.submit(green()))).toEqual(['re_referral_within_12_months']);
    await hub.moveTo('2026-11-23T11:30');
    expect(await decide(await hub.submit(green()))).toEqual([
      're_referral_within_12_months',
      'third_contact_within_12_months',
    ]);
    await hub.moveTo('2028-01-10T11:30');
    expect(await decide(await hub.submit(green()))).toEqual([]);
  });

  it('by ten at once is recorded once; the others are told that it changed', async () => {
    const reference = await hub.submit(amber());
    const version = await versionOf(reference);
    const deciders = await Promise.all(Array.from({ length: 10 }, () => addStaff(hub.database, 'manager')));
    const results = await Promise.allSettled(
      deciders.map((by) =>
        hub.decide.execute({ reference, version, outcome: 'early_help', thresholdLevel: 2, rationale: 'Help.', by }),
      ),
    );
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const refusals = results.flatMap((result) =>
      result.status === 'rejected' ? [(result.reason as { code: string }).code] : [],
    );
    expect(new Set(refusals)).toEqual(new Set(['changed-meanwhile']));
  });

  it('on what somebody else holds is a manager’s only', async () => {
    const reference = await hub.submit(amber());
    await hub.claim.execute({ reference, by: hub.screener });
    const decision = {
      reference,
      version: await versionOf(reference),
      outcome: 'early_help',
      thresholdLevel: 2,
      rationale: 'Help.',
    } as const;
    await expect(hub.decide.execute({ ...decision, by: hub.socialWorker })).rejects.toMatchObject({
      code: 'held-by-someone-else',
    });
    await expect(hub.decide.execute({ ...decision, by: hub.manager })).resolves.toEqual([]);
  });
});

describe('while an alert is being written', () => {
  it('deciding and taking go on: neither waits for the other, nor is the most urgent passed over', async () => {
    const reference = await hub.submit(red());
    await hub.submit(green());
    const writer = hub.dataSource.createQueryRunner();
    await writer.startTransaction();
    await writer.query('SELECT 1 FROM referral WHERE reference = $1 FOR KEY SHARE', [reference]);
    expect(await hub.takeNext.execute(hub.socialWorker)).toBe(reference);
    const { version } = await hub.readReferral.execute({ reference, by: hub.socialWorker });
    const decision = {
      reference,
      version,
      outcome: 'strategy_discussion',
      thresholdLevel: 4,
      rationale: 'Now.',
    } as const;
    expect(await hub.decide.execute({ ...decision, by: hub.socialWorker })).toEqual([]);
    await writer.rollbackTransaction();
    await writer.release();
  });
});

describe('giving back', () => {
  it('a red after its half hour alerts the duty team at once', async () => {
    const reference = await hub.submit(red());
    await hub.takeNext.execute(hub.screener);
    await hub.moveTo('2026-11-23T10:30');
    expect(await hub.fireDue.execute()).toBe(0);
    await hub.moveTo('2026-11-23T10:31');
    await hub.giveBack.execute({ reference, by: hub.screener });
    expect(await hub.fireDue.execute()).toBe(1);
    expect(await hub.alertsOf(reference)).toEqual([['2026-11-23T10:31', 'duty_team']]);
  });

  it('is refused for what is decided', async () => {
    const reference = await hub.submit(amber());
    const decision = { reference, outcome: 'early_help', thresholdLevel: 2, rationale: 'Help.' } as const;
    await hub.decide.execute({ ...decision, version: await versionOf(reference), by: hub.manager });
    await expect(hub.giveBack.execute({ reference, by: hub.manager })).rejects.toMatchObject({
      code: 'already-decided',
    });
  });
});

describe('the record', () => {
  it('has an entry for every act, readings included, and none can be changed', async () => {
    const reference = await hub.submit(amber());
    await hub.takeNext.execute(hub.socialWorker);
    await hub.readReferral.execute({ reference, by: hub.socialWorker });
    const { timeline, openings } = await hub.readReferral.execute({ reference, by: hub.socialWorker });
    expect(timeline.map(({ act, by }) => [act, by]).reverse()).toEqual([
      ['referral.submitted', 'Loomgate School'],
      ['referral.claimed', 'Sol Worker'],
    ]);
    expect(openings.map(({ act, by }) => [act, by])).toEqual([
      ['referral.read', 'Sol Worker'],
      ['referral.read', 'Sol Worker'],
    ]);
    await hub.moveTo('2026-11-25T10:00');
    await hub.fireDue.execute();
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
      await expect(hub.database.rows(`DELETE FROM ${table}`)).rejects.toThrow(/append-only/);
      await expect(hub.database.rows(`TRUNCATE ${table} CASCADE`)).rejects.toThrow(/append-only/);
    }
    await expect(hub.database.rows('UPDATE audit_entry SET act = act')).rejects.toThrow(/append-only/);
    await expect(hub.database.rows(`UPDATE referral SET submitted = '{}'`)).rejects.toThrow(/as it was submitted/);
  });

  it('is not there for an act that failed', async () => {
    const reference = await hub.submit(amber());
    await hub.database.rows(`ALTER TABLE audit_entry ADD CONSTRAINT full_disk CHECK (act <> 'referral.claimed')`);
    await expect(hub.claim.execute({ reference, by: hub.screener })).rejects.toThrow(/full_disk/);
    expect((await hub.readReferral.execute({ reference, by: hub.screener })).holder).toBeNull();
  });
});
