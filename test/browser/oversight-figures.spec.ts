import { CloseDays } from '#oversight';
import { SERVICE } from '#store';
import { ConsoleInBrowser, violationsOn } from '../support/console-in-browser.ts';
import { makeSmallPast } from '../support/past/small-past.ts';

const PAGES = [
  ...['/oversight', '/oversight/promptness', '/oversight/flow', '/oversight/decisions', '/oversight/safety'],
  ...['/oversight/agencies', '/oversight/equity', '/oversight/team', '/oversight/own'],
  '/oversight/figures/received/rows?from=2026-11-01&to=2026-12-01',
];

let console: ConsoleInBrowser;
beforeAll(async () => {
  console = await ConsoleInBrowser.start();
  const { hub } = console;
  await makeSmallPast(hub, hub.at('2026-10-05T00:00'));
  await hub.database.as(SERVICE).transaction((tx) => hub.whole.get(CloseDays).handle(tx));
});
afterEach(() => console.closePages());
afterAll(() => console?.stop());

it.each([320, 1280])(
  'shows the pages of figures of a hub with a past accessibly, within a screen of %i px',
  async (width) => {
    const { page, troubles } = await console.open();
    await page.setViewportSize({ width, height: 800 });
    await console.signInAs(page, 'Mel Manager', '/preferences');
    const faults: string[] = [];
    for (const path of PAGES) {
      await page.goto(console.url + path);
      await page.evaluate(`document.querySelectorAll('main details').forEach((one) => { one.open = true; })`);
      const is = Number(await page.evaluate('document.documentElement.scrollWidth'));
      if (is > width) faults.push(`${path} is ${is} px wide`);
      faults.push(...(await violationsOn(page)).map((fault) => `${path}: ${fault}`));
    }
    expect(faults).toEqual([]);
    expect(troubles).toEqual([]);
  },
);
