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

it('asks at 1280 by 800 on one screen what is asked while the caller is there, with the matches beside it', async () => {
  const { page } = await console.open({ javaScriptEnabled: false });
  await page.setViewportSize({ width: 1280, height: 800 });
  await console.signInAs(page, 'Sam Screener');
  await page.goto(url + CALL);
  const place = async (role: 'button' | 'complementary' | 'region', name: string) => {
    const { x, y, width, height } = (await page.getByRole(role, { name }).boundingBox())!;
    return { left: x, top: y, right: x + width, bottom: y + height };
  };
  const asked = await place('region', 'While the caller is on the line');
  const matches = await place('complementary', 'Known already?');
  expect((await place('button', 'Keep it and finish later')).bottom).toBeLessThanOrEqual(800);
  expect([asked.right < matches.left, matches.bottom <= 800]).toEqual([true, true]);
  // What a person presses is as high as GOV.UK has it.
  const low = await page.evaluate(`[...document.querySelectorAll('.mash-capture :is(input, textarea, button)')]
    .filter((one) => one.type !== 'hidden' && one.getBoundingClientRect().height < 38).map(({ name }) => name)`);
  expect(low).toEqual([]);
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
