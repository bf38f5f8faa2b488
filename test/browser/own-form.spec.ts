import { ByKeyboard } from '../support/by-keyboard.ts';
import { ConsoleInBrowser, violationsOn } from '../support/console-in-browser.ts';
import type { Hub } from '../support/hub.ts';
import { ownPages } from '../support/pages-of-the-console.ts';
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

const FORM = '/own-referrals/forms/01900000-0000-7000-8000-000000000003';

/** A person who is signed in, with a keyboard, on pages that run no script. */
async function person(name: string, path: string): Promise<ByKeyboard> {
  const { page, troubles } = await console.open({ javaScriptEnabled: false });
  await console.signInAs(page, name, path);
  const person = new ByKeyboard(page, url, troubles);
  await person.look();
  return person;
}

it('a person of a school fills in the form, keeps it, signs out, goes on, sends it, and sees what became of it', async () => {
  const { partner } = await hub.anAgency('Hillbrook Primary');
  const teacher = await person(partner.name, '/own-referrals');
  await teacher.press('Refer a child');
  await teacher.press('Keep it and finish later', {
    'Is a child in danger now?': 'No',
    'Role of the referrer': 'Designated safeguarding lead',
    'What has happened?': 'He is out on the street until midnight on school days.',
  });
  expect(await teacher.reads()).toContain('It is not sent: the hub does not have it.');
  expect(await hub.receivedCount()).toBe(0);
  const loaded = teacher.page.waitForEvent('load');
  await teacher.tabTo('Sign out', 'Shift+Tab');
  await teacher.page.keyboard.press('Enter');
  await loaded;

  const again = await person(partner.name, '/own-referrals');
  await again.press('No name yet');
  expect(await again.page.inputValue('[name="/concern/summary"]')).toContain('until midnight');
  await again.press('Send it to the hub', { 'First name': 'Tobias', 'Last name': 'Quarmby' });
  expect(await again.reads()).toContain('There is a problem');
  await again.press('Send it to the hub', {
    'What kind of concern is it?: Neglect': true,
    'How do you know?': 'First-hand',
    'Do the parents know of this referral?': 'Yes',
    'Has the family agreed?': 'Given',
  });
  const [reference] = /MASH-\w{4}-\w{4}/.exec(await again.reads())!;
  expect(await again.reads()).toContain(`${reference} is received: the hub has your referral.`);

  await hub.decides(hub.socialWorker, reference, { outcome: 'early_help', thresholdLevel: 2 });
  await hub.moveBy({ seconds: 31 });
  await again.press('Your agency’s referrals');
  await again.press('Tobias Quarmby');
  expect(await again.reads()).toContain('We ask early help to work with the family, if the family agrees.');
  await again.press('Add it', { 'What does the hub have to know?': 'He slept at his aunt’s since Friday.' });
  expect(await again.reads()).toContain('The hub has what you added.');
  expect([...teacher.faults, ...again.faults]).toEqual([]);
});

it('keeps what a person of an agency types while they type it', async () => {
  const { partner } = await hub.anAgency('Hillbrook Primary');
  const { page, troubles } = await console.open();
  await console.signInAs(page, partner.name, FORM);
  await page.getByLabel('First name').first().fill('Tobias');
  await page.getByLabel('Last name').first().focus();
  await page.getByText(/^Saved at/).waitFor();
  await page.goto(`${url}/own-referrals`);
  await page.getByRole('link', { name: 'Tobias' }).click();
  await page.waitForURL(url + FORM);
  expect(await page.getByLabel('First name').first().inputValue()).toBe('Tobias');
  expect(troubles).toEqual([]);
});

it('every page of an agency is accessible, has a title of its own, and fits screens of 1280 and of 320 pixels', async () => {
  const { partner, agencyId } = await hub.anAgency('Hillbrook Primary');
  const reference = await hub.submit(aBruisedBaby(), agencyId);
  await hub.asks(hub.screener, reference, agencyId);
  const { page, troubles } = await console.open();
  await console.signInAs(page, partner.name, '/own-referrals');
  const [faults, titles] = [[] as string[], new Set<string>()];
  for (const path of ownPages(reference)) {
    await page.goto(url + path);
    titles.add(await page.title());
    for (const width of [1280, 320]) {
      await page.setViewportSize({ width, height: 800 });
      faults.push(...(await violationsOn(page)));
      const wide = await page.evaluate('document.documentElement.scrollWidth');
      if (wide !== width) faults.push(`${path} is ${String(wide)} wide at ${width}`);
    }
    if ((await page.locator('h1').count()) !== 1) faults.push(`${path} has not one main heading`);
  }
  expect([faults, troubles, titles.size]).toEqual([[], [], ownPages(reference).length]);
});

it('prints the receipt of a referral with who printed it, and without its forms', async () => {
  const { partner, agencyId } = await hub.anAgency('Hillbrook Primary');
  const reference = await hub.submit(aBruisedBaby(), agencyId);
  const { page } = await console.open();
  await console.signInAs(page, partner.name, `/own-referrals/${reference}`);
  await page.emulateMedia({ media: 'print' });
  const words = await page.locator('main').innerText();
  expect(words).toContain(reference);
  expect(words).toContain(`printed by ${partner.name}, Hillbrook Primary`);
  expect(words).not.toContain('Add it');
});
