import { ConsoleInBrowser, violationsOn } from '../support/console-in-browser.ts';
import type { Hub } from '../support/hub.ts';
import { DESK, pagesOf } from '../support/pages-of-the-console.ts';
import { aBruisedBaby, aCoachMessagingChildren, aFracturedToddler, aPoorAttender } from '../support/referrals.ts';
import { SCENARIOS } from '../support/scenarios.ts';

let console: ConsoleInBrowser;
let hub: Hub;
let url: string;

beforeAll(async () => {
  console = await ConsoleInBrowser.start();
  ({ hub, url } = console);
});
beforeEach(() => console.reset());
afterAll(() => console?.stop());

it('says that there is nothing on every empty page, accessibly, to each role', async () => {
  const faults: string[] = [];
  for (const name of DESK) {
    const { page } = await console.open();
    await console.signInAs(page, name);
    for (const [path, said] of [
      ['/your-work', 'You have no referrals'],
      ['/queue', 'No referral has come yet'],
      ['/queue?view=mine', 'You have no referrals'],
      ['/queue?view=decided', 'Nothing has been decided yet'],
      ['/queue?rating=red', 'Nothing matches these filters'],
      ['/shift', 'You have no referrals'],
      [
        '/workload',
        name === 'Mel Manager'
          ? 'Nothing was skipped'
          : 'It is for practice managers, service managers and heads of service.',
      ],
      ['/consultations', 'No advice has been recorded yet'],
      ['/alerts', 'No alert about a decision is open'],
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
});

it.each(DESK)(
  'answers every form that %s sends empty with links to its fields, accessibly, and hides forms of other roles',
  async (name) => {
    const by = { 'Mel Manager': hub.manager, 'Sol Worker': hub.socialWorker, 'Sam Screener': hub.screener }[name];
    const reference = await hub.submit(aPoorAttender());
    await hub.claims(by, reference);
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
        await page.getByRole('heading', { name: 'This page is for other roles' }).waitFor();
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
  },
);

/** What WCAG 1.4.12 lets people set. A style that no policy of ours can refuse, as an extension of a browser sets it. */
const SPACED = `(() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync('* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-bottom: 2em !important }');
  document.adoptedStyleSheets = [sheet];
})()`;

it('scrolls no page sideways at 320 pixels, which is 1280 at 400%, nor with letters spaced; only its tables', async () => {
  const reference = await hub.submit(aBruisedBaby());
  const { page } = await console.open();
  await page.setViewportSize({ width: 320, height: 800 });
  await console.signInAs(page, 'Mel Manager');
  const wide: string[] = [];
  for (const path of pagesOf('Mel Manager', reference)) {
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
});

it('says all of a line of the queue to a person who hears it', async () => {
  const reference = await hub.submit(aBruisedBaby());
  const { page } = await console.open();
  await console.signInAs(page, 'Sol Worker');
  await page.goto(`${url}/queue?sort=newest`);
  const [line] = (await page.locator('[data-row]', { hasText: reference }).ariaSnapshot()).split('\n');
  expect(line).toBe(
    `- row "Red suggested 30 min left take by 10:30am today Elodie Marsden-Pyke , 10 weeks +1 other child ${reference} Physical abuse Loomgate School 10am today Not allocated":`,
  );
});

type Style = { readonly borderLeft: string };

it('tells each state of a clock apart without colours: by its word, its shape and its edge', async () => {
  for (const [at, referral] of [
    ['09:00', aFracturedToddler()],
    ['13:00', aCoachMessagingChildren()],
    ['13:04', aFracturedToddler()],
  ] as const) {
    await hub.moveTo(`2026-11-24T${at}`);
    await hub.submit(referral);
  }
  await hub.moveTo('2026-11-24T13:05');
  const { page } = await console.open();
  await console.signInAs(page, 'Sol Worker');
  const states = await page.locator('.mash-clock').allInnerTexts();
  expect(states.filter((text) => !/^([●◆] .* left|▲ Overdue .*)(\n|$)/.test(text))).toEqual([]);
  const seen = async () => {
    const drawn: string[] = [];
    for (const [state, edge] of [
      ['▲', 'double'],
      ['◆', 'dashed'],
      ['●', 'solid'],
    ] as const) {
      const clock = page.locator('.mash-clock', { hasText: state }).first();
      const drawnEdge = await clock.evaluate((at: unknown) => {
        const { getComputedStyle } = globalThis as unknown as { getComputedStyle: (at: unknown) => Style };
        return getComputedStyle(at).borderLeft;
      });
      expect([state, drawnEdge]).toEqual([state, expect.stringMatching(new RegExp(`^[3-9](\\.\\d+)?px ${edge} `))]);
      drawn.push((await clock.locator('[data-clock-shape]').screenshot()).toString('base64'));
    }
    return new Set(drawn).size;
  };
  await page.emulateMedia({ forcedColors: 'active' });
  expect(await seen()).toBe(3);
  await page.emulateMedia({ forcedColors: 'none' });
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Emulation.setEmulatedVisionDeficiency', { type: 'achromatopsia' });
  expect(await seen()).toBe(3);
});

it('shows a full page of the queue, and the pages that come only after others, accessibly', async () => {
  for (let count = 0; count < 51; count++) await hub.submit(SCENARIOS[count % 40]!.body);
  const [waiting, returned] = [await hub.submit(aPoorAttender()), await hub.submit(aPoorAttender())];
  await hub.decides(hub.socialWorker, returned, { outcome: 'no_further_action', thresholdLevel: 1 });
  const { page, troubles } = await console.open();
  await console.signInAs(page, 'Mel Manager');
  const faults: string[] = [];
  const look = async (heading: string) => {
    await page.getByRole('heading', { name: heading, level: 1 }).waitFor();
    faults.push(...(await violationsOn(page)));
  };
  await look('Waiting for a decision');
  await page.getByRole('link', { name: 'Next page' }).click();
  await page.getByRole('link', { name: 'Back to the first page' }).waitFor();
  await look('Waiting for a decision');
  await page.getByRole('link', { name: 'Choose all' }).click();
  await page.getByRole('button', { name: 'Assign the chosen ones' }).click();
  await look('Assign');
  await page.goto(`${url}/search`);
  await page.getByLabel('Who do you look for?').fill(waiting);
  await page.getByRole('button', { name: 'Search', exact: true }).click();
  await look('Search results');
  await page.goto(`${url}/referrals/${returned}/sign-off`);
  await look('Sign off');
  await page.goto(`${url}/referrals/${waiting}/decision`);
  await page.getByRole('radio', { name: 'Early help', exact: true }).check();
  await page.getByRole('radio', { name: 'Level 2' }).check();
  await page.getByLabel('Rationale').fill('Early help, agreed with the school and his mother.');
  await page.getByRole('button', { name: 'Check your answers' }).click();
  await look('Check your answers');
  await page.getByRole('button', { name: 'Record the decision' }).click();
  await page.getByRole('button', { name: 'Take it back' }).waitFor();
  faults.push(...(await violationsOn(page)));
  expect([faults, troubles]).toEqual([[], []]);
});
