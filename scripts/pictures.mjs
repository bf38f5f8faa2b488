// Takes the pictures that the README shows, from a demonstration that npm start runs.
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

const sandbox = JSON.parse(readFileSync(join(process.env.MASH_DATA_DIR || '.local', 'sandbox.json'), 'utf8'));
const browser = await chromium.launch(await chromiumHere());
mkdirSync('docs/pictures', { recursive: true });
// Who has something to begin with, and who sees everything.
const worker = await signedInAs('Jo Marsh');
await take('home', worker);
await worker.goto(`${sandbox.consoleUrl}/shift`);
await take('shift', worker);
const page = await signedInAs('Helen Brough');
await page.goto(`${sandbox.consoleUrl}/queue`);
await take('queue');
// The first of the queue that has a sibling with it.
await page.locator('[data-row]', { hasText: '+1' }).first().getByRole('link').first().click();
await page.getByRole('heading', { name: 'Clocks' }).waitFor();
await take('referral');
const at = page.url();
for (const [name, path] of [
  ['timeline', `${at}/timeline`],
  ['access', `${at}/access`],
  ['print', `${at}/print`],
  ['decision', `${at}/decision`],
  ['alert-timeline', `${at}/alerts`],
  ['search', '/search'],
  ['telephone', '/telephone/00000000-0000-4000-8000-000000000000'],
  ['workload', '/workload'],
  ['alerts', '/alerts'],
  ['overview', '/oversight'],
  ['promptness', '/oversight/promptness'],
  ['policy', '/policy'],
  ['service', '/service'],
  ['rota', '/rota'],
  ['handover', '/handover'],
  ['preferences', '/preferences'],
]) {
  await page.goto(new URL(path, sandbox.consoleUrl).href);
  await take(name);
}
await page.goto(`${sandbox.consoleUrl}/queue?view=sign-off`);
await page.locator('[data-row]').first().getByRole('link').first().click();
await page.waitForURL(/\/referrals\//);
if (!page.url().endsWith('/sign-off')) await page.goto(`${page.url()}/sign-off`);
await take('sign-off');
// Deciding, as far as it goes without recording anything.
for (const [outcome, name] of [
  ['Strategy discussion', 'decision-check'],
  ['No further action', 'decision-pause'],
]) {
  await page.goto(`${sandbox.consoleUrl}/queue?view=waiting`);
  await page.locator('[data-row]', { hasText: 'weeks' }).first().getByRole('link').first().click();
  await page.waitForURL(/\/referrals\//);
  await page.goto(`${page.url()}/decision`);
  await page.getByRole('radio', { name: outcome, exact: true }).check();
  await page.getByRole('radio', { name: outcome === 'No further action' ? /^Level 1/ : /^Level 4/ }).check();
  // Asked of several children only.
  for (const same of await page.getByRole('radio', { name: 'The same for all children' }).all()) await same.check();
  await page
    .getByLabel('What is the primary need?')
    .selectOption('Abuse, neglect or exploitation, domestic abuse included');
  await page.evaluate(`for (const details of document.querySelectorAll('details')) details.open = true`);
  await page.getByLabel('What are we worried about?').fill('A bruise on the cheek of a baby who cannot roll yet.');
  await page.getByLabel('What is working well?').fill('Her mother let her be examined, and goes to the medical.');
  await page.getByLabel('What needs to happen?').fill('A medical today, and checks on both parents.');
  await page
    .getByLabel('Rationale')
    .fill('A bruise on a child who does not move about, without an account that fits it.');
  await page.getByRole('button', { name: 'Check your answers' }).click();
  await page.waitForURL('**/decision/check');
  await take(name);
}
await browser.close();

async function signedInAs(name) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 1000 }, timezoneId: 'Europe/London' });
  await page.goto(sandbox.consoleUrl);
  await page.getByRole('button', { name }).click();
  await page.getByRole('button', { name: 'Sign out' }).waitFor();
  return page;
}

async function take(name, of = page) {
  await of.screenshot({ path: `docs/pictures/${name}.png` });
}

async function chromiumHere() {
  const own = process.env.CHROMIUM_PATH;
  if (own && existsSync(own)) return { executablePath: own, args: ['--no-sandbox'] };
  const { default: shipped } = await import('@sparticuz/chromium');
  // The arguments that the package suggests mix up the cookies of two windows.
  return { executablePath: await shipped.executablePath(), args: ['--no-sandbox'] };
}
