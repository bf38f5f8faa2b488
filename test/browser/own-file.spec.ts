import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { ConsoleInBrowser, violationsOn } from '../support/console-in-browser.ts';
import type { Hub } from '../support/hub.ts';
import { aBruisedBaby } from '../support/referrals.ts';
import { aPdf } from '../support/sample-files.ts';
import { attachmentsOf } from '../support/verbs/attachments.ts';

let console: ConsoleInBrowser;
let hub: Hub;
let folder: string;

beforeAll(async () => {
  console = await ConsoleInBrowser.start();
  ({ hub } = console);
  folder = await mkdtemp(join(tmpdir(), 'mash-files-'));
});
beforeEach(() => console.reset());
afterAll(async () => {
  await console?.stop();
  if (folder !== undefined) await rm(folder, { recursive: true });
});

const WORDS = 'What does the file show? (optional)';
const ADD = { name: 'Add the file' };

/** A person of a school on the page of a referral of theirs, in a window of 1280 by 800. */
async function aTeacher(options: { javaScriptEnabled?: boolean } = {}) {
  const { partner, agencyId } = await hub.anAgency('Hillbrook Primary');
  const path = `/own-referrals/${await hub.submit(aBruisedBaby(), agencyId)}`;
  const { page, troubles } = await console.open(options);
  await page.setViewportSize({ width: 1280, height: 800 });
  await console.signInAs(page, partner.name, path);
  return { page, troubles };
}
/** @param size bytes; the file holds nothing beyond its head */
async function onDisk(name: string, size: number): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, aPdf(100));
  await truncate(path, size);
  return path;
}
async function errorsOf(page: Page): Promise<readonly string[]> {
  const errors = page.locator('.govuk-error-summary a');
  await errors.first().waitFor();
  return errors.allInnerTexts();
}

it.each([true, false])('a person of an agency adds a file, with script: %s', async (javaScriptEnabled) => {
  const { page, troubles } = await aTeacher({ javaScriptEnabled });
  await page.getByRole('link', { name: 'Add a file' }).click();
  await page.getByRole('button', ADD).click();
  expect(await errorsOf(page)).toEqual(['Select a file']);
  await page.getByLabel(WORDS).fill('Her bruises on Monday.');
  await page.setInputFiles('[name=file]', await onDisk('Body map.pdf', 3_000_000));
  if (javaScriptEnabled) expect(await violationsOn(page)).toEqual([]);
  await page.getByRole('button', ADD).click();
  await page.getByText('The hub has your file.').waitFor();
  if (javaScriptEnabled) expect(await violationsOn(page)).toEqual([]);
  const files = await page.locator('#files + ul').innerText();
  expect(files).toContain('Body map.pdf (PDF, 2.9 MB)');
  expect(files).toContain('Being checked for viruses.');
  expect(await attachmentsOf(hub.whole, hub.database).states()).toEqual(['waiting']);
  expect(troubles).toEqual([]);
});

it.each([25, 90, 300])(
  'a file of %i MB is refused on a page that says why, with the words that were typed',
  async (mb) => {
    const { page } = await aTeacher();
    await page.getByLabel(WORDS).fill('Her bruises on Monday.');
    await page.setInputFiles('[name=file]', await onDisk(`film ${mb}.pdf`, mb * 1024 * 1024));
    await page.getByRole('button', ADD).click();
    expect(await errorsOf(page)).toEqual(['The selected file must be smaller than 20 MB']);
    expect(await page.getByLabel(WORDS).inputValue()).toBe('Her bruises on Monday.');
    expect(await violationsOn(page)).toEqual([]);
  },
);
