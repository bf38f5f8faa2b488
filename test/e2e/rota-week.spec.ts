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

const FRIDAY = 5;
const TURN = { Group: 'Duty team', Person: 'duty_team', From: '08:00', Until: '18:00' };
/** The words of a line of the grid: its head, then a cell for each day from Monday. */
function lineOf({ html }: Page, head: string): readonly string[] {
  const $ = load(html);
  const words = (cell: Parameters<typeof $>[0]) =>
    $(cell).find('.mash-week__day, a').remove().end().text().replaceAll(/\s+/g, ' ').trim();
  const lines = $('.mash-week tbody tr')
    .toArray()
    .map((row) => $(row).find('th, td').toArray().map(words));
  return lines.find(([first]) => first?.startsWith(head)) ?? [];
}
const turnsOf = async () => {
  const manager = await console.visitedBy(hub.manager, '/rota');
  const weekdays = { Monday: true, Tuesday: true, Wednesday: true, Thursday: true };
  return { manager, page: await manager.press('Add the turn', { ...TURN, ...weekdays }) };
};

describe('the week of the rota', () => {
  it('shows a turn of a person on its days, and marks the day on which a duty has no person, in words', async () => {
    const { page } = await turnsOf();
    expect(page.headings()).toContain('Week from 23 November to 29 November 2026');
    expect(lineOf(page, 'duty_team').slice(1, 6)).toEqual([
      ...Array.from({ length: 4 }, () => 'Duty team, 8am to 6pm'),
      '',
    ]);
    expect(lineOf(page, 'No person answers')[FRIDAY]).toBe('▲ Duty team: no person 8:30am to 4pm');
    expect(page.text).toContain('One answering duty has no person this week.');
  });

  it('shows cover in place of a turn, an absence as away, and no gap once there is cover', async () => {
    const { manager } = await turnsOf();
    await manager.open('/rota');
    const stretch = (from: string, until: string) => ({
      'From, day': from,
      'From, time': '00:00',
      'Until, day': until,
      'Until, time': '00:00',
    });
    const cover = { Group: 'Duty team', Person: 'service_manager', ...stretch('2026-11-26', '2026-11-28') };
    await manager.press('Add the cover', cover);
    await manager.open('/rota');
    const away = { Person: 'head_of_service', ...stretch('2026-11-24', '2026-11-25') };
    const page = await manager.press('Add the absence', away);
    expect(lineOf(page, 'duty_team')[4]).toContain('(covered by another person)');
    expect(lineOf(page, 'service_manager').slice(4, 6)).toEqual([
      'Duty team (cover), all day',
      'Duty team (cover), all day',
    ]);
    expect(lineOf(page, 'head_of_service')[2]).toBe('Away, all day');
    expect(lineOf(page, 'No person answers')[FRIDAY]).toBe('No gap');
  });

  it('is gone through by address, week before and week after, and back to this one', async () => {
    const { manager, page } = await turnsOf();
    const after = await manager.open(page.link('Week after').replace('#week', ''));
    expect(after.headings()).toContain('Week from 30 November to 6 December 2026');
    expect(lineOf(after, 'No person answers')[FRIDAY]).toContain('Duty team: no person');
    expect(after.link('This week')).toBe('/rota#week');
    const before = await manager.open('/rota?week=2026-11-18');
    expect(before.headings()).toContain('Week from 16 November to 22 November 2026');
    expect(before.text).toContain('This week is over.');
    expect(lineOf(before, 'No person answers')).toEqual([]);
  });

  it.each(['2026-02-30', '9999-12-31', '"><script>', ''])(
    'is this week at the address of the week “%s”',
    async (week) => {
      const screener = await console.visitedBy(hub.screener);
      const page = await screener.open(`/rota?week=${encodeURIComponent(week)}`);
      expect([page.status, page.headings()]).toEqual([
        200,
        expect.arrayContaining(['Week from 23 November to 29 November 2026']),
      ]);
    },
  );

  it('says of a group without turns that its people answer always', async () => {
    const screener = await console.visitedBy(hub.screener);
    const page = await screener.open('/rota');
    expect(lineOf(page, 'duty_team')[0]).toBe('duty_team Duty team: no turns, answers always');
  });
});
