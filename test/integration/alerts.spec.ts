import { DEFAULT_CALENDAR } from '#domain';
import { createHub, type Hub } from '../support/hub.ts';
import { aFamilyShortOfMoney, aFracturedToddler, aRoutineAmber } from '../support/referrals.ts';
import { until } from '../support/until.ts';

let hub: Hub;
beforeEach(async () => {
  hub = await createHub();
});
afterEach(() => hub.drop());

/** Another transaction waits for what this one has locked. */
const somebodyWaits = () =>
  until(async () => {
    const waiting = await hub.database.rows(
      `SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()`,
    );
    return waiting.length === 1;
  });

const red = () => aFracturedToddler();
const amber = () => aRoutineAmber();
const green = () => aFamilyShortOfMoney();

describe('an undecided referral', () => {
  it('that is red alerts at each step, the first only while unclaimed, and then every half hour', async () => {
    const reference = await hub.submit(red());
    for (const time of [
      '10:29',
      '10:30',
      '11:59',
      '12:00',
      '13:29',
      '13:30',
      '13:59',
      '14:00',
      '14:29',
      '14:30',
      '15:00',
    ]) {
      await hub.moveTo(`2026-11-23T${time}`);
      await hub.fireDue.execute();
    }
    expect(await hub.alertsOf(reference)).toEqual([
      ['2026-11-23T10:30', 'duty_team'],
      ['2026-11-23T12:00', 'practice_manager'],
      ['2026-11-23T13:30', 'service_manager'],
      ['2026-11-23T14:00', 'service_manager head_of_service'],
      ['2026-11-23T14:30', 'service_manager head_of_service'],
      ['2026-11-23T15:00', 'service_manager head_of_service'],
    ]);
  });

  it('that is claimed does not alert that it is unclaimed', async () => {
    const reference = await hub.submit(red());
    await hub.takeNext.execute(hub.screener);
    await hub.moveTo('2026-11-23T10:30');
    expect(await hub.fireDue.execute()).toBe(0);
    await hub.moveTo('2026-11-23T12:00');
    expect(await hub.fireDue.execute()).toBe(1);
    expect(await hub.alertsOf(reference)).toEqual([['2026-11-23T12:00', 'practice_manager']]);
  });

  it('that is amber or green alerts in working time', async () => {
    const [a, g] = [await hub.submit(amber()), await hub.submit(green())];
    for (const time of [
      '2026-11-23T14:30',
      '2026-11-23T16:30',
      '2026-11-24T10:00',
      '2026-11-24T12:00',
      '2026-11-25T10:30',
      '2026-11-26T10:00',
      '2026-11-27T10:00',
    ]) {
      await hub.moveTo(time);
      await hub.fireDue.execute();
    }
    expect((await hub.alertsOf(a)).slice(0, 4)).toEqual([
      ['2026-11-23T14:30', 'duty_team'],
      ['2026-11-23T16:30', 'practice_manager'],
      ['2026-11-24T10:00', 'practice_manager service_manager'],
      ['2026-11-24T12:00', 'practice_manager service_manager'],
    ]);
    expect(await hub.alertsOf(g)).toEqual([
      ['2026-11-25T10:30', 'duty_team'],
      ['2026-11-26T10:00', 'practice_manager'],
      ['2026-11-27T10:00', 'practice_manager service_manager'],
    ]);
  });

  it('alerts the emergency duty team and the on-call manager when the front door is shut', async () => {
    await hub.moveTo('2026-11-23T18:00');
    const reference = await hub.submit(red());
    await hub.moveTo('2026-11-23T20:00');
    await hub.fireDue.execute();
    expect((await hub.alertsOf(reference)).map(([, told]) => told).sort()).toEqual([
      'emergency_duty_team',
      'on_call_manager',
    ]);
  });

  it('goes to the next more senior when a group has nobody, and in the end to the last resort', async () => {
    await hub.database.rows(`UPDATE staff_member SET is_active = false WHERE 'duty_team' = ANY(alert_groups)`);
    await hub.submit(red());
    await hub.moveTo('2026-11-23T10:30');
    await hub.fireDue.execute();
    const told = () =>
      hub.database.rows<{ recipientId: string }>('SELECT recipient_id AS "recipientId" FROM delivery ORDER BY id');
    expect(await told()).toEqual([{ recipientId: hub.onDuty.practice_manager.id }]);
    await hub.database.rows(`UPDATE staff_member SET is_active = false WHERE NOT 'last_resort' = ANY(alert_groups)`);
    await hub.moveTo('2026-11-23T12:00');
    await hub.fireDue.execute();
    expect((await told()).at(-1)).toEqual({ recipientId: hub.onDuty.last_resort.id });
  });
});

