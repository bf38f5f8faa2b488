import { MakeRecordMonths } from '#audit';
import { DEFAULT_CALENDAR } from '#domain';
import { asSuperuser, recordOf, verifyAtNight } from '../support/verbs/record-chain.ts';
import { createHub, type Hub } from '../support/hub.ts';
import { RunningConsole } from '../support/running-console.ts';
import { aFamilyShortOfMoney, aFracturedToddler } from '../support/referrals.ts';

let hub: Hub;
let console: RunningConsole;
beforeAll(async () => {
  hub = await createHub();
  console = await RunningConsole.start(hub);
});
beforeEach(() => hub.reset());
afterAll(async () => {
  await console.stop();
  await hub.drop();
});

const closedOn = (...localClosures: string[]) => ({ ...DEFAULT_CALENDAR, localClosures });

describe('a person who is not a manager', () => {
  it('reads policy, calendar and rota, and finds no form that changes them', async () => {
    const screener = await console.visitedBy(hub.screener);
    for (const path of ['/policy/change', '/calendar/change']) expect((await screener.open(path)).status).toBe(404);
    for (const path of ['/policy', '/calendar', '/rota', '/handover', '/service', '/alerts']) {
      const page = await screener.open(path);
      expect([page.status, page.buttons().filter((button) => /Change|Add|Save/.test(button))]).toEqual([200, []]);
    }
    const token = screener.page.sendingBy('Sign out').pairs;
    expect((await screener.send('POST', '/rota', [...token, ['kind', 'add-absence']])).status).toBe(404);
  });
});

describe('the page of the rota', () => {
  const TURN = 'Add the turn';
  const COVER = 'Add the cover';

  it('shows the gap that a turn leaves, which alerts, until cover fills it', async () => {
    const manager = await console.visitedBy(hub.manager, '/rota');
    const turn = { Group: 'Duty team', Person: 'duty_team', From: '08:00', Until: '18:00' };
    const noDay = await manager.press(TURN, turn);
    expect([noDay.status, noDay.errors()]).toEqual([422, [expect.stringContaining('Select at least one day')]]);
    const page = await manager.press(TURN, { Monday: true, Tuesday: true, Wednesday: true, Thursday: true });
    expect(page.under('Gaps in the next 7 days')).toContain(
      'Duty team: no person answers from 8:30am on Friday 27 November until 4pm on Friday 27 November',
    );
    await hub.watchRota.execute();
    await hub.fireDue.execute();
    const alert = 'No person is on the rota for the duty team';
    expect((await manager.open('/alerts')).under('About the service itself')).toContain(alert);

    const cover = {
      Group: 'Duty team',
      Person: 'service_manager',
      'From, day': '2026-11-27',
      'From, time': '08:00',
      'Until, day': '2026-11-27',
      'Until, time': '17:00',
    };
    await manager.open('/rota');
    const covered = await manager.press(COVER, cover);
    expect(covered.rowsOf('Cover and absence')).toHaveLength(1);
    await hub.watchRota.execute();
    const alerts = await manager.open('/alerts');
    expect([alerts.heading, alerts.text]).toEqual([
      'Alerts',
      expect.stringContaining('No alert about a decision is open'),
    ]);
  });

  it.each([
    ['an end before its beginning', { 'Until, day': '2026-11-26' }, 'The end must be after the beginning'],
    ['a day in the far future', { 'Until, day': '9999-12-31' }, 'Enter a day that exists'],
    ['a time with seconds', { 'Until, time': '23:59:59.9' }, 'Enter a time such as 08:30'],
    ['the year 0', { 'From, day': '0000-01-01' }, 'Enter a day that exists'],
    [
      'a time that the clocks skip',
      { 'From, day': '2027-03-28', 'From, time': '1.30am', 'Until, day': '2027-03-29' },
      'there is no such time',
    ],
  ])('refuses cover with %s', async (_, wrong, said) => {
    const manager = await console.visitedBy(hub.manager, '/rota');
    const page = await manager.press(COVER, {
      Group: 'Duty team',
      Person: 'service_manager',
      'From, day': '2026-11-27',
      'From, time': '08:00',
      'Until, day': '2026-11-27',
      'Until, time': '17:00',
      ...wrong,
    });
    expect([page.status, page.errors()]).toEqual([422, [expect.stringContaining(said)]]);
  });

  it('refuses to leave the last resort empty', async () => {
    const manager = await console.visitedBy(hub.manager, '/rota');
    const last = hub.onDuty.last_resort;
    const token = manager.page.sendingBy('Sign out').pairs;
    const emptied = [
      ['kind', 'set-contact'],
      ['person', last.id],
      ['email', last.email],
      ['phone', ''],
    ] as const;
    const refused = await manager.send('POST', '/rota', [...token, ...emptied]);
    expect([refused.status, refused.text]).toEqual([409, expect.stringContaining('The last resort is never empty')]);
    expect(await hub.peopleOfGroup('last_resort')).toEqual([last.id]);
  });
});

