import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { startLocalSignIn, type LocalSignIn } from '../../scripts/demonstration/local-sign-in.ts';
import { TestProcess } from './app-process.ts';
import { ATTACHMENT_KEYS } from './attachment-keys.ts';
import { startBrowser } from './browser.ts';
import { createHub, type Hub } from './hub.ts';
import { ownPort } from './own-port.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const LONGER_THAN_ANY_MACHINE_TAKES_MS = 150_000;
const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** The console in a process of its own, with a browser in which people of a hub open it. */
export class ConsoleInBrowser {
  private constructor(
    readonly hub: Hub,
    private readonly signIn: LocalSignIn,
    private readonly console: TestProcess,
    private readonly browser: Browser,
    readonly url: string,
  ) {}

  /** @param more settings that are others than usual */
  static async start(more: Readonly<Record<string, string>> = {}): Promise<ConsoleInBrowser> {
    const hub = await createHub();
    const url = `http://127.0.0.1:${await ownPort()}`;
    const signIn = await startLocalSignIn(await ownPort(), url, () => hub.allStaff());
    const console = await TestProcess.start('console', {
      DATABASE_URL: hub.url,
      CONSOLE_PORT: new URL(url).port,
      CONSOLE_URL: url,
      ATTACHMENT_KEYS,
      SESSION_SECRET: 'a secret of the tests, of thirty-two characters',
      COUNCIL_NAME: 'Loomshire Council',
      ...signIn.settings,
      ...more,
    });
    return new ConsoleInBrowser(hub, signIn, console, await startBrowser(), url);
  }

  /** Closes every page, with whom they were signed in as, and puts the hub back to its beginning. */
  async reset(): Promise<void> {
    await this.closePages();
    await this.hub.reset();
  }

  /** Closes every page, with whom they were signed in as: those of one test are nothing to the next. */
  async closePages(): Promise<void> {
    await Promise.all(this.browser.contexts().map((context) => context.close()));
  }

  async stop(): Promise<void> {
    await this.browser.close();
    await this.console.kill();
    await this.signIn.close();
    await this.hub.drop();
  }

  /** A page that notes down script errors, failed requests of its own and breaches of its content policy. */
  async open(options: { javaScriptEnabled?: boolean } = {}): Promise<{ page: Page; troubles: string[] }> {
    const context = await this.browser.newContext({ timezoneId: 'Europe/London', locale: 'en-GB', ...options });
    context.setDefaultTimeout(LONGER_THAN_ANY_MACHINE_TAKES_MS);
    const page = await context.newPage();
    const troubles: string[] = [];
    page.on('pageerror', (error) => troubles.push(error.message));
    page.on('console', (message) => {
      // A refused form is answered 422 or 409, which the browser reports by itself.
      if (message.type() === 'error' && !/status of 4(22|09)/.test(message.text())) troubles.push(message.text());
    });
    return { page, troubles };
  }

  /** @param path a page that the person may open */
  async signInAs(page: Page, name: string, path = '/queue'): Promise<void> {
    await page.goto(this.url + path);
    await page.getByRole('button', { name: new RegExp(`^${name},`) }).click();
    await page.waitForURL(this.url + path, { waitUntil: 'domcontentloaded' });
  }
}

/** What axe finds against WCAG 2.2 AA on a page, and what is in no landmark. */
export async function violationsOn(page: Page): Promise<string[]> {
  // A page that a press has begun to load has no main part yet.
  await page.waitForLoadState();
  await page.evaluate(AXE);
  // GOV.UK's back link stands before the main part of a page on purpose.
  const where = { include: [['html']], exclude: [['.govuk-back-link']] };
  const rules = { region: { enabled: true }, 'landmark-one-main': { enabled: true } };
  const what = { runOnly: WCAG, rules, resultTypes: ['violations'] };
  const found = await page.evaluate<AxeResults['violations']>(
    `axe.run(${JSON.stringify(where)}, ${JSON.stringify(what)}).then(({ violations }) => violations)`,
  );
  return found.map(({ id, nodes }) => `${page.url()} ${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}