describe('firing', () => {
  it('is never early: a millisecond before, nothing; at the instant, everything', async () => {
    await hub.submit(red());
    const due = hub.at('2026-11-23T10:30');
    const { stopClock } = await import('../../scripts/demonstration/shift-clock.ts');
    await stopClock(hub.database, due.subtract({ milliseconds: 1 }));
    expect(await hub.fireDue.execute()).toBe(0);
    await stopClock(hub.database, due);
    expect(await hub.fireDue.execute()).toBe(1);
  });

  it('by thirty-two at once fires each step of a hundred referrals once', async () => {
    for (let count = 0; count < 100; count++) await hub.submit(red());
    await hub.moveTo('2026-11-23T14:00');
    const fired = await Promise.all(Array.from({ length: 32 }, () => hub.fireDue.execute()));
    await hub.fireDue.execute();
    const alerts = await hub.database.row<{ n: number }>('SELECT count(*) AS n FROM alert');
    // Four steps of each chain are due by then.
    expect(alerts!.n).toBe(400);
    expect(fired.reduce((sum, n) => sum + n, 0)).toBeLessThanOrEqual(400);
    const deliveries = await hub.database.row<{ n: number }>(`SELECT count(*) AS n FROM delivery`);
    expect(deliveries!.n).toBe(500);
  });

  it('after an outage fires each step once and skips the repeats it missed', async () => {
    const reference = await hub.submit(red());
    await hub.moveTo('2026-11-24T09:10');
    await hub.fireDue.execute();
    expect(await hub.alertsOf(reference)).toHaveLength(5);
    await hub.moveTo('2026-11-24T09:29');
    expect(await hub.fireDue.execute()).toBe(0);
    await hub.moveTo('2026-11-24T09:30');
    expect(await hub.fireDue.execute()).toBe(1);
  });
});

