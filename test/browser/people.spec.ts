import { extractText, getDocumentProxy } from 'unpdf';
import { ByKeyboard } from '../support/by-keyboard.ts';
import { ConsoleInBrowser, violationsOn } from '../support/console-in-browser.ts';
import type { Hub } from '../support/hub.ts';
import { aBruisedBaby, aCoachMessagingChildren, aPoorAttender } from '../support/referrals.ts';

let console: ConsoleInBrowser;
let hub: Hub;
let url: string;

beforeAll(async () => {
  console = await ConsoleInBrowser.start();
  ({ hub, url } = console);
});
beforeEach(() => console.reset());
afterAll(() => console?.stop());

it('lets a person sign in, take, decide and take back by keyboard alone, and always shows where the focus is', async () => {
  const reference = await hub.submit(aCoachMessagingChildren());
  const { page } = await console.open();
  const keyboard = new ByKeyboard(page, url);
  await page.goto(`${url}/queue`);
  await keyboard.tabTo(/Sol Worker/);
  await page.keyboard.press('Enter');
  await page.waitForURL(`${url}/queue`);
  await keyboard.tabTo('Take the next one');
  await page.keyboard.press('Enter');
  await page.waitForURL(`**/referrals/${reference}/decision`);
  await keyboard.tabTo('Immediate protection');
  for (let down = 0; down < 4; down++) await page.keyboard.press('ArrowDown');
  expect(await page.getByRole('radio', { name: 'Early help', exact: true }).isChecked()).toBe(true);
  await keyboard.tabTo(/^Level 1/);
  await page.keyboard.press('ArrowDown');
  await keyboard.tabTo('The same for all children');
  await page.keyboard.press('Space');
  await keyboard.tabTo(/^Rationale/);
  await page.keyboard.type('Early help, agreed with the school and his mother.');
  await keyboard.tabTo('Check your answers');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/decision/check');
  await keyboard.tabTo('Record the decision');
  await page.keyboard.press('Enter');
  await page.getByText('is recorded and in effect').waitFor();
  await keyboard.tabTo('Take it back');
  await page.keyboard.press('Enter');
  await page.getByText('is taken back').waitFor();
  expect(keyboard.faults).toEqual([]);
});

it('obeys shortcuts when they are switched on, and never while a person types', async () => {
  await hub.submit(aPoorAttender());
  await hub.submit(aCoachMessagingChildren());
  const { page } = await console.open();
  await console.signInAs(page, 'Mel Manager');
  await page.keyboard.press('q');
  await page.keyboard.press('?');
  expect(page.url()).toBe(`${url}/queue`);
  await page.goto(`${url}/preferences`);
  await page.getByRole('checkbox', { name: 'Use keyboard shortcuts' }).check();
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Your preferences are saved.').waitFor();
  await page.goto(`${url}/queue`);
  await page.keyboard.press('j');
  await page.keyboard.press('o');
  await page.waitForURL('**/referrals/MASH-*');
  await page.keyboard.press('/');
  await page.waitForURL('**/search');
  await page.goBack();
  await page.keyboard.press('?');
  await page.waitForURL('**/help');
  await page.keyboard.press('q');
  await page.waitForURL('**/queue');
  for (const key of ['j', 'j', 'k']) await page.keyboard.press(key);
  const isFirst = await page.evaluate(`document.querySelector('[data-row] th a') === document.activeElement`);
  expect(isFirst).toBe(true);

  // To one's own key.
  await page.goto(`${url}/preferences`);
  await page.getByLabel('Take the next one').fill('n');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Your preferences are saved.').waitFor();
  await page.goto(`${url}/queue`);
  await page.keyboard.press('c');
  await page.keyboard.press('n');
  await page.waitForURL('**/referrals/MASH-*/decision');
  await page.keyboard.press('/');
  await page.waitForURL('**/search');
  await page.getByLabel('Who do you look for?').pressSequentially('q?j');
  expect(await page.getByLabel('Who do you look for?').inputValue()).toBe('q?j');
  expect(page.url()).toBe(`${url}/search`);
});

it('offers to take a decision back for thirty seconds and no longer', async () => {
  const reference = await hub.submit(aCoachMessagingChildren());
  const { page } = await console.open();
  await page.clock.install();
  await console.signInAs(page, 'Mel Manager');
  await page.goto(`${url}/referrals/${reference}/decision`);
  await page.getByRole('radio', { name: 'Early help', exact: true }).check();
  await page.getByRole('radio', { name: 'Level 2' }).check();
  await page.getByRole('radio', { name: 'The same for all children' }).check();
  await page.getByLabel('Rationale').fill('Early help, agreed with the school and his mother.');
  await page.getByRole('button', { name: 'Check your answers' }).click();
  await page.getByRole('button', { name: 'Record the decision' }).click();
  await page.waitForURL(`**/referrals/${reference}`);
  const offer = page.getByRole('button', { name: 'Take it back' });
  expect(await offer.isEnabled()).toBe(true);
  await page.clock.runFor(31_000);
  await page.getByText('It can no longer be taken back.').waitFor();
  expect(await offer.isDisabled()).toBe(true);
});

