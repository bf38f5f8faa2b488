import { load } from 'cheerio';
import { createHub, type Hub } from '../support/hub.ts';
import type { Page } from '../support/page/page.ts';
import { RunningConsole } from '../support/running-console.ts';

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

const FIELDS = ['Person', 'Group', 'Day', 'From', 'Until'] as const;
const filledIn = (page: Page) => FIELDS.map((label) => page.field(label).value);
/** Where a link of the grid leads, by the head of its line, the column from Monday and the words of the link. */
function linkIn({ html }: Page, head: string, column: number, words: string): string {
  const $ = load(html);
  const line = $('.mash-week tbody tr').filter((_, row) => $(row).find('th').text().trim().startsWith(head));
  const links = line.find('td').eq(column).find('a');
  return links.filter((_, link) => $(link).text().startsWith(words)).attr('href') ?? `no ${words} in ${links.text()}`;
}
const weekdays = { Monday: true, Tuesday: true, Wednesday: true, Thursday: true };
/** A manager, after the duty team got turns on four days: on Fridays there is a gap. */
async function atARotaWithGaps() {
  const manager = await console.visitedBy(hub.manager, '/rota');
  const turn = { Group: 'Duty team', Person: 'duty_team', From: '08:00', Until: '18:00', ...weekdays };
  await manager.press('Add the turn', turn);
  return manager;
}
const [MONDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY] = [0, 3, 4, 5, 6];

describe('a gap in the week of the rota', () => {
  it('leads to a turn that is filled in with its group, day and times, for this week only', async () => {
    const manager = await atARotaWithGaps();
    const nextWeek = await manager.open('/rota?week=2026-12-02');
    const form = await manager.open(linkIn(nextWeek, 'No person answers', FRIDAY, 'Add cover'));
    expect(filledIn(form)).toEqual(['', 'duty_team', '2026-12-04', '08:30', '16:00']);
    // The list of the gaps that are near leads there as well.
    const ofThisWeek = (await manager.open('/rota')).attributes('href');
    const toGap = 'group=duty_team&person=&day=2026-11-27&from=08%3A30&until=16%3A00';
    expect(ofThisWeek.filter((href) => href.startsWith('/rota/turn?') && href.endsWith(toGap))).toHaveLength(2);
    await manager.open(linkIn(nextWeek, 'No person answers', FRIDAY, 'Add cover'));
    const unsaid = await manager.press('Add the turn');
    expect([unsaid.status, unsaid.errors()]).toEqual([422, [expect.stringContaining('Select a person')]]);
    expect(filledIn(unsaid)).toEqual(['', 'duty_team', '2026-12-04', '08:30', '16:00']);

    const saved = await manager.press('Add the turn', { Person: 'service_manager' });
    expect([saved.path, saved.notices()]).toEqual([
      '/rota?week=2026-12-04',
      [
        expect.stringContaining(
          'service_manager answers for the duty team from 8:30am until 4pm on Friday 4 December 2026, and the weekly rota stays as it is.',
        ),
      ],
    ]);
    expect(saved.headings()).toContain('Week from 30 November to 6 December 2026');
    expect(saved.text).toContain('Every answering duty has a person from now to the end of this week.');
    // Every other week has its gap still.
    expect((await manager.open('/rota?week=2026-12-11')).text).toContain('One answering duty has no person this week.');
  });

  it('that is longer than a day leads to its part on that day, and one over midnight to the whole', async () => {
    const manager = await console.visitedBy(hub.manager, '/rota');
    const night = { Group: 'Emergency duty team', Person: 'emergency_duty_team', From: '20:00', Until: '08:00' };
    const page = await manager.press('Add the turn', { ...night, ...weekdays });
    expect(linkIn(page, 'No person answers', SATURDAY, 'Add cover')).toContain('from=00%3A00&until=00%3A00');
    const form = await manager.open(linkIn(page, 'emergency_duty_team', MONDAY, 'Cover'));
    expect(filledIn(form)).toEqual(['', 'emergency_duty_team', '2026-11-23', '20:00', '08:00']);
    const saved = await manager.press('Add the turn', { Person: 'service_manager' });
    expect(saved.notices()[0]).toContain('from 8pm on Monday 23 November 2026 until 8am on Tuesday 24 November 2026');
  });
});

