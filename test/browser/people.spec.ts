import { extractText, getDocumentProxy } from 'unpdf';
import { ConsoleInBrowser, violationsOn } from '../support/console-in-browser.ts';
import type { Hub } from '../support/hub.ts';
import { scenario } from '../support/scenarios.ts';

let console: ConsoleInBrowser;
let hub: Hub;
let url: string;

beforeAll(async () => {
  console = await ConsoleInBrowser.start();
  ({ hub, url } = console);
}, 60_000);
afterAll(() => console?.stop());

it('every page with nothing on it is accessible and says so', async () => {
  const { page } = await console.open();
  await console.signInAs(page, 'Mel Manager');
  const faults: string[] = [];
  for (const [path, said] of [
    ['/queue', 'No referral has come yet'],
    ['/queue?view=mine', 'You hold nothing'],
    ['/queue?view=decided', 'Nothing has been decided yet'],
    ['/queue?rating=red', 'Nothing matches these filters'],
    ['/shift', 'You hold nothing'],
    ['/workload', 'Nothing was skipped'],
    ['/consultations', 'No advice has been recorded yet'],
    ['/alerts', 'No alert is open'],
    ['/referrals/MASH-0000-0000', 'Page not found'],
  ] as const) {
    await page.goto(url + path);
    if (!(await page.locator('main').innerText()).includes(said)) faults.push(`${path} does not say ${said}`);
    faults.push(...(await violationsOn(page)));
  }
  expect(faults).toEqual([]);
}, 60_000);

it('every form sent empty is accessible, and leads from its summary to the field', async () => {
  const reference = await hub.submit(scenario(33).body);
  await hub.claim.execute({ reference, by: hub.manager });
  const { page } = await console.open();
  await console.signInAs(page, 'Mel Manager');
  const faults: string[] = [];
  for (const [path, button] of [
    [`/referrals/${reference}/decision`, 'Check your answers'],
    [`/referrals/${reference}/rating`, 'Give this rating'],
    [`/referrals/${reference}/skip`, 'Skip it and take the next one'],
    ['/telephone/01900000-0000-7000-8000-000000000002', 'Receive this referral'],
    ['/consultations/new', 'Record it'],
    ['/search', 'Search'],
  ] as const) {
    await page.goto(url + path);
    await page.getByRole('button', { name: button, exact: true }).click();
    await page.getByRole('heading', { name: 'There is a problem' }).waitFor();
    if (!(await page.title()).startsWith('Error: ')) faults.push(`${path}: the title does not say so`);
    faults.push(...(await violationsOn(page)));
    for (const link of await page.locator('.govuk-error-summary a').all()) {
      const target = (await link.getAttribute('href'))!;
      if ((await page.locator(`[id="${target.slice(1)}"]`).count()) !== 1)
        faults.push(`${path}: ${target} leads nowhere`);
    }
  }
  expect(faults).toEqual([]);
}, 60_000);

/** What has the focus, as a person would call it. */
const FOCUSED = `(() => {
  const at = document.activeElement;
  return at.getAttribute('aria-label') ?? at.labels?.[0]?.innerText ?? at.innerText ?? '';
})()`;

