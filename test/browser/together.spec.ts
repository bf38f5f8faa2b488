import type { Page } from 'playwright-core';
import { ConsoleInBrowser, violationsOn } from '../support/console-in-browser.ts';
import type { Hub } from '../support/hub.ts';
import { aBruisedBaby, aCoachMessagingChildren, aFracturedToddler, aPoorAttender } from '../support/referrals.ts';

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

const open = async (name: string) => {
  const { page, troubles } = await console.open();
  await console.signInAs(page, name);
  return { page, troubles };
};

it('shows two people on one referral to each other, and tells one of what the other does', async () => {
  const reference = await hub.submit(aCoachMessagingChildren());
  const [jo, sam] = [await open('Sol Worker'), await open('Mel Manager')];
  await jo.page.goto(`${url}/referrals/${reference}`);
  await sam.page.goto(`${url}/referrals/${reference}`);
  await jo.page.getByText('Also looking: Mel Manager.').waitFor();
  await sam.page.getByText('Also looking: Sol Worker.').waitFor();
  await sam.page.getByRole('button', { name: 'Take it' }).click();
  await sam.page.getByText('With you, until').waitFor();
  await jo.page.getByText('This referral has changed.').waitFor();
  await jo.page.getByRole('link', { name: 'Show it as it is now' }).click();
  await jo.page.getByText('With Mel Manager, until').waitFor();
  await sam.page.goto(`${url}/queue`);
  await jo.page.getByText('Also looking').waitFor({ state: 'hidden' });
  expect([...jo.troubles, ...sam.troubles]).toEqual([]);
});

it('R3: shows the second of two deciders both decisions and keeps their words; a button pressed twice decides once', async () => {
  const reference = await hub.submit(aBruisedBaby());
  const [jo, sam] = [await open('Sol Worker'), await open('Mel Manager')];
  const faults: string[] = [];
  const fill = async ({ page }: typeof jo, outcome: string, why: string) => {
    await page.goto(`${url}/referrals/${reference}/decision`);
    await page.getByRole('radio', { name: outcome, exact: true }).check();
    await page.getByRole('radio', { name: outcome === 'No further action' ? /^Level 1/ : /^Level 4/ }).check();
    await page.getByRole('radio', { name: 'The same for all children' }).check();
    await page
      .getByLabel('What is the primary need?')
      .selectOption('Abuse, neglect or exploitation, domestic abuse included');
    await page.getByLabel('Rationale').fill(why);
    await page.getByRole('button', { name: 'Check your answers' }).click();
    await page.waitForURL('**/decision/check');
  };
  await fill(jo, 'Strategy discussion', 'A bruise on a baby who does not move yet.');
  await fill(sam, 'No further action', 'The hospital has explained the bruise to us.');
  await sam.page.getByRole('heading', { name: 'Stop and read before you decide this' }).waitFor();
  faults.push(...(await violationsOn(sam.page)));
  await sam.page.getByRole('button', { name: 'I have read this' }).click();
  await sam.page.getByRole('heading', { name: 'Check your answers' }).waitFor();
  await jo.page.getByRole('button', { name: 'Record the decision' }).dblclick();
  await jo.page.waitForURL(`${url}/referrals/${reference}`);
  await sam.page.getByRole('button', { name: 'Record the decision' }).click();
  await sam.page.getByRole('heading', { name: 'This referral has been decided' }).waitFor();
  faults.push(...(await violationsOn(sam.page)));
  const shown = await sam.page.locator('main').innerText();
  for (const words of ['A bruise on a baby who does not', 'The hospital has explained the bruise', 'Sol Worker']) {
    expect(shown).toContain(words);
  }
  await jo.page.getByRole('button', { name: 'Take it back' }).click();
  await jo.page.getByText('is taken back').waitFor();
  await sam.page.goto(`${url}/referrals/${reference}/decision`);
  expect(await sam.page.getByLabel('Rationale').inputValue()).toContain('The hospital has explained');
  const { decisions } = await hub.read(reference);
  expect(decisions.map(({ by, undoneAt }) => [by, undoneAt !== null])).toEqual([['Sol Worker', true]]);
  expect(faults).toEqual([]);
});

it('tells an open queue of a new referral, and moves nothing on it', async () => {
  await hub.submit(aPoorAttender());
  const { page } = await open('Sol Worker');
  const first = page.locator('[data-row]').first();
  const before = await first.boundingBox();
  const words = await page.locator('main').innerText();
  await hub.moveTo('2026-11-23T10:00:30');
  const reference = await hub.submit(aFracturedToddler());
  await page.getByText(/^1 new referral\./).waitFor();
  expect(await first.boundingBox()).toEqual(before);
  expect(await page.locator('main').innerText()).toBe(words);
  await page.getByRole('link', { name: 'Show it' }).click();
  await page.getByText(reference).waitFor();
});

it('asks for news of the queue once a minute where no events come', async () => {
  const { page } = await console.open();
  await page.route(/\/live(\?|$)/, (route) => route.abort());
  await page.clock.install();
  const refused = page.waitForEvent('requestfailed', (request) => new URL(request.url()).pathname === '/live');
  await console.signInAs(page, 'Sol Worker');
  await refused;
  await hub.moveTo('2026-11-23T10:01');
  await hub.submit(aFracturedToddler());
  await page.clock.runFor(61_000);
  await page.getByText(/^1 new referral\./).waitFor();
});

