import type { Page } from 'playwright-core';
import { DrawSample } from '#oversight';
import { addStaff } from '../support/agencies-and-staff.ts';
import { ConsoleInBrowser, violationsOn } from '../support/console-in-browser.ts';
import type { Hub } from '../support/hub.ts';
import { aCoachMessagingChildren, aRoutineAmber } from '../support/referrals.ts';

let console: ConsoleInBrowser;
let hub: Hub;
let url: string;
beforeAll(async () => {
  console = await ConsoleInBrowser.start();
  ({ hub, url } = console);
});
beforeEach(() => console.reset());
afterAll(() => console?.stop());

/** A person's page, on which every page that is seen is looked at. */
async function openedBy(name: string, path: string) {
  const { page, troubles } = await console.open();
  await console.signInAs(page, name);
  await page.goto(url + path);
  const faults: string[] = [];
  return { page, troubles, faults, look: async () => void faults.push(...(await faultsOf(page))) };
}

/** What is not accessible, and whether the page is wider than the narrowest screen. */
async function faultsOf(page: Page): Promise<readonly string[]> {
  const found = [...(await violationsOn(page))];
  await page.setViewportSize({ width: 320, height: 640 });
  const width = await page.evaluate<number>('document.documentElement.scrollWidth');
  await page.setViewportSize({ width: 1280, height: 720 });
  return width > 320 ? [...found, `${page.url()} is ${width} wide`] : found;
}

it('a challenge is made, answered and accepted on accessible pages', async () => {
  await addStaff(hub.database, 'service_manager', [], 'Sen Service');
  const reference = await hub.submit(aRoutineAmber());
  const senior = await openedBy('Sen Service', `/referrals/${reference}/challenge`);
  await senior.look();
  await senior.page.getByLabel('How quickly it is handled').check();
  await senior.page.getByLabel('Your question').fill('Why did this wait until noon?');
  await senior.page.getByRole('button', { name: 'Make the challenge' }).click();
  await senior.page.waitForURL(`**/referrals/${reference}`);
  await senior.look();
  await senior.page.goto(`${url}/oversight/challenges`);
  await senior.look();

  const manager = await openedBy('Mel Manager', '/oversight/challenges');
  await manager.page.getByRole('link', { name: reference }).click();
  await manager.page.getByLabel('Your answer').fill('We waited for the hospital.');
  await manager.look();
  await manager.page.getByRole('button', { name: 'Send the answer' }).click();
  await manager.page.getByText('Your answer is recorded.').waitFor();

  await senior.page.getByRole('link', { name: reference }).click();
  await senior.look();
  await senior.page.getByLabel('Yes: the challenge is settled').check();
  await senior.page.getByRole('button', { name: 'Send', exact: true }).click();
  await senior.page.getByText('The challenge is settled.').waitFor();
  await senior.look();
  expect([...senior.faults, ...manager.faults]).toEqual([]);
  expect([...senior.troubles, ...manager.troubles]).toEqual([]);
});

it('a sampled decision is read blind, graded and followed by a supervision note on accessible pages', async () => {
  const reference = await hub.submit(aCoachMessagingChildren());
  await hub.decides(hub.socialWorker, reference);
  await hub.moveTo('2026-12-01T09:00');
  await hub.whole.get(DrawSample).execute('2026-11');
  const reader = await openedBy('Mel Manager', '/oversight/samples/2026-11');
  await reader.look();
  await reader.page.getByRole('link', { name: 'Decision 1' }).click();
  await reader.look();
  await reader.page.getByLabel('Strategy discussion').check();
  await reader.page.getByLabel('Level 4: Acute').check();
  await reader.page.getByRole('button', { name: 'Record and show the decision' }).click();
  await reader.page.getByRole('heading', { name: 'Grade the decision' }).waitFor();
  await reader.look();
  for (const grade of await reader.page.getByRole('radio', { name: 'Good' }).all()) await grade.check();
  await reader.page.getByLabel('What did you find?').fill('Clear, and quick.');
  await reader.page.getByRole('button', { name: 'Record the grade' }).click();
  await reader.page.getByText('Your grade is recorded.').waitFor();
  await reader.look();

  await reader.page.getByRole('link', { name: 'Write a supervision note about this' }).click();
  await reader.look();
  await reader.page.getByLabel('To whom is the note?').selectOption('Sol Worker');
  await reader.page.getByLabel('The note', { exact: true }).fill('This was well argued.');
  const first = reader.page.getByRole('group', { name: 'Action 1' });
  await first.getByLabel('What is to be done').fill('Show it to the team.');
  await first.getByLabel('Who does it').selectOption('The person whom the note is to');
  await first.getByLabel('Last day for it').fill('2026-12-04');
  await reader.page.getByRole('button', { name: 'Record the note' }).click();
  await reader.page.getByText('The note is recorded.').waitFor();
  await reader.look();

  const worker = await openedBy('Sol Worker', '/oversight/supervision');
  await worker.look();
  await worker.page.getByRole('link', { name: /^You\s*: note/ }).click();
  await worker.look();
  await worker.page.getByRole('button', { name: /^It is done/ }).click();
  await worker.page.getByText('The action is done.').waitFor();
  expect([...reader.faults, ...worker.faults]).toEqual([]);
  expect([...reader.troubles, ...worker.troubles]).toEqual([]);
});