it('a referral is taken, decided and taken back by keyboard alone', async () => {
  const reference = await hub.submit(scenario(27).body);
  const { page } = await console.open();
  await console.signInAs(page, 'Sol Worker');
  /** Tabs on until something of that name has the focus. */
  const tabTo = async (name: string | RegExp) => {
    for (let pressed = 0; pressed < 120; pressed++) {
      await page.keyboard.press('Tab');
      const focused = await page.evaluate<string>(FOCUSED);
      if (typeof name === 'string' ? focused.trim() === name : name.test(focused)) return;
    }
    throw new Error(`nothing called ${String(name)} can be reached by Tab on ${page.url()}`);
  };
  await tabTo('Take the next one');
  await page.keyboard.press('Enter');
  await page.waitForURL(`**/referrals/${reference}`);
  await tabTo('Decide');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/decision');
  await tabTo('Immediate protection');
  for (let down = 0; down < 4; down++) await page.keyboard.press('ArrowDown');
  expect(await page.getByRole('radio', { name: 'Early help', exact: true }).isChecked()).toBe(true);
  await tabTo(/^Level 1/);
  await page.keyboard.press('ArrowDown');
  await tabTo(/^Rationale/);
  await page.keyboard.type('Early help, agreed with the school and his mother.');
  await tabTo('Check your answers');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/decision/check');
  await tabTo('Record the decision');
  await page.keyboard.press('Enter');
  await page.getByText('is recorded and in effect').waitFor();
  await tabTo('Take it back');
  await page.keyboard.press('Enter');
  await page.getByText('is taken back').waitFor();
}, 90_000);

it('shortcuts do nothing until they are switched on, and never while somebody types', async () => {
  await hub.submit(scenario(33).body);
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
  await page.getByLabel('Name of a child or adult').pressSequentially('q?j');
  expect(await page.getByLabel('Name of a child or adult').inputValue()).toBe('q?j');
  expect(page.url()).toBe(`${url}/search`);
}, 60_000);

it('somebody about to be signed out is asked whether they are there, and stays', async () => {
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
}, 60_000);

it('an empty chair is signed out, keeps no claim, and who comes back is led to the page that was open', async () => {
  const reference = await hub.submit(scenario(33).body);
  const { page } = await console.open();
  await page.clock.install();
  await console.signInAs(page, 'Sol Worker');
  await page.goto(`${url}/referrals/${reference}/timeline`);
  const openings = async () =>
    (await hub.readReferral.execute({ reference, by: hub.manager })).openings.filter(({ by }) => by === 'Sol Worker');
  const before = (await openings()).length;
  await page.clock.runFor(30 * 60_000 + 6_000);
  await page.getByRole('heading', { name: 'You are signed out' }).waitFor();
  expect(await violationsOn(page)).toEqual([]);
  expect((await openings()).length).toBe(before);
  await page.getByRole('link', { name: 'Sign in again' }).click();
  await page.waitForURL(`${url}/referrals/${reference}/timeline`);
}, 60_000);

