import { DEFAULT_CALENDAR } from '#domain';
import { createHub, type Hub } from '../support/hub.ts';
import { RunningConsole } from '../support/running-console.ts';
import { aFamilyShortOfMoney, aFracturedToddler, aRoutineAmber } from '../support/referrals.ts';

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

const WHY = 'Why does this change?';
const FROM = 'Takes effect at the beginning of';
const closedOn = (...localClosures: string[]) => ({ ...DEFAULT_CALENDAR, localClosures });
const openDeadlines = async (reference: string) =>
  (await hub.read(reference)).deadlines
    .filter(({ state }) => state === 'open')
    .map(({ kind, dueAt }) => [kind, dueAt.toString()]);

describe('the pages of the policy and the calendar', () => {
  // Each version is read once by a process, and here each test has a version 2 of its own.
  beforeEach(() => console.restart());

  it('preview what a new policy changes, publish it, and move what is open and has not alerted', async () => {
    const [moves, alerted] = [await hub.submit(aFamilyShortOfMoney()), await hub.submit(aFracturedToddler())];
    await hub.moveTo('2026-11-23T10:30');
    await hub.fireDue.execute();
    const manager = await console.visitedBy(hub.manager, '/policy/change');
    manager.fill('Green: decided within', '2');
    manager.fill('Red: decided within', '3');
    const silent = await manager.press('Preview');
    expect([silent.status, silent.errors()]).toEqual([422, [expect.stringContaining('Say why this changes')]]);
    const preview = await manager.press('Preview', { [WHY]: 'Quicker' });
    expect(preview.status).toBe(200);
    expect(preview.text).toContain('2 open; 1 would be due earlier, 0 later');
    expect(preview.text).toContain('1 has already alerted and would not be moved');
    const [changed, ...others] = preview.rowsOf('Referrals that would change, most urgent first');
    const named = `Oskar Wiśniewski-Kowal, 10 +1, housing or money ${moves}`;
    expect([changed![0], others]).toEqual([named, []]);

    const published = await manager.press('Publish');
    expect([published.path, published.text]).toEqual(['/policy', expect.stringContaining('Version 2, in force')]);
    expect(published.rowsOf('Versions of the policy, the latest first')[0]).toContain('Quicker');
    expect(await hub.rearm.execute()).toBe(1);
    expect(await openDeadlines(moves)).toEqual([['decision', '2026-11-25T10:00:00Z']]);
    expect(await openDeadlines(alerted)).toContainEqual(['decision', '2026-11-23T14:00:00Z']);
    expect(await hub.rearm.execute()).toBe(0);
  });

  it('change how soon an agency has to answer, and say so before it is published', async () => {
    const manager = await console.visitedBy(hub.manager, '/policy/change');
    const answers = 'An agency answers a request for information, amber';
    const wrong = await manager.press('Preview', { [answers]: '0', [WHY]: 'Quicker' });
    expect([wrong.status, wrong.errors()]).toEqual([422, [expect.stringContaining('from 1 to 168')]]);
    const preview = await manager.press('Preview', { [answers]: '4' });
    expect(preview.text).toContain(`${answers}: within 4 hours, before within 6 hours`);
    const published = await manager.press('Publish');
    expect(published.rowsOf('How soon other things must follow')).toContainEqual([answers, '4 hours']);
    expect((await hub.policies.inForce()).policy.informationDue.amber).toEqual({ elapsedHours: 4 });
  });

  it('refuse to publish what was changed after the preview', async () => {
    const manager = await console.visitedBy(hub.manager, '/policy/change');
    await manager.press('Preview', { 'Green: decided within': '2', [WHY]: 'Quicker' });
    const sneaked = await manager.press('Publish', { 'Green: decided within': '1' });
    expect([sneaked.status, sneaked.refusal]).toEqual([
      409,
      expect.stringContaining('You changed something after the preview'),
    ]);
    expect(await hub.versionsOfPolicy()).toBe(1);
  });

  it('show every fault of a policy at its field, and keep what was typed', async () => {
    const manager = await console.visitedBy(hub.manager, '/policy/change');
    const { pairs, action } = manager.page.sendingBy('Preview', {
      'Amber: decided within': 'soon',
      [WHY]: 'Because of <b>this</b>',
    });
    const wrong = await manager.send(
      'POST',
      action,
      pairs.map(([name, value]) => [name, ['red.4.when', 'green.0.by.email'].includes(name) ? '' : value] as const),
    );
    expect(wrong.status).toBe(422);
    expect(wrong.errors()).toEqual([
      'Red needs exactly one repeating step, and it must be the last',
      'Enter a whole number from 1 to 20',
      'Use e-mail or text message at once: enter 0 for one of them',
    ]);
    expect(wrong.link('Enter a whole number from 1 to 20')).toBe('#amber.decisionDue.length');
    expect(wrong.link('Use e-mail or text message at once: enter 0 for one of them')).toBe('#green.0.when');
    expect([wrong.field('Amber: decided within').value, wrong.field(WHY).value]).toEqual([
      'soon',
      'Because of <b>this</b>',
    ]);
    expect(await hub.versionsOfPolicy()).toBe(1);
  });

  it('change what outcomes count as and which reasons there are for lateness', async () => {
    const manager = await console.visitedBy(hub.manager, '/policy/change');
    expect(manager.page.field('No further action counts as').chosen).toBe('A contact only');
    const changes = {
      'No further action counts as': 'A referral that ends with no further action',
      'Reason 4': '',
      'Reason 6': 'The <computer>',
      'New reason 2': 'Court hearing',
    };
    const last = { 'The last reason, which every list has': '' };
    const wrong = await manager.press('Preview', { ...changes, ...last, [WHY]: 'Our own' });
    expect(wrong.errors()).toEqual(['Keep another reason at the end of the list']);
    const preview = await manager.press('Preview', { 'The last reason, which every list has': 'None of these' });
    for (const said of [
      'Proposed from then on: No further action counts as “A referral that ends with no further action”',
      'A reason for lateness from then on: Court hearing',
      'A reason for lateness from then on: The <computer>',
      'A reason for lateness no longer: Staff were absent',
      'A reason for lateness no longer: A technical fault',
    ]) {
      expect(preview.text).toContain(said);
    }
    const published = await manager.press('Publish');
    expect(published.rowsOf('What a decision counts as, unless the decider says otherwise')).toContainEqual([
      'No further action',
      'A referral that ends with no further action',
    ]);
    expect(published.text).toMatch(/The <computer> Court hearing None of these/);
    expect(published.text).not.toContain('Staff were absent');
    const again = await manager.open('/policy/change');
    expect([again.field('Reason 5').value, again.field('Reason 6').value]).toEqual(['The <computer>', 'Court hearing']);
  });

  it('move what is open to after a holiday that is published', async () => {
    const reference = await hub.submit(aRoutineAmber());
    const manager = await console.visitedBy(hub.manager, '/calendar/change');
    const closed = 'Days on which the hub is closed';
    const nonsense = await manager.press('Preview', { [closed]: '2026-02-30', [WHY]: 'Proclaimed' });
    expect([nonsense.status, nonsense.errors()]).toEqual([422, [expect.stringContaining('Enter real dates')]]);
    const preview = await manager.press('Preview', { [closed]: '2026-11-24' });
    expect(preview.text).toContain('1 open; 0 would be due earlier, 1 later');
    await manager.press('Publish');
    await hub.rearm.execute();
    expect((await hub.decisionDueAt(reference)).toString()).toBe('2026-11-25T10:00:00Z');
    expect(await hub.invariants.execute()).toEqual([]);
    const page = await manager.open('/calendar');
    expect(page.under('The hub’s own closed days')).toBe('Tuesday 24 November 2026');
  });

  it('bring a version for a day ahead into force on that day', async () => {
    const reference = await hub.submit(aFamilyShortOfMoney());
    const manager = await console.visitedBy(hub.manager, '/policy/change');
    const ahead = { 'Green: decided within': '5', [WHY]: 'From tomorrow', [FROM]: '2026-11-24' };
    await manager.press('Preview', ahead);
    expect((await manager.press('Publish')).path).toBe('/policy');
    expect(await hub.rearm.execute()).toBe(0);
    await hub.moveTo('2026-11-24T00:00');
    expect(await hub.rearm.execute()).toBe(1);
    expect(await openDeadlines(reference)).toEqual([['decision', '2026-11-30T10:00:00Z']]);
  });

  it('say that a version ahead will replace a version that is published before it', async () => {
    await hub.publishesCalendar(hub.manager, closedOn('2026-12-24'), hub.at('2026-12-01T00:00'));
    const manager = await console.visitedBy(hub.manager, '/calendar/change');
    expect(manager.page.text).toContain('Version 2 takes effect midnight on Tuesday 1 December');
    const closed = () => manager.page.field('Days on which the hub is closed').value;
    expect(closed()).toBe('');
    await manager.click('begin with version 2');
    expect(closed()).toBe('2026-12-24');
  });
});
