import { randomUUID } from 'node:crypto';
import { Policies } from '#deadlines';
import { ChangeRota, type RotaChange } from '#rota';
import { SERVICE, sql } from '#store';
import { LeaveHub } from '#work';
import type { StaffActor } from '#access';
import { aFracturedToddler } from '../support/referrals.ts';
import { createSendingHub, type SendingHub } from '../support/sending-hub.ts';

let hub: SendingHub;
let administrator: StaffActor;
beforeAll(async () => void (hub = await createSendingHub(['notify'])));
beforeEach(async () => {
  await hub.reset();
  administrator = await hub.another('administrator');
});
afterAll(() => hub.drop());

const duty = () => hub.onDuty.duty_team;
const sent = () => hub.notify.taken.map(({ to }) => to);
const leaves = ({ id }: { readonly id: string }) =>
  new LeaveHub(hub.database, new Policies(hub.database)).execute({
    personId: id,
    formId: randomUUID(),
    by: administrator,
  });
const rota = (change: RotaChange) => new ChangeRota(hub.database).execute(change, hub.manager, randomUUID());
const turnOf = ({ id }: { readonly id: string }, weekdays: readonly ('mon' | 'tue' | 'wed' | 'thu' | 'fri')[]) =>
  rota({ kind: 'add-shift', group: 'duty_team', personId: id, weekdays, from: '08:00', until: '18:00' });
const turns = () =>
  hub.database
    .as(SERVICE)
    .rows<{ person: string; weekday: string }>(
      sql`SELECT staff_member_id AS person, weekday FROM rota_shift ORDER BY weekday`,
    );

/** A red that no person has claimed for half an hour: the duty team is told. */
async function redAlert(): Promise<string> {
  const reference = await hub.submit(aFracturedToddler({ referrerEmail: null }));
  await hub.moveTo('2026-11-23T10:30');
  await hub.fire();
  return reference;
}

describe('an alert that only a person has who leaves', () => {
  it.each([
    ['when it waits to be sent', false],
    ['when it was sent already', true],
  ])('goes to others at once %s, and the service has no fault', async (_, isSent) => {
    await redAlert();
    if (isSent) await hub.send();
    expect(sent()).toEqual(isSent ? [duty().email] : []);
    await leaves(duty());
    await hub.followUp.execute();
    await hub.send();
    const others = sent().slice(isSent ? 1 : 0);
    expect(others.sort()).toEqual([hub.onDuty.last_resort.email, hub.onDuty.practice_manager.email].sort());
    expect(await hub.openDeadlines('undelivered')).toEqual([]);
    expect(await hub.invariants.execute()).toEqual([]);
  });

  it('goes nowhere when it was acknowledged, or when its referral was decided', async () => {
    const reference = await redAlert();
    await hub.send();
    await hub.claims(hub.manager, reference);
    await hub.decides(hub.manager, reference, { outcome: 'strategy_discussion', thresholdLevel: 4 });
    await leaves(duty());
    await hub.followUp.execute();
    await hub.send();
    expect(sent()).toEqual([duty().email]);
  });

  it('goes to no more people when another has it', async () => {
    await hub.database
      .as(SERVICE)
      .run(sql`UPDATE staff_member SET alert_groups = '{duty_team}' WHERE id = ${hub.socialWorker.id}`);
    await redAlert();
    await hub.send();
    expect(sent()).toHaveLength(2);
    await leaves(duty());
    await hub.followUp.execute();
    await hub.send();
    expect(sent()).toHaveLength(2);
  });

  it('goes on once, however often its person is said to have left', async () => {
    await redAlert();
    await hub.send();
    await leaves(duty());
    await hub.followUp.execute();
    await hub.send();
    await expect(leaves(duty())).rejects.toMatchObject({ code: 'not-found' });
    await hub.followUp.execute();
    await hub.send();
    expect(sent()).toHaveLength(3);
  });
});

describe('the turns of a person who leaves', () => {
  it('end, and the rota has a gap where no other person answers', async () => {
    await turnOf(hub.socialWorker, ['mon', 'tue']);
    await turnOf(duty(), ['mon', 'wed', 'thu', 'fri']);
    await hub.watchRota.execute();
    expect(await hub.openDeadlines('rota_gap')).not.toContain('duty_team');
    expect(await leaves(hub.socialWorker)).toEqual({ released: 0, turns: 2 });
    expect((await turns()).map(({ person, weekday }) => [person === duty().id, weekday])).toEqual(
      ['fri', 'mon', 'thu', 'wed'].map((day) => [true, day]),
    );
    await hub.watchRota.execute();
    expect(await hub.openDeadlines('rota_gap')).toContain('duty_team');
  });

  it('that were the only ones of a group stay as a gap, so that no rota looks whole that no person made', async () => {
    await turnOf(hub.socialWorker, ['mon', 'tue', 'wed', 'thu', 'fri']);
    await leaves(hub.socialWorker);
    expect(await turns()).toHaveLength(5);
    await hub.watchRota.execute();
    expect(await hub.openDeadlines('rota_gap')).toContain('duty_team');
  });

  it('end with their cover and absence: what is past stays, what runs ends now', async () => {
    const { id: personId } = hub.socialWorker;
    const at = (from: string, until: string) => ({ personId, from: hub.at(from), until: hub.at(until) });
    await rota({ kind: 'add-cover', group: 'duty_team', ...at('2026-11-23T08:00', '2026-11-23T12:00') });
    await rota({ kind: 'add-cover', group: 'duty_team', ...at('2026-11-24T08:00', '2026-11-24T12:00') });
    await rota({ kind: 'add-absence', ...at('2026-11-25T08:00', '2026-11-25T12:00') });
    expect((await leaves(hub.socialWorker)).turns).toBe(2);
    const [left] = await hub.database.as(SERVICE).rows<{ covers: string[]; absences: number }>(sql`
      SELECT (SELECT array_agg(to_char(ends_at AT TIME ZONE 'Europe/London', 'DD HH24:MI')) FROM rota_cover) AS covers,
        (SELECT count(*)::int FROM absence) AS absences`);
    expect(left).toEqual({ covers: ['23 10:00'], absences: 0 });
  });
});
