import { randomUUID } from 'node:crypto';
import { KeySets, readPublicKey } from '#access';
import { SERVICE } from '#store';
import { RoleMappings } from '#work';
import { exportJWK, generateKeyPair } from 'jose';
import { AgencyClient } from '../support/agency-client.ts';
import { OUTSIDE, OutsideServer } from '../support/outside-server.ts';
import { ConsoleInBrowser, violationsOn } from '../support/console-in-browser.ts';

let console: ConsoleInBrowser;
beforeAll(async () => void (console = await ConsoleInBrowser.start()));
beforeEach(() => console.reset());
afterAll(() => console?.stop());

it('every page of an administrator is accessible, has a title of its own, and fits screens of 1280 and of 320 pixels', async () => {
  const { hub, url } = console;
  const administrator = await hub.another('administrator');
  const outside = await OutsideServer.start();
  const { jwk } = await readPublicKey(JSON.stringify(await exportJWK((await generateKeyPair('ES256')).publicKey)));
  outside.answer = (_, response) => void response.end(JSON.stringify({ keys: [{ ...jwk, kid: 'k'.repeat(60) }] }));
  const client = await AgencyClient.of(hub.database, hub.agency.agencyId);
  const address = `https://${OUTSIDE}/${'a-long-path/'.repeat(12)}jwks.json`;
  await new KeySets(hub.database, outside.fetch()).setAddress(client.id, address, SERVICE);
  await outside.stop();
  for (const value of ['Hub.Screener', 'a-value-of-a-role-that-is-as-long-as-an-address-would-be'.repeat(2)]) {
    await new RoleMappings(hub.database).add({ value, role: 'screener', formId: randomUUID(), by: administrator });
  }
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

it('an administrator adds a value, moves it up and signs a person out by the keyboard alone', async () => {
  const { hub, url } = console;
  const administrator = await hub.another('administrator');
  const { page, troubles } = await console.open();
  await console.signInAs(page, administrator.name, '/administration/roles');
  const tabTo = async (name: string) => {
    for (let pressed = 0; pressed < 60; pressed++) {
      await page.keyboard.press('Tab');
      const at = await page.evaluate<string>(
        `(({ id, textContent }) => id + ' ' + textContent.replace(/\\s+/g, ' ').trim())(document.activeElement)`,
      );
      if (at.includes(name)) return;
    }
    throw new Error(`no Tab leads to ${name}`);
  };
  for (const value of ['Hub.Screener', 'Hub.Worker']) {
    await tabTo('value');
    await page.keyboard.type(value);
    await page.keyboard.press('Tab');
    await page.keyboard.type('Screener');
    await tabTo('Add the value');
    await page.keyboard.press('Enter');
    await page.getByText(`Who signs in with ${value} has that role`).waitFor();
  }
  await tabTo('Move up Hub.Worker');
  await page.keyboard.press('Enter');
  await page.getByText('The order is changed.').waitFor();
  expect(await page.locator('tbody th').allTextContents()).toEqual(['Hub.Worker', 'Hub.Screener']);
  await page.goto(`${url}/administration/people/${hub.socialWorker.id}`);
  await tabTo('Sign out everywhere');
  await page.keyboard.press('Enter');
  await page.getByText('They were not signed in anywhere.').waitFor();
  expect(troubles).toEqual([]);
});