describe('the page of the hand-over', () => {
  it('hands the open reds over once at closing and at opening, and alerts managers until a person accepts', async () => {
    const reference = await hub.submit(aFracturedToddler());
    await hub.submit(aFamilyShortOfMoney());
    await hub.moveTo('2026-11-23T16:59');
    await hub.beginHandover.execute();
    expect((await hub.readHandovers.execute({ by: hub.manager })).handovers).toEqual([]);
    await hub.moveTo('2026-11-23T17:00');
    await Promise.all([hub.beginHandover.execute(), hub.beginHandover.execute()]);
    const nadia = await console.visitedBy(hub.onDuty.emergency_duty_team, '/handover');
    expect(nadia.page.attributes('href').filter((href) => href.startsWith('/referrals/'))).toEqual([
      `/referrals/${reference}`,
    ]);
    expect(nadia.page.text).toContain(`Red ?suggested Reuben Sandhu-Clegg, 2, physical abuse ${reference}`);

    const alerts = () => hub.alertsOfKind('handover');
    const fireAt = async (time: string) => {
      await hub.moveTo(time);
      await hub.fireDue.execute();
      return alerts();
    };
    expect(await fireAt('2026-11-23T17:29')).toEqual([]);
    expect(await fireAt('2026-11-23T17:30')).toEqual([['2026-11-23T17:30', 'on_call_manager']]);
    expect(await fireAt('2026-11-24T08:59')).toHaveLength(1);
    expect((await fireAt('2026-11-24T09:00')).at(-1)).toEqual(['2026-11-24T09:00', 'practice_manager']);

    const note = 'What the next team must know';
    const empty = await nadia.press('Add the note', { [note]: ' ' });
    expect([empty.status, empty.errors()]).toEqual([422, ['Write what the next team must know']]);
    await nadia.press('Add the note', { [note]: 'Ring the ward at nine' });
    const [accept] = nadia.page.buttons().filter((button) => button.startsWith('Accept the hand-over'));
    const accepted = await nadia.press(accept!, { [note]: 'No voicemail: he hears it' });
    expect(accepted.text).toContain('Accepted by emergency_duty_team 9am today');
    expect(accepted.text).toContain('Ring the ward at nine');
    expect(accepted.text).toContain('No voicemail: he hears it');
    expect(await fireAt('2026-11-24T09:30')).toHaveLength(2);
  });

  it('hands over what is open when a day is closed at once', async () => {
    const reference = await hub.submit(aFracturedToddler());
    await hub.moveTo('2026-11-23T11:00');
    await hub.publishesCalendar(hub.manager, closedOn('2026-11-23'));
    await hub.beginHandover.execute();
    const { handovers } = await hub.readHandovers.execute({ by: hub.manager });
    expect(handovers.map(({ passesTo, at }) => [passesTo, at.toString()])).toEqual([
      ['emergency_duty_team', '2026-11-23T11:00:00Z'],
    ]);
    expect(handovers[0]!.referrals.map((one) => one.reference)).toEqual([reference]);
  });

  it('lets only a person of the next team accept', async () => {
    await hub.submit(aFracturedToddler());
    await hub.moveTo('2026-11-23T17:00');
    await hub.beginHandover.execute();
    const screener = await console.visitedBy(hub.screener, '/handover');
    const [accept] = screener.page.buttons().filter((button) => button.startsWith('Accept the hand-over'));
    const note = { 'What the next team must know': 'The dog bites' };
    const page = await screener.press(accept!, note);
    expect(page.text).toContain('only a person of the team that takes over');
    expect(page.field('What the next team must know').value).toBe('The dog bites');
    expect((await screener.open('/handover')).text).toContain('No person has accepted it yet.');
  });

  it('alerts no person of a hand-over whose referrals are all decided', async () => {
    const reference = await hub.submit(aFracturedToddler());
    await hub.moveTo('2026-11-23T17:00');
    await hub.beginHandover.execute();
    await hub.decides(hub.manager, reference, { outcome: 'strategy_discussion', thresholdLevel: 4 });
    // When it can no longer be taken back.
    await hub.moveTo('2026-11-23T17:00:30');
    await hub.beginHandover.execute();
    await hub.moveTo('2026-11-23T17:30');
    expect(await hub.fireDue.execute()).toBe(0);
  });
});

