import { ConsoleInBrowser, violationsOn } from '../support/console-in-browser.ts';
import { aCoachMessagingChildren } from '../support/referrals.ts';

let console: ConsoleInBrowser;

beforeAll(async () => {
  console = await ConsoleInBrowser.start();
});
beforeEach(() => console.reset());
afterAll(() => console?.stop());

it('shows decided referrals accessibly, also on a screen of 320 pixels, and an address with a mistake in it', async () => {
  const { hub, url } = console;
  const reference = await hub.submit(aCoachMessagingChildren());
  await hub.moveTo('2026-11-26T11:10');
  await hub.decides(hub.manager, reference, { outcome: 'early_help', thresholdLevel: 2 });
  await hub.copiesDecided(reference, 60);
  const { page, troubles } = await console.open();
  await console.signInAs(page, 'Mel Manager');
  const list = `${url}/oversight/decided?from=2026-11-01&to=2026-12-01&operational=late`;
  const faults: string[] = [];
  for (const width of [1280, 320]) {
    await page.setViewportSize({ width, height: 900 });
    for (const address of [list, `${list}&rating=purple`]) {
      await page.goto(address);
      faults.push(...(await violationsOn(page)));
      const overflow = await page.evaluate<number>('document.documentElement.scrollWidth - window.innerWidth');
      if (overflow > 0) faults.push(`${address} is ${overflow} pixels wider than ${width}`);
    }
  }
  expect(faults).toEqual([]);
  expect(troubles).toEqual([]);
});
