import { ConsoleInBrowser, violationsOn } from '../support/console-in-browser.ts';
import type { Hub } from '../support/hub.ts';
import { aBruisedBaby } from '../support/referrals.ts';

let console: ConsoleInBrowser;
let hub: Hub;
let url: string;

beforeAll(async () => {
  console = await ConsoleInBrowser.start();
  ({ hub, url } = console);
});
beforeEach(() => console.reset());
afterAll(() => console?.stop());

const CALL = '/telephone/01900000-0000-7000-8000-00000000000d';

it('shows a known child beside the call as its name is typed, accessibly, and at 320 px without sideways scrolling', async () => {
  await hub.submit(aBruisedBaby());
  const { page, troubles } = await console.open();
  await page.setViewportSize({ width: 1280, height: 800 });
  await console.signInAs(page, 'Sam Screener');
  await page.goto(url + CALL);
  await page.getByLabel('First name').first().pressSequentially('Elodie');
  await page.keyboard.press('Tab');
  await page.keyboard.type('Marsden');
  await page
    .getByRole('complementary')
    .getByRole('link', { name: /^Elodie Marsden-Pyke/ })
    .waitFor();
  const faults = await violationsOn(page);
  await page.setViewportSize({ width: 320, height: 800 });
  const width = await page.evaluate<number>('document.documentElement.scrollWidth');
  expect([faults, troubles, width]).toEqual([[], [], 320]);
});

it('shows the week of the rota accessibly, and at 320 px without sideways scrolling', async () => {
  const { page } = await console.open();
  await page.setViewportSize({ width: 1280, height: 800 });
  await console.signInAs(page, 'Mel Manager', '/rota');
  const faults = await violationsOn(page);
  await page.setViewportSize({ width: 320, height: 800 });
  const width = await page.evaluate<number>('document.documentElement.scrollWidth');
  expect([faults, width]).toEqual([[], 320]);
});