describe('the chain of alerts', () => {
  it('is paused by acknowledging, for half an hour on a red, and goes on after it', async () => {
    const reference = await hub.submit(red());
    await hub.moveTo('2026-11-23T14:00');
    await hub.fireDue.execute();
    await hub.moveTo('2026-11-23T14:10');
    const { until } = await hub.acknowledge.execute({ reference, by: hub.manager });
    expect(until.equals(hub.at('2026-11-23T14:40'))).toBe(true);
    await expect(hub.acknowledge.execute({ reference, by: hub.manager })).rejects.toMatchObject({ code: 'not-found' });
    await hub.moveTo('2026-11-23T14:39');
    expect(await hub.fireDue.execute()).toBe(0);
    await hub.moveTo('2026-11-23T14:40');
    expect(await hub.fireDue.execute()).toBe(1);
    await hub.moveTo('2026-11-23T15:00');
    expect(await hub.fireDue.execute()).toBe(1);
  });

  it('stays paused when the referral is given back meanwhile', async () => {
    const reference = await hub.submit(red());
    await hub.claim.execute({ reference, by: hub.manager });
    await hub.moveTo('2026-11-23T12:00');
    expect(await hub.fireDue.execute()).toBe(1);
    await hub.moveTo('2026-11-23T12:10');
    await hub.acknowledge.execute({ reference, by: hub.manager });
    await hub.giveBack.execute({ reference, by: hub.manager });
    await hub.moveTo('2026-11-23T12:39');
    expect(await hub.fireDue.execute()).toBe(0);
    await hub.moveTo('2026-11-23T12:40');
    expect(await hub.fireDue.execute()).toBe(1);
  });

  it('fires when it is given back at the moment at which its step is found to be held', async () => {
    const reference = await hub.submit(red());
    await hub.claim.execute({ reference, by: hub.manager });
    await hub.moveTo('2026-11-23T10:30');
    let back: Promise<unknown> = Promise.resolve();
    await hub.database.transaction(async (tx) => {
      expect(await hub.firingIn(tx).execute()).toBe(0);
      back = hub.giveBack.execute({ reference, by: hub.manager });
      await somebodyWaits();
    });
    await back;
    expect(await hub.fireDue.execute()).toBe(1);
  });

  it('is not moved by a new version at the moment at which it fires', async () => {
    const reference = await hub.submit(red());
    const { localClosures, ...hours } = DEFAULT_CALENDAR;
    const calendar = { ...hours, localClosures: [...localClosures, '2026-12-24'] };
    await hub.publish.execute({
      ...{ version: { kind: 'calendar', calendar }, reason: 'Closed', effectiveFrom: null, seen: 1, by: hub.manager },
    });
    await hub.moveTo('2026-11-23T10:30');
    let rearmed: Promise<number> = Promise.resolve(-1);
    await hub.database.transaction(async (tx) => {
      expect(await hub.firingIn(tx).execute()).toBe(1);
      rearmed = hub.rearm.execute();
      await somebodyWaits();
    });
    expect(await rearmed).toBe(0);
    expect(await hub.fireDue.execute()).toBe(0);
    expect(await hub.alertsOf(reference)).toHaveLength(1);
  });

  it('ends with a decision made at the moment at which a repeat of it fires', async () => {
    const reference = await hub.submit(red());
    await hub.moveTo('2026-11-23T14:00');
    await hub.fireDue.execute();
    await hub.moveTo('2026-11-23T14:30');
    const { version } = await hub.readReferral.execute({ reference, by: hub.manager });
    const decision = { outcome: 'strategy_discussion', thresholdLevel: 3, rationale: 'Harm.' } as const;
    let decided: Promise<unknown> = Promise.resolve();
    // The repeat has fired and armed the next, and is not yet committed: the decision cannot see that one.
    await hub.database.transaction(async (tx) => {
      expect(await hub.firingIn(tx).execute()).toBe(1);
      decided = hub.decide.execute({ ...decision, reference, version, by: hub.manager });
      await somebodyWaits();
    });
    await decided;
    await hub.moveTo('2026-11-23T15:00');
    expect(await hub.fireDue.execute()).toBe(0);
    await hub.moveTo('2026-11-24T15:00');
    expect(await hub.fireDue.execute()).toBe(0);
    expect(await hub.database.rows(`SELECT 1 FROM deadline_step WHERE state = 'waiting'`)).toEqual([]);
  });

  it('ends with the decision, not before', async () => {
    const reference = await hub.submit(red());
    await hub.moveTo('2026-11-23T14:00');
    await hub.fireDue.execute();
    const { version } = await hub.readReferral.execute({ reference, by: hub.socialWorker });
    const decision = { reference, version, outcome: 'no_further_action', thresholdLevel: 1, rationale: 'No' } as const;
    await hub.decide.execute({ ...decision, by: hub.socialWorker });
    await hub.moveTo('2026-11-23T14:30');
    expect(await hub.fireDue.execute()).toBe(1);
    const { version: decided } = await hub.readReferral.execute({ reference, by: hub.manager });
    await hub.signOff.execute({ reference, version: decided, result: 'agreed', comments: null, by: hub.manager });
    await hub.moveTo('2026-11-24T14:30');
    expect(await hub.fireDue.execute()).toBe(0);
    expect((await hub.readAlerts.execute({ by: hub.manager })).alerts).toEqual([]);
    const waiting = await hub.database.rows(`SELECT 1 FROM deadline_step WHERE state = 'waiting'`);
    expect(waiting).toEqual([]);
  });

  it('of a referral raised after its new due time fires at once, the most senior step only', async () => {
    const reference = await hub.submit(green());
    await hub.moveTo('2026-11-24T15:00');
    const { version } = await hub.readReferral.execute({ reference, by: hub.screener });
    await hub.rate.execute({ reference, version, rating: 'red', reason: 'New information', by: hub.screener });
    await hub.fireDue.execute();
    expect(await hub.alertsOf(reference)).toEqual([['2026-11-24T15:00', 'service_manager head_of_service']]);
    const passedOver = await hub.database.row<{ n: number }>(
      `SELECT count(*) AS n FROM deadline_step WHERE state = 'passed_over'`,
    );
    expect(passedOver!.n).toBe(4);
  });

  it('shows what is overdue and since when, most urgent first', async () => {
    const [g, r] = [await hub.submit(green()), await hub.submit(red())];
    await hub.moveTo('2026-11-26T10:00');
    await hub.fireDue.execute();
    const { alerts } = await hub.readAlerts.execute({ by: hub.manager });
    expect(alerts.map((alert) => [alert.reference, alert.dueAt.toString(), alert.isUnacknowledged])).toEqual([
      [r, '2026-11-23T14:00:00Z', true],
      [g, '2026-11-26T10:00:00Z', true],
    ]);
  });
});
