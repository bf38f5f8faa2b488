import { randomUUID } from 'node:crypto';
import { KeySets, readPublicKey } from '#access';
import { SERVICE } from '#store';
import { RoleMappings } from '#work';
import { exportJWK, generateKeyPair } from 'jose';
import { AgencyClient } from '../support/agency-client.ts';
import { OUTSIDE, OutsideServer } from '../support/outside-server.ts';
import { ByKeyboard } from '../support/by-keyboard.ts';
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
      '/administration/import/agencies',
      '/administration/import/people',
      '/administration/roles',
      '/administration/council',
      '/localities',
      '/localities/change',
      '/service/work',
    ],
    `/administration/agencies/${hub.agency.agencyId}/suspend-agency`,
    `/administration/people/${hub.socialWorker.id}/left`,
    ...[`/administration/people/${hub.socialWorker.id}`, '/service', '/preferences', '/help'],
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

it('an administrator maps roles, orders them, changes the council and signs a person out by the keyboard alone', async () => {
  const { hub, url } = console;
  const administrator = await hub.another('administrator');
  const { page, troubles } = await console.open({ javaScriptEnabled: false });
  await console.signInAs(page, administrator.name, '/administration/roles');
  const keyboard = new ByKeyboard(page, url, troubles);
  for (const value of ['Hub.Screener', 'Hub.Worker']) {
    await keyboard.press('Add the value', { 'Value of the claim roles': value, 'Role at the hub': 'Screener' });
    expect(await keyboard.reads()).toContain(`Who signs in with ${value} has that role from now on.`);
  }
  await keyboard.press('Move up Hub.Worker');
  expect(await page.locator('tbody th').allTextContents()).toEqual(['Hub.Worker', 'Hub.Screener']);
  await keyboard.press('Council');
  await keyboard.press('Save', { 'Telephone number of the hub': '0161 496 0123' });
  expect(await keyboard.reads()).toContain('The hub: 0161 496 0123');
  await keyboard.press('People');
  await keyboard.press(hub.socialWorker.name);
  await keyboard.press('Sign out everywhere');
  expect(await keyboard.reads()).toContain('They were not signed in anywhere.');
  expect(troubles).toEqual([]);
});
