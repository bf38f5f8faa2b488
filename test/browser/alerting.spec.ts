import { ConsoleInBrowser, violationsOn } from '../support/console-in-browser.ts';
import type { Hub } from '../support/hub.ts';
import { aFracturedToddler, aStrangulation } from '../support/referrals.ts';

let console: ConsoleInBrowser;
let hub: Hub;
let url: string;

beforeAll(async () => {
  console = await ConsoleInBrowser.start();
  ({ hub, url } = console);
});
// Not the hub: streams of events go on from the last moment, so its clock only goes forwards here.
afterEach(() => console.closePages());
afterAll(() => console?.stop());

it('shows an alert by itself on the page of a person whom it tells, and of no other, with a sound when that is on', async () => {
  const reference = await hub.submit(aFracturedToddler());
  const [duty, manager] = [await console.open(), await console.open()];
  await console.signInAs(duty.page, 'duty_team');
  await console.signInAs(manager.page, 'Mel Manager');
  await duty.page.goto(`${url}/alerts`);
  await duty.page.getByText('appear at the top of every page').waitFor();
  expect(await violationsOn(duty.page)).toEqual([]);
  // What the page plays is counted where the browser would sound it.
  await duty.page.evaluate(`
    window.tones = 0;
    const start = OscillatorNode.prototype.start;
    OscillatorNode.prototype.start = function (...when) { window.tones++; return start.apply(this, when); };`);
  const sound = duty.page.getByRole('button', { name: 'Sound for new alerts: off' });
  expect(await sound.getAttribute('aria-pressed')).toBe('false');
  await sound.click();
  await duty.page.getByRole('button', { name: 'Sound for new alerts: on', pressed: true }).waitFor();
  const tonesBefore = await duty.page.evaluate<number>('window.tones');

  await hub.moveTo('2026-11-23T10:30');
  await hub.fireDue.execute();
  const alert = duty.page.getByRole('status').getByRole('link', { name: `${reference}, rated red` });
  await alert.waitFor();
  expect(await duty.page.evaluate<number>('window.tones')).toBe(tonesBefore + 3);
  expect(await manager.page.locator('[data-live]').innerText()).toBe('');
  expect(await violationsOn(duty.page)).toEqual([]);
  await alert.click();
  await duty.page.waitForURL(`${url}/referrals/${reference}`);
  // Told once: the next page does not say it again.
  await duty.page.waitForLoadState('load');
  expect(await duty.page.getByRole('status').getByRole('link').count()).toBe(0);
  expect([...duty.troubles, ...manager.troubles]).toEqual([]);
});

it('shows every page of alerting accessibly, full and empty, with its errors and on paper', async () => {
  const { page, troubles } = await console.open();
  const violations: string[] = [];
  await console.signInAs(page, 'Mel Manager');
  const look = async (path: string) => {
    await page.goto(`${url}${path}`);
    violations.push(...(await violationsOn(page)));
    expect(await page.getByRole('heading', { level: 1 }).count()).toBe(1);
  };
  for (const path of ['/handover', '/rota', '/service']) await look(path);
  const reference = await hub.submit(aStrangulation());
  await hub.moveTo('2026-11-23T17:30');
  await hub.beginHandover.execute();
  await hub.fireDue.execute();
  for (const path of [
    '/alerts',
    '/handover',
    '/policy',
    '/policy/change',
    '/calendar',
    '/calendar/change',
    `/referrals/${reference}/alerts`,
  ])
    await look(path);

  await page.getByRole('button', { name: 'Print this sheet' }).waitFor();
  await page.emulateMedia({ media: 'print' });
  expect(await page.getByText('Printed by Mel Manager').isVisible()).toBe(true);
  expect(await page.getByRole('button', { name: 'Print this sheet' }).isVisible()).toBe(false);
  await page.emulateMedia({ media: 'screen' });

  await page.goto(`${url}/rota`);
  await page.getByText('Add a weekly turn').click();
  await page.getByLabel('Group').first().selectOption({ label: 'Duty team' });
  await page.getByRole('button', { name: 'Add the turn' }).click();
  await page.getByRole('link', { name: 'Select at least one day' }).waitFor();
  violations.push(...(await violationsOn(page)));
  await page.goto(`${url}/calendar/change`);
  await page.getByLabel('Days on which the hub is closed').fill('2026-12-24');
  await page.getByRole('button', { name: 'Preview' }).click();
  await page.getByRole('link', { name: 'Say why this changes' }).waitFor();
  violations.push(...(await violationsOn(page)));
  await page.getByLabel('Why does this change?').fill('The hub is closed on Christmas Eve.');
  await page.getByRole('button', { name: 'Preview' }).click();
  await page.getByRole('heading', { name: 'What would change for the referrals open now' }).waitFor();
  violations.push(...(await violationsOn(page)));
  await page.getByRole('button', { name: 'Publish' }).click();
  await page.getByText('Version 2 is in force.').waitFor();
  await page.getByText('Thursday 24 December 2026').waitFor();
  expect(violations).toEqual([]);
  expect(troubles).toEqual([]);
});

it('takes the note and the acceptance of a hand-over without JavaScript', async () => {
  await hub.submit(aFracturedToddler());
  await hub.moveTo('2026-11-24T17:00');
  await hub.beginHandover.execute();
  const { page } = await console.open({ javaScriptEnabled: false });
  await console.signInAs(page, 'Mel Manager');
  await page.goto(`${url}/handover`);
  await page.getByLabel('What the next team must know').first().fill('The ward rings at nine.');
  await page.getByRole('button', { name: 'Add the note' }).first().click();
  await page.getByText('The ward rings at nine.').waitFor();
  await page.getByRole('button', { name: 'Accept' }).first().click();
  await page.getByText('You have accepted the hand-over.').waitFor();
  await page.getByText('Accepted by Mel Manager').waitFor();
});