it('a form sent with Enter leaves no draft behind, and in a long form Enter only saves', async () => {
  const reference = await hub.submit(scenario(33).body);
  const { page } = await console.open();
  await console.signInAs(page, 'Sol Worker');
  await page.goto(`${url}/referrals/${reference}/rating`);
  await page.getByLabel('Why?').fill('He is with his grandmother now.');
  await page.getByRole('radio', { name: 'Red' }).check();
  await page.keyboard.press('Enter');
  await page.getByText(`${reference} is rated red.`).waitFor();
  await page.goto(`${url}/referrals/${reference}/rating`);
  expect(await page.getByLabel('Why?').inputValue()).toBe('');

  await page.goto(`${url}/telephone/01900000-0000-7000-8000-000000000003`);
  await page.getByLabel('First name').first().fill('Ana');
  await page.keyboard.press('Enter');
  await page
    .getByRole('status')
    .getByText(/^Saved at/)
    .waitFor();
  expect(await page.getByRole('group', { name: 'Child 2' }).count()).toBe(0);
  await page.getByRole('button', { name: 'Add another child' }).click();
  await page.getByRole('group', { name: 'Child 2' }).waitFor();
  expect(page.url()).toMatch(/#children-1$/);
  expect(await page.getByLabel('First name').first().inputValue()).toBe('Ana');
}, 60_000);

it('each page of a printed sheet says who printed it, and which page it is', async () => {
  const reference = await hub.submit(scenario(1).body);
  const { page } = await console.open();
  await console.signInAs(page, 'Sol Worker');
  await page.goto(`${url}/referrals/${reference}/print`);
  const printed = await getDocumentProxy(new Uint8Array(await page.pdf({ preferCSSPageSize: true })));
  const { totalPages, text } = await extractText(printed);
  expect(totalPages).toBeGreaterThan(1);
  for (const [index, words] of text.entries()) {
    expect(words).toContain('Printed by Sol Worker');
    expect(words).toContain(`Page ${index + 1} of ${totalPages}`);
  }
}, 60_000);

it('a planted inline script does not run', async () => {
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
}, 60_000);

const PATHS = (reference: string) => [
  '/queue', '/queue?view=mine', '/queue?view=sign-off', '/queue?view=decided', '/queue?view=unclaimed&rating=green', '/shift',
  `/referrals/${reference}`, `/referrals/${reference}/timeline`, `/referrals/${reference}/decisions`,
  `/referrals/${reference}/access`, `/referrals/${reference}/alerts`, `/referrals/${reference}/print`,
  `/referrals/${reference}/rating`, `/referrals/${reference}/give-back`, `/referrals/${reference}/skip`,
  '/telephone', '/telephone/01900000-0000-7000-8000-000000000001', '/consultations', '/consultations/new', '/search',
  '/preferences', '/help', '/accessibility', '/handover', '/rota', '/policy', '/service', '/alerts',
]; // prettier-ignore

it('no page but its tables needs to be scrolled sideways at 320 pixels, which is 1280 at 400%', async () => {
  const reference = await hub.submit(scenario(1).body);
  const { page } = await console.open();
  await page.setViewportSize({ width: 320, height: 800 });
  await console.signInAs(page, 'Mel Manager');
  const wide: string[] = [];
  for (const path of PATHS(reference)) {
    await page.goto(url + path);
    const [scroll, client] = await page.evaluate<[number, number]>(
      '[document.documentElement.scrollWidth, document.documentElement.clientWidth]',
    );
    if (scroll > client) wide.push(`${path} ${scroll} > ${client}`);
  }
  expect(wide).toEqual([]);
}, 90_000);

it('without its colours each state of a clock is told apart by its word and its shape', async () => {
  for (const [at, which] of [
    ['09:00', 2],
    ['13:00', 27],
    ['13:04', 2],
  ] as const) {
    await hub.moveTo(`2026-11-24T${at}`);
    await hub.submit(scenario(which).body);
  }
  await hub.moveTo('2026-11-24T13:05');
  const { page } = await console.open();
  await console.signInAs(page, 'Sol Worker');
  await page.emulateMedia({ forcedColors: 'active' });
  const states = await page.locator('.mash-clock').allInnerTexts();
  for (const state of ['▲ Overdue', '◆ Due soon', '● On time']) {
    expect(states.some((text) => text.startsWith(state))).toBe(true);
  }
  expect(states.filter((text) => !/^[●◆▲] (On time|Due soon|Overdue)/.test(text))).toEqual([]);
}, 60_000);

it.each(['Mel Manager', 'Sol Worker', 'Sam Screener'])(
  'every page of %s is accessible, has one heading and a title of its own, and troubles no policy',
  async (name) => {
    const reference = await hub.submit(scenario(1).body);
    const { page, troubles } = await console.open();
    await console.signInAs(page, name);
    const faults: string[] = [];
    const titles = new Map<string, string>();
    for (const path of PATHS(reference)) {
      const response = await page.goto(url + path);
      if (response!.status() !== 200) faults.push(`${path} ${response!.status()}`);
      faults.push(...(await violationsOn(page)));
      const headings = await page.locator('h1').count();
      if (headings !== 1) faults.push(`${path} has ${headings} main headings`);
      const title = await page.title();
      if (titles.has(title) && !path.startsWith('/queue'))
        faults.push(`${path} and ${titles.get(title)!} are both called ${title}`);
      titles.set(title, path);
    }
    expect(faults).toEqual([]);
    expect(troubles).toEqual([]);
  },
  120_000,
);
