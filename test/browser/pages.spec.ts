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

const ROLES = ['Mel Manager', 'Sol Worker', 'Sam Screener'] as const;

it('every page with nothing on it is accessible and says so, to everybody', async () => {
  const faults: string[] = [];
  for (const name of ROLES) {
    const { page } = await console.open();
    await console.signInAs(page, name);
    for (const [path, said] of [
      ['/', 'You hold nothing'],
      ['/queue', 'No referral has come yet'],
      ['/queue?view=mine', 'You hold nothing'],
      ['/queue?view=decided', 'Nothing has been decided yet'],
      ['/queue?rating=red', 'Nothing matches these filters'],
      ['/shift', 'You hold nothing'],
      ['/workload', name === 'Mel Manager' ? 'Nothing was skipped' : 'There is nothing here that you may see'],
      ['/consultations', 'No advice has been recorded yet'],
      ['/alerts', 'No alert is open'],
      ['/referrals/MASH-0000-0000', 'Page not found'],
    ] as const) {
      await page.goto(url + path);
      if (!(await page.locator('main').innerText()).includes(said))
        faults.push(`${name}: ${path} does not say ${said}`);
      faults.push(...(await violationsOn(page)));
    }
    await page.context().close();
  }
  expect(faults).toEqual([]);
}, 120_000);

it.each(ROLES)(
  'every form that %s sends empty is accessible, and leads from its summary to the field; what they may not do is not there',
  async (name) => {
    const by = { 'Mel Manager': hub.manager, 'Sol Worker': hub.socialWorker, 'Sam Screener': hub.screener }[name];
    const reference = await hub.submit(scenario(33).body);
    await hub.claim.execute({ reference, by });
    const { page } = await console.open();
    await console.signInAs(page, name);
    const faults: string[] = [];
    for (const [path, button, refusedTo] of [
      [`/referrals/${reference}/decision`, 'Check your answers', 'Sam Screener'],
      [`/referrals/${reference}/rating`, 'Give this rating'],
      [`/referrals/${reference}/skip`, 'Skip it and take the next one'],
      ['/telephone/01900000-0000-7000-8000-000000000002', 'Receive this referral'],
      ['/consultations/new', 'Record it'],
      ['/search', 'Search'],
    ] as const) {
      await page.goto(url + path);
      if (name === refusedTo) {
        await page.getByRole('heading', { name: 'Page not found' }).waitFor();
        faults.push(...(await violationsOn(page)));
        continue;
      }
      await page.getByRole('button', { name: button, exact: true }).click();
      await page.getByRole('heading', { name: 'There is a problem' }).waitFor();
      await page.locator('.govuk-error-summary:focus').waitFor();
      if (!(await page.title()).startsWith('Error: ')) faults.push(`${path}: the title does not say so`);
      faults.push(...(await violationsOn(page)));
      for (const link of await page.locator('.govuk-error-summary a').all()) {
        const target = (await link.getAttribute('href'))!;
        if ((await page.locator(`[id="${target.slice(1)}"]`).count()) !== 1)
          faults.push(`${path}: ${target} leads nowhere`);
      }
    }
    expect(faults).toEqual([]);
    await hub.giveBack.execute({ reference, by });
  },
  60_000,
);

/** What only some may open. */
const OF_SOME = (reference: string) => ({
  'Mel Manager': ['/workload', `/referrals/${reference}/decision`],
  'Sol Worker': [`/referrals/${reference}/decision`],
  'Sam Screener': [],
});

const PATHS = (reference: string) => [
  '/', '/queue', '/queue?view=mine', '/queue?view=sign-off', '/queue?view=decided', '/queue?view=unclaimed&rating=green', '/shift',
  `/referrals/${reference}`, `/referrals/${reference}/timeline`, `/referrals/${reference}/decisions`,
  `/referrals/${reference}/access`, `/referrals/${reference}/alerts`, `/referrals/${reference}/print`,
  `/referrals/${reference}/rating`, `/referrals/${reference}/give-back`, `/referrals/${reference}/skip`,
  '/telephone', '/telephone/01900000-0000-7000-8000-000000000001', '/consultations', '/consultations/new', '/search',
  '/preferences', '/help', '/accessibility', '/privacy', '/handover', '/rota', '/policy', '/service', '/alerts',
]; // prettier-ignore

/** What WCAG 1.4.12 lets people set. A style that no policy of ours can refuse, as an extension of a browser sets it. */
const SPACED = `(() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync('* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-bottom: 2em !important }');
  document.adoptedStyleSheets = [sheet];
})()`;

it('no page but its tables needs to be scrolled sideways at 320 pixels, which is 1280 at 400%, nor with letters spaced', async () => {
  const reference = await hub.submit(scenario(1).body);
  const { page } = await console.open();
  await page.setViewportSize({ width: 320, height: 800 });
  await console.signInAs(page, 'Mel Manager');
  const wide: string[] = [];
  for (const path of [...PATHS(reference), ...OF_SOME(reference)['Mel Manager']]) {
    await page.goto(url + path);
    for (const how of ['as it is', 'with letters spaced']) {
      const [scroll, client] = await page.evaluate<[number, number]>(
        '[document.documentElement.scrollWidth, document.documentElement.clientWidth]',
      );
      if (scroll > client) wide.push(`${path} ${how}: ${scroll} > ${client}`);
      await page.evaluate(SPACED);
    }
  }
  expect(wide).toEqual([]);
}, 90_000);

it('a line of the queue says all of it to who hears it', async () => {
  const reference = await hub.submit(scenario(1).body);
  const { page } = await console.open();
  await console.signInAs(page, 'Sol Worker');
  await page.goto(`${url}/queue?sort=newest`);
  const [line] = (await page.locator('[data-row]', { hasText: reference }).ariaSnapshot()).split('\n');
  expect(line).toBe(
    `- 'row "Elodie Marsden-Pyke, 10 weeks and 1 other child ${reference} Physical abuse Loomgate School Health visitor 10am today Due soon To be taken, due 10:30am today, 30 minutes left On time: Decision due 2pm today, 4 hours left On time: Statutory limit due at the end of tomorrow, 1 day 14 hours left Nobody Red Suggested"':`,
  );
}, 60_000);

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

it.each(ROLES)(
  'every page of %s is accessible, has one heading and a title of its own, and troubles no policy',
  async (name) => {
    const reference = await hub.submit(scenario(1).body);
    const { page, troubles } = await console.open();
    await console.signInAs(page, name);
    const faults: string[] = [];
    const titles = new Map<string, string>();
    for (const path of [...PATHS(reference), ...OF_SOME(reference)[name]]) {
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
