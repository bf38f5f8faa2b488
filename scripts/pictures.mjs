// Takes the pictures that the README shows, from a demonstration that npm start runs.
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

const sandbox = JSON.parse(readFileSync(join(process.env.MASH_DATA_DIR || '.local', 'sandbox.json'), 'utf8'));
const browser = await chromium.launch(await chromiumHere());
mkdirSync('docs/pictures', { recursive: true });
// Who has something to begin with, and who sees everything.
await take('home', await signedInAs('Jo Marsh'));
const page = await signedInAs('Helen Brough');
await page.goto(`${sandbox.consoleUrl}/queue`);
await take('queue');
// The first of the queue that has a sibling with it.
await page.locator('[data-row]', { hasText: 'other child' }).first().getByRole('link').click();
await page.getByRole('heading', { name: 'Clocks' }).waitFor();
await take('referral');
const at = page.url();
for (const [name, path] of [
  ['timeline', `${at}/timeline`],
  ['decision', `${at}/decision`],
  ['alert-timeline', `${at}/alerts`],
  ['search', '/search'],
  ['telephone', '/telephone/00000000-0000-4000-8000-000000000000'],
  ['workload', '/workload'],
  ['alerts', '/alerts'],
  ['policy', '/policy'],
  ['service', '/service'],
]) {
  await page.goto(new URL(path, sandbox.consoleUrl).href);
  await take(name);
}
await browser.close();

async function signedInAs(name) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 1000 }, timezoneId: 'Europe/London' });
  await page.goto(sandbox.consoleUrl);
  await page.getByRole('button', { name }).click();
  await page.getByRole('heading', { name: 'Your work' }).waitFor();
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