it('asks for alerts once a minute when events are cut off, and stops when they are back', async () => {
  await hub.moveTo('2026-11-23T10:01:30');
  const { page } = await console.open();
  await page.clock.install();
  await console.signInAs(page, 'duty_team');
  await page.goto(`${url}/alerts`);
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  let isCut = true;
  await page.route(/\/live(\?|$)/, (route) => (isCut ? route.abort() : route.continue()));
  await page.reload();
  await page.getByText('This page is not connected at the moment').waitFor();
  const reference = await hub.submit(aFracturedToddler());
  await hub.moveTo('2026-11-23T10:31:30');
  await hub.fireDue.execute();
  await page.clock.runFor(61_000);
  await page.locator('[data-live]').getByText(`New alert: ${reference}, rated red`).waitFor();
  isCut = false;
  const opened = page.waitForResponse((response) => new URL(response.url()).pathname === '/live');
  await page.clock.runFor(31_000);
  await opened;
  asked.length = 0;
  await page.clock.runFor(5 * 60_000);
  expect(asked.filter((path) => path === '/live/now')).toEqual([]);
});

/** As a browser does it to a tab that a person leaves or comes back to. */
const turn = (page: Page, isHidden: boolean) =>
  page.evaluate(`
    Object.defineProperty(document, 'hidden', { value: ${isHidden}, configurable: true });
    document.dispatchEvent(new Event('visibilitychange'))`);

it('ends the connection of a page in the background, and shows what fired when it is looked at again', async () => {
  await hub.moveTo('2026-11-23T10:01:45');
  const { page } = await open('duty_team');
  await page.goto(`${url}/preferences`);
  await page.locator('[data-live][data-alerts-since]').waitFor({ state: 'attached' });
  const ended = page.waitForEvent('requestfailed', (request) => new URL(request.url()).pathname === '/live');
  await turn(page, true);
  await ended;
  const reference = await hub.submit(aFracturedToddler());
  await hub.moveTo('2026-11-23T10:32');
  await hub.fireDue.execute();
  await turn(page, false);
  await page.locator('[data-live]').getByText(`New alert: ${reference}, rated red`).waitFor();
});

it('tells only the holder of a referral, once and on any page, that it is due in 15 minutes', async () => {
  await hub.moveTo('2026-11-23T10:02');
  const reference = await hub.submit(aFracturedToddler());
  await hub.claims(hub.socialWorker, reference);
  const [holder, other] = [await open('Sol Worker'), await open('Mel Manager')];
  await holder.page.goto(`${url}/preferences`);
  await holder.page.locator('[data-live][data-alerts-since]').waitFor({ state: 'attached' });
  await hub.moveTo('2026-11-23T13:47');
  const told = holder.page.locator('[data-live]');
  await told.getByText(`With you: ${reference}, rated red: decision due 2:02pm today, 15 minutes left`).waitFor();
  await hub.moveTo('2026-11-23T13:47:09');
  await hub.submit(aCoachMessagingChildren());
  await other.page.getByText(/^1 new referral\./).waitFor();
  expect(await told.getByText(reference).count()).toBe(1);
  expect(await other.page.locator('[data-live]').innerText()).toBe('');
});

it.each([
  ['over a working day', '2026-11-23T12:00', '4pm'],
  ['over the night that loses an hour', '2027-03-28T00:30', '5:30am'],
  ['over the night that has an hour twice', '2027-10-31T00:30', '3:30am'],
])('keeps the words of a clock true to the second while a page is open %s', async (_, at, due) => {
  await hub.moveTo(at);
  const reference = await hub.submit(aFracturedToddler());
  const { page } = await console.open();
  await console.signInAs(page, 'Sol Worker');
  // The browser's clock stands still as the database's does, so that each boundary is met.
  await page.clock.install({ time: new Date('2026-01-01T00:00:00Z') });
  await page.clock.pauseAt(new Date('2026-01-01T01:00:00Z'));
  await page.goto(`${url}/referrals/${reference}`);
  // A person who goes on working is not signed out.
  await page.evaluate(`localStorage.setItem('mash-active', String(Date.now() + 24 * 3_600_000))`);
  const clock = page.locator('.mash-clock', { hasText: 'Decision (red)' });
  const words = async () => (await clock.innerText()).replaceAll(/\s+/g, ' ');
  expect(await words()).toBe(`● On time: Decision (red): due ${due} today, 4 hours left`);
  for (const [forSeconds, said] of [
    [3 * 3_600, `● On time: Decision (red): due ${due} today, 1 hour left`],
    [10, `◆ Due soon: Decision (red): due ${due} today, 59 minutes left`],
    [3_580, `◆ Due soon: Decision (red): due ${due} today, less than a minute left`],
    [10, `▲ Overdue: Decision (red): was due ${due} today, overdue by less than a minute`],
    [60, `▲ Overdue: Decision (red): was due ${due} today, overdue by 1 minute`],
  ] as const) {
    await page.clock.runFor(forSeconds * 1_000);
    expect(await words()).toBe(said);
  }
  await page.context().close();
});