it('does not ask a person who types whether they are there', async () => {
  const { page } = await console.open();
  await page.clock.install();
  await console.signInAs(page, 'Sol Worker');
  await page.goto(`${url}/telephone/01900000-0000-7000-8000-000000000004`);
  await page.clock.runFor(20 * 60_000);
  const saved = page.waitForResponse('**/drafts/**');
  await page.getByLabel('Name of the caller').fill('A neighbour');
  await page.clock.runFor(11_000);
  await saved;
  await page.getByText(/^Saved at/).waitFor();
  await page.clock.runFor(10 * 60_000);
  expect(await page.getByRole('dialog').isVisible()).toBe(false);
});

it('asks a person whether they are there before the session ends, and lets them stay', async () => {
  const { page } = await console.open();
  await page.clock.install();
  await console.signInAs(page, 'Sol Worker');
  await page.clock.runFor(25 * 60_000 + 6_000);
  await page.getByRole('dialog').waitFor();
  await page.getByText('You will be signed out in 5 minutes.').waitFor();
  expect(await violationsOn(page)).toEqual([]);
  await page.getByRole('button', { name: 'Stay signed in' }).click();
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  await page.clock.runFor(24 * 60_000);
  expect(await page.getByRole('dialog').isVisible()).toBe(false);
});

it('signs a person out who does nothing for half an hour, and leads them back to the page that was open', async () => {
  const reference = await hub.submit(aPoorAttender());
  const { page } = await console.open();
  await page.clock.install();
  await console.signInAs(page, 'Sol Worker');
  await page.goto(`${url}/referrals/${reference}/timeline`);
  const openings = async () => (await hub.read(reference)).openings.filter(({ by }) => by === 'Sol Worker');
  const before = (await openings()).length;
  await page.clock.runFor(30 * 60_000 + 6_000);
  await page.getByRole('heading', { name: 'You are signed out' }).waitFor();
  expect(await violationsOn(page)).toEqual([]);
  expect((await openings()).length).toBe(before);
  await page.getByRole('link', { name: 'Sign in again' }).click();
  await page.waitForURL(`${url}/referrals/${reference}/timeline`);
});

it('prints on each page of a sheet who printed it, and which page it is', async () => {
  const reference = await hub.submit(aBruisedBaby());
  const { page } = await console.open();
  await console.signInAs(page, 'Sol Worker');
  await page.goto(`${url}/referrals/${reference}/print`);
  const printed = await getDocumentProxy(new Uint8Array(await page.pdf({ preferCSSPageSize: true })));
  const { totalPages, text } = await extractText(printed);
  expect(totalPages).toBeGreaterThan(1);
  for (const [index, words] of text.entries()) {
    expect(words).toContain(`${reference}, printed by Sol Worker`);
    expect(words).toContain(`Page ${index + 1} of ${totalPages}`);
  }
  // Room behind the sheet may be one more page, which says nothing: it depends on how full the last one is.
  await page.emulateMedia({ media: 'print' });
  const bottomOf = (selector: string) =>
    page.evaluate<number>(`document.querySelector('${selector}').getBoundingClientRect().bottom`);
  expect(await bottomOf('body')).toBe(await bottomOf('.mash-sheet'));
});

it('copies the NHS number by a button, for the other systems that are asked by it', async () => {
  const reference = await hub.submit(aBruisedBaby());
  const { page } = await console.open();
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await console.signInAs(page, 'Sol Worker');
  await page.goto(`${url}/referrals/${reference}`);
  await page.getByRole('button', { name: 'Copy the NHS number' }).click();
  await page.getByText('Copied', { exact: true }).waitFor();
  expect(await page.evaluate('navigator.clipboard.readText()')).toBe('9990491321');
});

it('X4: runs no inline script that was planted', async () => {
  const { page } = await console.open();
  await console.signInAs(page, 'Sol Worker');
  const blocked = await page.evaluate(`(async () => {
    const reported = new Promise((resolve) =>
      document.addEventListener('securitypolicyviolation', ({ violatedDirective }) => resolve(violatedDirective)));
    const script = document.createElement('script');
    script.textContent = 'window.ran = true';
    document.body.append(script);
    return [await reported, 'ran' in window];
  })()`);
  expect(blocked).toEqual(['script-src-elem', false]);
});
