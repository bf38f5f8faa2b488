import { ConsoleInBrowser, violationsOn } from '../support/console-in-browser.ts';

let console: ConsoleInBrowser;
beforeAll(async () => void (console = await ConsoleInBrowser.start()));
beforeEach(() => console.reset());
afterAll(() => console?.stop());

it('every page of an administrator is accessible, has a title of its own, and fits screens of 1280 and of 320 pixels', async () => {
  const { hub, url } = console;
  const administrator = await hub.another('administrator');
  const { page, troubles } = await console.open();
  await console.signInAs(page, administrator.name, '/administration/agencies');
  const faults: string[] = [];
  const titles = new Set<string>();
  const paths = [
    ...[
      '/administration/agencies',
      `/administration/agencies/${hub.agency.agencyId}`,
      '/administration/people',
      '/administration/roles',
      '/administration/council',
    ],
    ...[`/administration/people/${hub.socialWorker.id}`, '/service', '/help'],
  ];
  for (const width of [1280, 320]) {
    await page.setViewportSize({ width, height: 800 });
    for (const path of paths) {
      await page.goto(url + path);
      // What is folded away is looked at, too.
      await page.evaluate(`document.querySelectorAll('details').forEach((one) => (one.open = true))`);
      faults.push(...(await violationsOn(page)));
      const overflow = await page.evaluate<number>('document.documentElement.scrollWidth - window.innerWidth');
      if (overflow > 0) faults.push(`${path} is ${overflow} pixels wider than ${width}`);
      titles.add(await page.title());
    }
  }
  expect([faults, troubles, titles.size]).toEqual([[], [], paths.length]);
});
