import { ConsoleInBrowser, violationsOn } from '../support/console-in-browser.ts';
import { aPoorAttender } from '../support/referrals.ts';

let console: ConsoleInBrowser;

beforeAll(async () => {
  console = await ConsoleInBrowser.start();
});
beforeEach(() => console.reset());
afterAll(() => console?.stop());

const inHyde = () => aPoorAttender({ child: { address: { postcode: 'SK14 8ZZ' } } });

it('a family that its locality returns is sent on without a script, and every page of it is accessible', async () => {
  const { hub, url } = console;
  const reference = await hub.submit(inHyde());
  await hub.decides(hub.socialWorker, reference, { outcome: 'early_help', thresholdLevel: 2 });
  await hub.moveBy({ hours: 3 });
  const { page, troubles } = await console.open({ javaScriptEnabled: false });
  await console.signInAs(page, 'Sol Worker', `/referrals/${reference}/route`);
  await page.getByRole('radio', { name: 'They return it' }).check();
  await page.getByLabel('Who answered, by name').fill('Ros Team');
  await page.getByLabel('Why it comes back').fill('They moved to Denton last week.');
  await page.getByRole('button', { name: 'Record the answer' }).press('Enter');
  await page.getByText('It came back: the hub sends it on, or decides again.').waitFor();
  await page.getByLabel('Which team?').selectOption('West locality team');
  await page.getByLabel('Why?').fill('The mother gave the new address.');
  await page.getByRole('button', { name: 'Send it' }).press('Enter');
  await page.waitForURL(`${url}/referrals/${reference}`);
  expect(await page.getByText('West locality team').count()).toBeGreaterThan(0);
  expect(troubles).toEqual([]);
});

it('the pages of where families go are accessible, also on a screen of 320 pixels', async () => {
  const { hub, url } = console;
  const [sent, atTheEdge] = [await hub.submit(inHyde()), await hub.submit(inHyde())];
  await hub.decides(hub.socialWorker, sent, { outcome: 'early_help', thresholdLevel: 2 });
  await hub.decides(hub.socialWorker, atTheEdge, { outcome: 'edge_of_care', thresholdLevel: 3 });
  const undecided = await hub.submit(inHyde());
  const { page, troubles } = await console.open();
  await console.signInAs(page, 'Mel Manager');
  const faults: string[] = [];
  for (const width of [1280, 320]) {
    await page.setViewportSize({ width, height: 900 });
    for (const path of [
      ...[`/referrals/${sent}`, `/referrals/${sent}/route`, `/referrals/${atTheEdge}/edge-of-care`],
      ...[`/referrals/${undecided}/decision`, '/routes', '/localities', '/localities/change'],
    ]) {
      await page.goto(url + path);
      faults.push(...(await violationsOn(page)));
      const overflow = await page.evaluate<number>('document.documentElement.scrollWidth - window.innerWidth');
      if (overflow > 0) faults.push(`${path} is ${overflow} pixels wider than ${width}`);
    }
  }
  expect(faults).toEqual([]);
  expect(troubles).toEqual([]);
});
