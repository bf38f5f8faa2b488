import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';

/** The Chromium at CHROMIUM_PATH, or the one that an npm package ships. */
export async function startBrowser(): Promise<Browser> {
  const own = process.env['CHROMIUM_PATH'];
  const { default: shipped } = await import('@sparticuz/chromium');
  const executablePath = own !== undefined && existsSync(own) ? own : await shipped.executablePath();
  // Not with the flags that the package suggests: one process for all pages mixes up whose cookies a stream sends.
  return chromium.launch({ executablePath, args: ['--no-sandbox'] });
}
