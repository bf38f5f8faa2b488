import { DEFAULT_CALENDAR } from '#domain';
import { SERVICE } from '#store';
import { createHub, type Hub } from '../support/hub.ts';
import { aFamilyShortOfMoney, aFracturedToddler, aRoutineAmber } from '../support/referrals.ts';

let hub: Hub;
beforeAll(async () => {
  hub = await createHub();
});
beforeEach(() => hub.reset());
afterAll(() => hub.drop());

const red = () => aFracturedToddler();
const amber = () => aRoutineAmber();
const green = () => aFamilyShortOfMoney();

describe('the alerts of an undecided referral', () => {
  it('alerts for an unclaimed red at each step of its chain, and then every half hour', async () => {
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

  it('does not alert that a red is unclaimed when a person holds it', async () => {
    const reference = await hub.submit(red());
    await hub.takesNext(hub.screener);
    await hub.moveTo('2026-11-23T10:30');
    expect(await hub.fireDue.execute()).toBe(0);
    await hub.moveTo('2026-11-23T12:00');
    expect(await hub.fireDue.execute()).toBe(1);
    expect(await hub.alertsOf(reference)).toEqual([['2026-11-23T12:00', 'practice_manager']]);
  });

  it('alerts for an amber and for a green in working time', async () => {
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

  it('alerts the emergency duty team and the on-call manager for a red when the front door is shut', async () => {
    await hub.moveTo('2026-11-23T18:00');
    const reference = await hub.submit(red());
    await hub.moveTo('2026-11-23T20:00');
    await hub.fireDue.execute();
    expect((await hub.alertsOf(reference)).map(([, told]) => told).sort()).toEqual([
      'emergency_duty_team',
      'on_call_manager',
    ]);
  });

  it('alerts the next more senior group when a group has no person, and in the end the last resort', async () => {
    await hub.leaves(hub.onDuty.duty_team);
    await hub.submit(red());
    await hub.moveTo('2026-11-23T10:30');
    await hub.fireDue.execute();
    const told = async () => (await hub.deliveries()).map(({ recipientId }) => recipientId);
    expect(await told()).toEqual([hub.onDuty.practice_manager.id]);
    await hub.allLeaveBut(hub.onDuty.last_resort);
    await hub.moveTo('2026-11-23T12:00');
    await hub.fireDue.execute();
    expect((await told()).at(-1)).toEqual(hub.onDuty.last_resort.id);
  });
});

describe('firing', () => {
  it('fires a step at its instant and not a millisecond before', async () => {
    await hub.submit(red());
    const due = hub.at('2026-11-23T10:30');
    await hub.moveToInstant(due.subtract({ milliseconds: 1 }));
    expect(await hub.fireDue.execute()).toBe(0);
    await hub.moveToInstant(due);
    expect(await hub.fireDue.execute()).toBe(1);
  });

  it('fires each step of a hundred referrals once when thirty-two workers fire at once', async () => {
    for (let count = 0; count < 100; count++) await hub.submit(red());
    await hub.moveTo('2026-11-23T14:00');
    const fired = await Promise.all(Array.from({ length: 32 }, () => hub.fireDue.execute()));
    await hub.fireDue.execute();
    // Four steps of each chain are due by then.
    expect(await hub.alertCount()).toBe(400);
    expect(fired.reduce((sum, n) => sum + n, 0)).toBeLessThanOrEqual(400);
    expect(await hub.deliveryCount('alert')).toBe(500);
  });

  it('fires each missed step once after an outage, and no missed repeat', async () => {
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
  it('pauses the chain of a red for half an hour when a person acknowledges it', async () => {
    const reference = await hub.submit(red());
    await hub.moveTo('2026-11-23T14:00');
    await hub.fireDue.execute();
    await hub.moveTo('2026-11-23T14:10');
    const { until } = await hub.acknowledges(hub.manager, reference);
    expect(until.equals(hub.at('2026-11-23T14:40'))).toBe(true);
    await expect(hub.acknowledges(hub.manager, reference)).rejects.toMatchObject({ code: 'not-found' });
    await hub.moveTo('2026-11-23T14:39');
    expect(await hub.fireDue.execute()).toBe(0);
    await hub.moveTo('2026-11-23T14:40');
    expect(await hub.fireDue.execute()).toBe(1);
    await hub.moveTo('2026-11-23T15:00');
    expect(await hub.fireDue.execute()).toBe(1);
  });

  it('keeps a chain paused when the referral is given back during the pause', async () => {
    const reference = await hub.submit(red());
    await hub.claims(hub.manager, reference);
    await hub.moveTo('2026-11-23T12:00');
    expect(await hub.fireDue.execute()).toBe(1);
    await hub.moveTo('2026-11-23T12:10');
    await hub.acknowledges(hub.manager, reference);
    await hub.givesBack(hub.manager, reference);
    await hub.moveTo('2026-11-23T12:39');
    expect(await hub.fireDue.execute()).toBe(0);
    await hub.moveTo('2026-11-23T12:40');
    expect(await hub.fireDue.execute()).toBe(1);
  });

  it('fires the step of a red that is given back while a worker finds it held', async () => {
    const reference = await hub.submit(red());
    await hub.claims(hub.manager, reference);
    await hub.moveTo('2026-11-23T10:30');
    let back: Promise<unknown> = Promise.resolve();
    await hub.database.as(SERVICE).transaction(async (tx) => {
      expect((await hub.fireDue.fireIn(tx)).fired).toBe(0);
      back = hub.givesBack(hub.manager, reference);
      await hub.untilWaiting();
    });
    await back;
    expect(await hub.fireDue.execute()).toBe(1);
  });

  it('does not move a deadline to a new version at the moment at which its step fires', async () => {
    const reference = await hub.submit(red());
    const { localClosures, ...hours } = DEFAULT_CALENDAR;
    const calendar = { ...hours, localClosures: [...localClosures, '2026-12-24'] };
    await hub.publishesCalendar(hub.manager, calendar);
    await hub.moveTo('2026-11-23T10:30');
    let rearmed: Promise<number> = Promise.resolve(-1);
    await hub.database.as(SERVICE).transaction(async (tx) => {
      expect((await hub.fireDue.fireIn(tx)).fired).toBe(1);
      rearmed = hub.rearm.execute();
      await hub.untilWaiting();
    });
    expect(await rearmed).toBe(0);
    expect(await hub.fireDue.execute()).toBe(0);
    expect(await hub.alertsOf(reference)).toHaveLength(1);
  });

  it('R8: ends the chain with a decision made at the moment at which a repeat fires', async () => {
    const reference = await hub.submit(red());
    await hub.moveTo('2026-11-23T14:00');
    await hub.fireDue.execute();
    await hub.moveTo('2026-11-23T14:30');
    let decided: Promise<unknown> = Promise.resolve();
    // The repeat has fired and armed the next, and is not yet committed: the decision cannot see that one.
    await hub.database.as(SERVICE).transaction(async (tx) => {
      expect((await hub.fireDue.fireIn(tx)).fired).toBe(1);
      decided = hub.decides(hub.manager, reference);
      await hub.untilWaiting();
    });
    await decided;
    await hub.moveTo('2026-11-23T15:00');
    expect(await hub.fireDue.execute()).toBe(0);
    const fired = await hub.alertsOf(reference);
    await hub.moveTo('2026-11-24T15:00');
    // What fires now is of another clock: the referrer has not been told.
    await hub.fireDue.execute();
    expect([await hub.alertsOf(reference), await hub.waitingStepsOf(reference)]).toEqual([fired, 0]);
  });

  it('ends the chain when the decision takes effect, not while it waits for sign-off', async () => {
    const reference = await hub.submit(red());
    await hub.moveTo('2026-11-23T14:00');
    await hub.fireDue.execute();
    await hub.decides(hub.socialWorker, reference, { outcome: 'no_further_action', thresholdLevel: 1 });
    await hub.moveTo('2026-11-23T14:30');
    expect(await hub.fireDue.execute()).toBe(1);
    await hub.signsOff(hub.manager, reference);
    const fired = await hub.alertsOf(reference);
    await hub.moveTo('2026-11-24T14:30');
    await hub.fireDue.execute();
    expect((await hub.readAlerts.execute({ by: hub.manager })).alerts).toEqual([]);
    expect([await hub.alertsOf(reference), await hub.waitingStepsOf(reference)]).toEqual([fired, 0]);
  });

  it('fires only the most senior step, at once, when a referral is raised to red after its new due time', async () => {
    const reference = await hub.submit(green());
    await hub.moveTo('2026-11-24T15:00');
    await hub.rates(hub.screener, reference, 'red', 'New information');
    await hub.fireDue.execute();
    expect(await hub.alertsOf(reference)).toEqual([['2026-11-24T15:00', 'service_manager head_of_service']]);
    expect(await hub.stepCount('passed_over')).toBe(4);
  });

  it('lists the alerts by urgency, each with the time at which it was due', async () => {
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
