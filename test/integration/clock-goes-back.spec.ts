import { createHub, type Hub } from '../support/hub.ts';
import { aBruisedBaby, aCoachMessagingChildren, aRoutineAmber } from '../support/referrals.ts';

let hub: Hub;
beforeAll(async () => void (hub = await createHub()));
beforeEach(() => hub.reset());
afterAll(() => hub.drop());

describe('a clock of the database that goes back an hour', () => {
  it('D8: makes no response time less than nothing, and no act impossible', async () => {
    const reference = await hub.submit(aCoachMessagingChildren());
    await hub.moveBy({ hours: -1 });
    await hub.claims(hub.socialWorker, reference);
    await hub.rates(hub.socialWorker, reference, 'red');
    await hub.decides(hub.socialWorker, reference);
    const { responseTime, decisions } = await hub.read(reference);
    expect(decisions).toHaveLength(1);
    expect(responseTime!.elapsedMinutes).toBeGreaterThanOrEqual(0);
    expect(responseTime!.workingMinutes).toBeGreaterThanOrEqual(0);
  });

  it('D8: fires no step before its time and none twice', async () => {
    const reference = await hub.submit(aBruisedBaby());
    await hub.moveTo('2026-11-23T10:30');
    expect(await hub.fireDue.execute()).toBe(1);
    await hub.moveBy({ hours: -1 });
    expect(await hub.fireDue.execute()).toBe(0);
    await hub.moveTo('2026-11-23T10:30');
    expect(await hub.fireDue.execute()).toBe(0);
    expect(await hub.alertsOf(reference)).toEqual([['2026-11-23T10:30', 'duty_team']]);
  });

  it('D8: keeps a referral that comes then in the queue, under a key of its own', async () => {
    const first = await hub.submit(aRoutineAmber());
    await hub.moveBy({ hours: -1 });
    const second = await hub.submit(aRoutineAmber());
    expect([...(await hub.referencesBy('oldest'))].sort()).toEqual([first, second].sort());
    expect(await hub.takesNext(hub.screener)).toBe(second);
    expect(await hub.takesNext(hub.socialWorker)).toBe(first);
  });
});
