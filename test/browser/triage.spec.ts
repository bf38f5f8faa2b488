import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { startLocalSignIn, type LocalSignIn } from '../../scripts/demonstration/local-sign-in.ts';
import { TestProcess } from '../support/app-process.ts';
import { startBrowser } from '../support/browser.ts';
import { createHub, type Hub } from '../support/hub.ts';
import { scenario } from '../support/scenarios.ts';
import { freePort } from '../support/start-postgres.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

let hub: Hub;
let signIn: LocalSignIn;
let console: TestProcess;
let browser: Browser;
let url: string;

beforeAll(async () => {
  hub = await createHub();
  const port = await freePort();
  url = `http://127.0.0.1:${port}`;
  signIn = await startLocalSignIn(await freePort(), url, async () => [hub.manager, hub.socialWorker]);
  console = await TestProcess.start('console', {
    DATABASE_URL: hub.url,
    CONSOLE_PORT: String(port),
    CONSOLE_URL: url,
    SESSION_SECRET: 'a secret of the tests, of thirty-two characters',
    COUNCIL_NAME: 'Loomshire Council',
    ...signIn.settings,
  });
  browser = await startBrowser();
}, 60_000);

afterAll(async () => {
  await browser?.close();
  await console?.kill();
  await signIn?.close();
  await hub?.drop();
});

/** A page that fails the test on a script error, a failed request of its own, or a breach of its content policy. */
async function openPage(options: { javaScriptEnabled?: boolean } = {}): Promise<{ page: Page; troubles: string[] }> {
  const context = await browser.newContext({ timezoneId: 'Europe/London', locale: 'en-GB', ...options });
  const page = await context.newPage();
  const troubles: string[] = [];
  page.on('pageerror', (error) => troubles.push(error.message));
  page.on('console', (message) => {
    // A refused form is answered 422 or 409, which the browser reports by itself.
    if (message.type() === 'error' && !/status of 4(22|09)/.test(message.text())) troubles.push(message.text());
  });
  return { page, troubles };
}

async function violationsOn(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  const results = await page.evaluate<AxeResults>(`axe.run(document, { runOnly: ${JSON.stringify(WCAG)} })`);
  return results.violations.map(({ id, nodes }) => `${page.url()} ${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}

async function signInAs(page: Page, name: string): Promise<void> {
  await page.goto(`${url}/queue`);
  await page.getByRole('button', { name }).click();
  await page.waitForURL(`${url}/queue`);
}

it('a referral is taken, rated, decided and signed off in a browser, and every page is accessible', async () => {
  const reference = await hub.submit(scenario(5).body);
  const { page, troubles } = await openPage();
  const violations: string[] = [];
  const look = async () => void violations.push(...(await violationsOn(page)));

  await signInAs(page, 'Sol Worker');
  await look();
  await page.getByRole('button', { name: 'Take the next one' }).click();
  await page.waitForURL(`${url}/referrals/${reference}`);
  await look();
  await page.getByRole('button', { name: 'Confirm or change the rating' }).click();
  await page.getByRole('button', { name: 'Give this rating' }).click();
  await page.getByRole('link', { name: 'Select a rating' }).waitFor();
  await look();
  await page.getByRole('radio', { name: 'Red' }).check();
  await page.getByLabel('Why?').fill('Confirmed with the officer.');
  await page.getByRole('button', { name: 'Give this rating' }).click();
  await page.getByText(`${reference} is rated red.`).waitFor();

  await page.getByRole('button', { name: 'Decide' }).click();
  expect(await page.getByRole('radio', { checked: true }).count()).toBe(0);
  await page.getByRole('radio', { name: 'Child and family assessment' }).check();
  await page.getByRole('radio', { name: 'Level 4: Acute' }).check();
  await page.getByLabel('Rationale').fill('High-risk domestic abuse with a child in the home.');
  await look();
  await page.getByRole('button', { name: 'Record the decision' }).click();
  await page.getByText('Level 4 without a strategy discussion').waitFor();
  await look();

  const manager = await openPage();
  await signInAs(manager.page, 'Mel Manager');
  await manager.page.goto(`${url}/referrals/${reference}/sign-off`);
  violations.push(...(await violationsOn(manager.page)));
  await manager.page.getByRole('radio', { name: 'Yes: it takes effect now' }).check();
  await manager.page.getByRole('button', { name: 'Send' }).click();
  await manager.page.getByRole('heading', { name: 'Response time: on time' }).waitFor();

  await hub.submit(scenario(2).body);
  await hub.moveTo('2026-11-23T14:20');
  await hub.fireDue.execute();
  await manager.page.goto(`${url}/alerts`);
  violations.push(...(await violationsOn(manager.page)));
  await manager.page.getByRole('button', { name: 'Acknowledge' }).click();
  await manager.page.getByText('paused until 2:50pm').first().waitFor();
  await manager.page.goto(`${url}/nowhere`);
  violations.push(...(await violationsOn(manager.page)));

  expect(violations).toEqual([]);
  expect([...troubles, ...manager.troubles.filter((one) => !one.includes('404'))]).toEqual([]);
}, 90_000);

it('does the same without JavaScript', async () => {
  const reference = await hub.submit(scenario(7).body);
  const { page } = await openPage({ javaScriptEnabled: false });
  await signInAs(page, 'Mel Manager');
  await page.goto(`${url}/referrals/${reference}`);
  await page.getByRole('button', { name: 'Take it' }).click();
  await page.getByText('Held by you').waitFor();
  await page.getByRole('button', { name: 'Decide' }).click();
  await page.getByRole('radio', { name: 'Strategy discussion' }).check();
  await page.getByRole('radio', { name: 'Level 4: Acute' }).check();
  await page.getByLabel('Rationale').fill('Exploitation away from home; police and health will join.');
  await page.getByRole('button', { name: 'Record the decision' }).click();
  await page.getByText('is recorded and in effect').waitFor();
}, 60_000);
