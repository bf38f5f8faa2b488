import { readFileSync } from 'node:fs';
import { ConsoleInBrowser, violationsOn } from '../support/console-in-browser.ts';
import { aRoutineAmber } from '../support/referrals.ts';
import { aPdf } from '../support/sample-files.ts';
import { attachmentsOf, checkFiles, programOf } from '../support/verbs/attachments.ts';

let console: ConsoleInBrowser;

beforeAll(async () => {
  console = await ConsoleInBrowser.start();
});
beforeEach(() => console.reset());
afterAll(() => console?.stop());

it('a person saves the file of an agency by keyboard, and is told of one that waits; the page is accessible', async () => {
  const { hub, url } = console;
  const reference = await hub.submit(aRoutineAmber());
  const { adds } = attachmentsOf(hub.whole, hub.database);
  const by = programOf(hub.agency.agencyId);
  const bytes = aPdf(3_000_000);
  await adds({ reference, by, bytes, name: 'Body map of Friday.pdf', words: 'Bruises on both arms.' });
  await checkFiles(hub.whole, hub.database);
  await adds({ reference, by, bytes: aPdf(), name: `${'A very long name '.repeat(6)}.pdf` });

  const { page, troubles } = await console.open();
  await console.signInAs(page, 'Sol Worker', `/referrals/${reference}`);
  const link = page.getByRole('link', { name: 'Body map of Friday.pdf' });
  await link.focus();
  const [download] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')]);
  expect(download.suggestedFilename()).toBe(`${reference}-file-1.pdf`);
  expect(readFileSync(await download.path()).equals(bytes)).toBe(true);
  expect(page.url()).toBe(`${url}/referrals/${reference}`);
  expect(await page.getByText('Waiting to be checked for viruses. It can be opened after that.').count()).toBe(1);
  expect(await page.getByRole('link', { name: 'A very long name' }).count()).toBe(0);

  const faults: string[] = [];
  for (const width of [1280, 320]) {
    await page.setViewportSize({ width, height: 900 });
    for (const path of ['', '/decision', '/agencies', '/print']) {
      await page.goto(`${url}/referrals/${reference}${path}`);
      faults.push(...(await violationsOn(page)));
      const overflow = await page.evaluate<number>('document.documentElement.scrollWidth - window.innerWidth');
      if (overflow > 0) faults.push(`${path} is ${overflow} pixels wider than ${width}`);
    }
  }
  expect(faults).toEqual([]);
  expect(troubles).toEqual([]);
});
