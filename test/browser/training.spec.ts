import { extractText, getDocumentProxy } from 'unpdf';
import { ConsoleInBrowser, violationsOn } from '../support/console-in-browser.ts';
import { aBruisedBaby } from '../support/referrals.ts';

let console: ConsoleInBrowser;
beforeAll(async () => void (console = await ConsoleInBrowser.start({ TRAINING_HUB: 'yes' })));
afterAll(() => console?.stop());

it('a hub for training says that its children are fictional accessibly, and on paper too', async () => {
  const { hub, url } = console;
  const reference = await hub.submit(aBruisedBaby());
  const { page, troubles } = await console.open();
  await console.signInAs(page, 'Sol Worker');
  for (const path of ['/queue', `/referrals/${reference}`, `/referrals/${reference}/print`]) {
    await page.goto(url + path);
    expect(await page.getByRole('banner').getByText('Fictional children only.').isVisible()).toBe(true);
    expect(await violationsOn(page)).toEqual([]);
  }
  const printed = await getDocumentProxy(new Uint8Array(await page.pdf({ preferCSSPageSize: true })));
  const { text } = await extractText(printed);
  expect(text[0]).toMatch(/Training\s+Fictional children only\./);
  expect(troubles).toEqual([]);
});
