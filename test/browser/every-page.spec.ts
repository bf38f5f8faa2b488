import { ConsoleInBrowser, violationsOn } from '../support/console-in-browser.ts';
import type { Hub } from '../support/hub.ts';
import { pagesOf, ROLES } from '../support/pages-of-the-console.ts';
import { aBruisedBaby } from '../support/referrals.ts';

let console: ConsoleInBrowser;
let hub: Hub;
let url: string;

beforeAll(async () => {
  console = await ConsoleInBrowser.start();
  ({ hub, url } = console);
});
beforeEach(() => console.reset());
afterAll(() => console?.stop());

it.each(ROLES)(
  'shows %s every page accessibly, with one heading and a title of its own, and breaks no content policy',
  async (name) => {
    const reference = await hub.submit(aBruisedBaby());
    const { page, troubles } = await console.open();
    await console.signInAs(page, name, '/preferences');
    const faults: string[] = [];
    const titles = new Map<string, string>();
    for (const path of pagesOf(name, reference)) {
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
);