describe('a cell in the week of the rota', () => {
  it('leads to a turn of its person and day, at the times of the gap, or else of the group’s other turns', async () => {
    const manager = await atARotaWithGaps();
    const page = await manager.open('/rota');
    const duty = hub.onDuty.duty_team.id;
    await manager.open(linkIn(page, 'duty_team', FRIDAY, 'Add'));
    expect(filledIn(manager.page)).toEqual([duty, 'duty_team', '2026-11-27', '08:30', '16:00']);
    await manager.open(linkIn(page, 'duty_team', SUNDAY, 'Add'));
    expect(filledIn(manager.page)).toEqual([duty, 'duty_team', '2026-11-29', '08:00', '18:00']);
    // The turn of another person leads to cover of it, for a person who is to be chosen.
    await manager.open(linkIn(page, 'duty_team', THURSDAY, 'Cover'));
    expect(filledIn(manager.page)).toEqual(['', 'duty_team', '2026-11-26', '08:00', '18:00']);
    // Of a group that has no turns: the front door's hours, and the whole of a day on which it is shut.
    const other = hub.onDuty.service_manager.id;
    await manager.open(linkIn(page, 'service_manager', THURSDAY, 'Add'));
    expect(filledIn(manager.page)).toEqual([other, 'service_manager', '2026-11-26', '08:30', '16:30']);
    await manager.open(linkIn(page, 'service_manager', SATURDAY, 'Add'));
    expect(filledIn(manager.page)).toEqual([other, 'service_manager', '2026-11-28', '00:00', '00:00']);
  });

  it('is filled for every week where the manager says so', async () => {
    const manager = await atARotaWithGaps();
    await manager.open(linkIn(await manager.open('/rota'), 'duty_team', FRIDAY, 'Add'));
    const saved = await manager.press('Add the turn', { 'How often?': 'Every week' });
    expect(saved.notices()[0]).toContain('duty_team answers for the duty team every week: Friday, 08:30 to 16:00.');
    expect((await manager.open('/rota?week=2026-12-11')).text).toContain('Every answering duty has a person');
  });

  it.each([
    ['a day that does not exist', { Day: '2026-02-30' }, 'Enter a day that exists'],
    ['every week on no day', { Day: '', 'How often?': 'Every week' }, 'Enter a day that exists'],
    ['a time that is none', { From: 'late' }, 'Enter a time such as 08:30'],
    ['a time that the clocks skip', { Day: '2027-03-28', From: '1.30am', Until: '9am' }, 'there is no such time'],
    ['no group', { Group: '' }, 'Select a group'],
  ])('refuses %s, and keeps what was typed', async (_, wrong, said) => {
    const manager = await atARotaWithGaps();
    await manager.open(linkIn(await manager.open('/rota'), 'duty_team', FRIDAY, 'Add'));
    const refused = await manager.press('Add the turn', wrong);
    expect([refused.status, refused.errors()]).toEqual([422, [expect.stringContaining(said)]]);
    expect(refused.field('From').value).toBe('From' in wrong ? wrong.From : '08:30');
  });

  it('of a day that is over, or of a person who may not change the rota, leads nowhere', async () => {
    await hub.moveTo('2026-11-25T10:00');
    const page = (await console.visitedBy(hub.manager, '/rota')).page;
    expect(linkIn(page, 'duty_team', 1, 'Add')).toBe('no Add in ');
    expect(linkIn(page, 'duty_team', 2, 'Add')).toContain('/rota/turn?');
    const screener = await console.visitedBy(hub.screener, '/rota');
    expect(screener.page.attributes('href').filter((href) => href.startsWith('/rota/turn'))).toEqual([]);
    expect((await screener.open('/rota/turn')).status).toBe(404);
  });
});

it('every change of the rota leads back to the week that was looked at, and says what changed', async () => {
  const manager = await atARotaWithGaps();
  const week = '/rota?week=2026-12-07';
  await manager.open('/rota?week=2026-12-09');
  const away = { 'From, day': '2026-12-08', 'From, time': '9am', 'Until, day': '2026-12-08', 'Until, time': '5pm' };
  const wrong = await manager.press('Add the absence', { ...away, Person: '' });
  expect([wrong.status, wrong.headings()]).toEqual([
    422,
    expect.arrayContaining(['Week from 7 December to 13 December 2026']),
  ]);
  const added = await manager.press('Add the absence', { Person: 'head_of_service' });
  expect([added.path, added.notices()[0]]).toEqual([
    week,
    expect.stringContaining('head_of_service is away from 9am until 5pm on Tuesday 8 December 2026'),
  ]);
  const [remove] = added.buttons().filter((button) => button.startsWith('Remove head_of_service'));
  const removed = await manager.press(remove!);
  expect([removed.path, removed.notices()[0]]).toEqual([
    week,
    expect.stringContaining('Removed: head_of_service, away, from 9am until 5pm on Tuesday 8 December 2026'),
  ]);
});