it('shows on the alert timeline when each alert was due, fired and acknowledged, by whom and under which versions', async () => {
  const reference = await hub.submit(aFracturedToddler());
  await hub.moveTo('2026-11-23T10:30');
  await hub.fireDue.execute();
  await hub.moveTo('2026-11-23T10:40');
  await hub.acknowledges(hub.screener, reference);
  const visitor = await console.visitedBy(hub.manager, `/referrals/${reference}/alerts`);
  for (const said of [
    '23 November 2026, 10:00:00',
    'Alert 1 fired, 0 milliseconds after its time',
    'Alert 1 acknowledged',
    'Sam Screener',
    'Policy 1, calendar 1',
    'Printed by Mel Manager, 23 November 2026, 10:40:00',
  ])
    expect(visitor.page.text).toContain(said);
  expect((await visitor.open('/referrals/MASH-0000-0000/alerts')).status).toBe(404);
});

it('the page of the service names the months for which the record has no room', async () => {
  const visitor = await console.visitedBy(hub.screener, '/service');
  await new MakeRecordMonths(hub.database).execute();
  expect((await visitor.open('/service')).under('Figures')).toContain('Room for the record of the coming months Made');
  await hub.moveTo('2036-02-10T10:00');
  const page = await visitor.open('/service');
  expect(page.under('Figures')).toContain('Not made for February 2036, March 2036, April 2036.');
});

it('the page of the service says when the record was signed and verified, and what was found', async () => {
  const visitor = await console.visitedBy(hub.screener, '/service');
  const said = async () => (await visitor.open('/service')).under('The record of who did what');
  expect(await said()).toMatch(/None is made, because none is set up.* Not yet: the record is verified each night/s);
  const record = recordOf(hub.database);
  await record.checkpoint();
  await verifyAtNight(hub, record);
  expect(await said()).toMatch(/of 1[0-9] entries.* compared with 1 checkpoint.*The record is as it was written Yes/s);
  const [{ id } = { id: '' }] = await record.everyEntry();
  await asSuperuser(hub.url, `UPDATE audit_entry SET act = 'queue.read' WHERE id = '${id}'`);
  await verifyAtNight(hub, record);
  expect(await said()).toContain('Not so Rows were changed in the database');
  expect(await said()).toContain(`Edited: 2026`);
  expect(await said()).toContain(id);
  await hub.moveBy({ hours: 3 });
  expect(await said()).toContain('None was made since.');
});

it('says on the page of the service whether the watchdog looks, and what it found', async () => {
  const visitor = await console.visitedBy(hub.screener, '/service');
  expect(visitor.page.text).toContain('It has never looked');
  await hub.watchdogFinds([{ invariant: 'I1', count: 3 }]);
  expect((await visitor.open('/service')).under('What must hold')).toContain('Not so 3 found');
  await hub.moveTo('2026-11-23T10:01');
  expect((await visitor.open('/service')).text).toContain('The watchdog is silent');
});
