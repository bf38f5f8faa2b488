import { createServer, type Server } from 'node:http';
import { ConsoleInBrowser } from '../support/console-in-browser.ts';
import { ownPort } from '../support/own-port.ts';
import { aRoutineAmber } from '../support/referrals.ts';

let console: ConsoleInBrowser;
beforeAll(async () => {
  console = await ConsoleInBrowser.start();
});
beforeEach(() => console.reset());
afterAll(() => console?.stop());

it('S9: shows no referral when a person goes back after they signed out', async () => {
  const reference = await console.hub.submit(aRoutineAmber());
  const { page } = await console.open();
  await console.signInAs(page, 'Sol Worker');
  await page.goto(`${console.url}/referrals/${reference}`);
  const child = aRoutineAmber().children[0]!.lastName!;
  expect(await page.locator('body').innerText()).toContain(child);
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('button', { name: 'Sign out of the demonstration' }).click();
  await page.waitForURL('**/signed-out');
  // Through the pages of signing out to those of before, whatever the browser has kept of them.
  const shown: string[] = [];
  for (let back = 1; back <= 4; back++) {
    await page.goBack({ waitUntil: 'commit', timeout: 5_000 }).catch(() => null);
    shown.push(await page.locator('body').innerText());
  }
  expect(shown.filter((text) => text.includes(child))).toEqual([]);
});

it('S7: is shown in no frame of another site', async () => {
  const port = await ownPort();
  const other: Server = createServer((_, response) => {
    response.setHeader('Content-Type', 'text/html');
    response.end(`<h1>Another site</h1><iframe src="${console.url}/help" width="800" height="600"></iframe>`);
  }).listen(port, '127.0.0.1');
  try {
    const { page, troubles } = await console.open();
    await page.goto(`http://127.0.0.1:${port}/`);
    await page.waitForLoadState();
    expect(await page.locator('h1').innerText()).toBe('Another site');
    expect(await page.frameLocator('iframe').locator('h1').count()).toBe(0);
    expect(troubles.join()).toContain('frame-ancestors');
  } finally {
    other.close();
  }
});
