import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';

/** The Chromium at CHROMIUM_PATH, or the one that an npm package ships. */
export async function startBrowser(): Promise<Browser> {
  const own = process.env['CHROMIUM_PATH'];
  if (own !== undefined && existsSync(own)) return chromium.launch({ executablePath: own, args: ['--no-sandbox'] });
  const { default: shipped } = await import('@sparticuz/chromium');
  return chromium.launch({ executablePath: await shipped.executablePath(), args: shipped.args, headless: true });
}
