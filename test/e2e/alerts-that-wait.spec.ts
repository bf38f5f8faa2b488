import { createHub, type Hub } from '../support/hub.ts';
import { aBruisedBaby, aFracturedToddler, aStrangulation } from '../support/referrals.ts';
import { RunningConsole } from '../support/running-console.ts';
import type { Visitor } from '../support/visitor.ts';

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

/** The alerts that wait for a person, as the navigation, their home and the page of alerts say. */
async function sayings(visitor: Visitor) {
  const home = await visitor.open('/your-work');
  const [badge] = home.wordsOfEach('nav .govuk-service-navigation__link').filter((words) => /^Alerts/.test(words));
  const onHome = home.wordsOfEach('main a').filter((words) => / waits? for you$/.test(words));
  const hubAtHome = parseInt(home.fact('Alerts in the hub not acknowledged'), 10);
  const page = await visitor.open('/alerts');
  const [above] = page.wordsOfEach('h2').filter((words) => / waits? for you$/.test(words));
  const list = 'Alerts that wait for you, most urgent first';
  const rows = page.wordsOfEach('caption').includes(list) ? page.rowsOf(list).length : 0;
  const hubOnPage = Number(/Alerts in the hub not acknowledged, yours among them: (\d+)/.exec(page.text)?.[1]);
  return { badge, onHome, above, rows, hub: [hubAtHome, hubOnPage] };
}

describe('the alerts that wait for a person', () => {
  it('are the same number in the navigation, at home and above their list, and the hub’s number has other words', async () => {
    await hub.submit(aFracturedToddler());
    const acknowledged = await hub.submit(aBruisedBaby());
    // The first step of a red tells the duty team alone.
    await hub.moveTo('2026-11-23T10:51');
    await hub.fireDue.execute();
    await hub.submit(aStrangulation());
    const told = await console.visitedBy(hub.onDuty.duty_team);
    expect(await sayings(told)).toEqual({
      badge: 'Alerts 2 waiting for you',
      onHome: ['2 alerts wait for you'],
      above: '2 alerts wait for you',
      rows: 2,
      hub: [2, 2],
    });
    const other = await console.visitedBy(hub.screener);
    expect(await sayings(other)).toEqual({
      badge: 'Alerts',
      onHome: [],
      above: 'No alert waits for you',
      rows: 0,
      hub: [2, 2],
    });
    await other.open('/alerts');
    expect(other.page.rowsOf('Other alerts, most urgent first')).toHaveLength(2);
    await other.press(`Acknowledge the alerts of ${acknowledged}`);
    expect(await sayings(told)).toEqual({
      badge: 'Alerts 1 waiting for you',
      onHome: ['One alert waits for you'],
      above: 'One alert waits for you',
      rows: 1,
      hub: [1, 1],
    });
  });

  it('of so many that the navigation says 99+ are 99+ everywhere', async () => {
    for (let n = 0; n < 101; n++) await hub.submit(aFracturedToddler());
    await hub.moveTo('2026-11-23T10:51');
    for (let round = 0; round < 12; round++) await hub.fireDue.execute();
    const said = await sayings(await console.visitedBy(hub.onDuty.duty_team));
    expect([said.badge, said.onHome, said.above]).toEqual([
      'Alerts 99+ waiting for you',
      ['99+ alerts wait for you'],
      '99+ alerts wait for you',
    ]);
  });
});
