import { chromium } from 'playwright-core';
const { default: shipped } = await import('@sparticuz/chromium');
const browser = await chromium.launch({ executablePath: await shipped.executablePath(), args: shipped.args });
const page = await browser.newPage({ viewport: { width: 1280, height: 900 }, timezoneId: 'Europe/London' });
page.on('console', (m) => m.type() === 'error' && console.log('console error', m.text()));
page.on('pageerror', (e) => console.log('page error', e.message));
await page.goto('http://127.0.0.1:3001/queue');
await page.getByRole('button', { name: 'Helen Brough' }).click();
await page.waitForLoadState();
const first = await page.locator('a.mash-reference, td a, th a').first().getAttribute('href');
for (const [name, path] of process.argv.slice(2).map((p) => p.split('='))) {
  const r = await page.goto('http://127.0.0.1:3001' + path.replace('FIRST', first));
  await page.screenshot({ path: `/tmp/shot-${name}.png`, fullPage: true });
  console.log(name, r.status(), await page.title());
}
await browser.close();
