// Takes the pictures that the README shows, from a demonstration that npm start runs.
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

const sandbox = JSON.parse(readFileSync(join(process.env.MASH_DATA_DIR || '.local', 'sandbox.json'), 'utf8'));
const browser = await chromium.launch(await chromiumHere());
const page = await browser.newPage({ viewport: { width: 1280, height: 1000 }, timezoneId: 'Europe/London' });
mkdirSync('docs/pictures', { recursive: true });
await page.goto(`${sandbox.consoleUrl}/queue`);
await page.getByRole('button', { name: 'Helen Brough' }).click();
await page.getByRole('heading', { name: 'Waiting for a decision' }).waitFor();
await page.screenshot({ path: 'docs/pictures/queue.png' });
await browser.close();

async function chromiumHere() {
  const own = process.env.CHROMIUM_PATH;
  if (own && existsSync(own)) return { executablePath: own, args: ['--no-sandbox'] };
  const { default: shipped } = await import('@sparticuz/chromium');
  return { executablePath: await shipped.executablePath(), args: shipped.args };
}
