import type { Page } from 'playwright-core';
import { ConsoleInBrowser } from '../support/console-in-browser.ts';
import type { Hub } from '../support/hub.ts';
import { aCoachMessagingChildren, aPoorAttender } from '../support/referrals.ts';
import { until } from '../support/until.ts';

let console: ConsoleInBrowser;
let hub: Hub;
let url: string;

beforeAll(async () => {
  console = await ConsoleInBrowser.start();
  ({ hub, url } = console);
});
beforeEach(() => console.reset());
afterAll(() => console?.stop());

const unfold = (page: Page) => page.getByText('Signs of Safety, and the child’s voice').click();

it('saves what a person types, and shows it again after the browser was closed', async () => {
  const reference = await hub.submit(aCoachMessagingChildren());
  const { page } = await console.open();
  await console.signInAs(page, 'Sol Worker');
  await page.goto(`${url}/referrals/${reference}/decision`);
  await unfold(page);
  await page.getByLabel('What are we worried about?').fill('He is alone <b>every</b> evening.');
  await page.getByLabel('What is working well?').focus();
  await page.getByText(/^Saved at /).waitFor();
  await page.context().close();

  const again = await console.open();
  await console.signInAs(again.page, 'Sol Worker');
  await again.page.goto(`${url}/referrals/${reference}/decision`);
  await again.page.getByText(/Your answers of .* are here again/).waitFor();
  expect(await again.page.getByLabel('What are we worried about?').inputValue()).toBe(
    'He is alone <b>every</b> evening.',
  );
});

it('tells the second of two windows that save one form, and keeps what the first saved', async () => {
  const reference = await hub.submit(aCoachMessagingChildren());
  const { page } = await console.open();
  await console.signInAs(page, 'Sol Worker');
  const other = await page.context().newPage();
  for (const one of [page, other]) {
    await one.goto(`${url}/referrals/${reference}/decision`);
    await unfold(one);
  }
  await page.getByLabel('Rationale').fill('He is with his uncle, who is safe.');
  await page.getByLabel('What is working well?').focus();
  await page.getByText(/^Saved at /).waitFor();
  await hub.moveTo('2026-11-23T10:00:05');
  await other.getByLabel('What are we worried about?').fill('x');
  await other.getByLabel('What is working well?').focus();
  await other.getByText(/^Not saved: this form was saved in another window/).waitFor();
  const saved = page.waitForResponse('**/drafts/**');
  await page.getByLabel('What are we worried about?').fill('He is alone in the evenings.');
  await page.getByLabel('What is working well?').focus();
  expect((await saved).status()).toBe(204);
  await other.reload();
  await expectValue(other, 'Rationale', 'He is with his uncle, who is safe.');
  await expectValue(other, 'What are we worried about?', 'He is alone in the evenings.');
  await other.getByLabel('What is working well?').fill('His school knows him well.');
  await other.getByLabel('Rationale').focus();
  await other.getByText(/^Saved at /).waitFor();
});

const expectValue = async (page: Page, label: string, value: string) =>
  expect(await page.getByLabel(label).inputValue()).toBe(value);

it('ignores a save that comes after its form was sent', async () => {
  const reference = await hub.submit(aPoorAttender());
  await hub.claims(hub.socialWorker, reference);
  const { page } = await console.open();
  await console.signInAs(page, 'Sol Worker');
  await page.goto(`${url}/referrals/${reference}/decision`);
  // Each save comes to the console only when it is let through, even when the page has gone.
  const held: (() => Promise<void>)[] = [];
  await page.route('**/drafts/**', (route) => {
    const sent = route.request();
    held.push(async () => {
      const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };
      await page.context().request.post(sent.url(), { headers, data: sent.postData()! });
      await route.fulfill({ status: 204 }).catch(() => 'the page is gone');
    });
  });
  await page.getByRole('radio', { name: 'Early help', exact: true }).check();
  await page.getByRole('radio', { name: 'Level 2' }).check();
  await page.getByLabel('Rationale').fill('Early help, agreed with the school and his mother.');
  await until(async () => held.length > 0);
  await page.getByRole('button', { name: 'Check your answers' }).click();
  for (const letThrough of held.reverse()) await letThrough();
  await page.waitForURL('**/decision/check');
  await page.reload();
  expect(page.url()).toContain('/decision/check');
});

it('sends a short form with Enter and leaves no draft, and only saves a long form with Enter', async () => {
  const reference = await hub.submit(aPoorAttender());
  const { page } = await console.open();
  await console.signInAs(page, 'Sol Worker');
  await page.goto(`${url}/referrals/${reference}/rating`);
  await page.getByLabel('Why?').fill('He is with his grandmother now.');
  await page.getByRole('radio', { name: 'Red' }).check();
  await page.keyboard.press('Enter');
  await page.getByText(`${reference} is rated red.`).waitFor();
  await page.goto(`${url}/referrals/${reference}/rating`);
  expect(await page.getByLabel('Why?').inputValue()).toBe('');

  await page.goto(`${url}/telephone/01900000-0000-7000-8000-000000000003`);
  await page.getByLabel('First name').first().fill('Ana');
  await page.keyboard.press('Enter');
  await page
    .getByRole('status')
    .getByText(/^Saved at/)
    .waitFor();
  expect(await page.getByRole('group', { name: 'Child 2' }).count()).toBe(0);
  await page.getByRole('button', { name: 'Add another child' }).click();
  await page.getByRole('group', { name: 'Child 2' }).waitFor();
  expect(page.url()).toMatch(/#children-1$/);
  expect(await page.getByLabel('First name').first().inputValue()).toBe('Ana');
});

/** Holds back every save of a draft; what each would have said, in their order. */
async function holdSaves(page: Page): Promise<readonly string[]> {
  const said: string[] = [];
  await page.route(
    '**/drafts/**',
    (route) => void said.push(new URLSearchParams(route.request().postData()!).get('rationale')!),
  );
  return said;
}

const atDecision = async () => {
  const reference = await hub.submit(aPoorAttender());
  await hub.claims(hub.socialWorker, reference);
  const opened = await console.open();
  await opened.page.clock.install();
  await console.signInAs(opened.page, 'Sol Worker');
  await opened.page.goto(`${url}/referrals/${reference}/decision`);
  return { ...opened, rationale: opened.page.getByLabel('Rationale') };
};

it('saves every ten seconds while a person goes on typing', async () => {
  const { page, rationale } = await atDecision();
  const saved = page.waitForRequest('**/drafts/**');
  await rationale.fill('He is alone every evening.');
  await page.clock.runFor(10_500);
  expect(new URLSearchParams((await saved).postData()!).get('rationale')).toBe('He is alone every evening.');
  await page.getByText(/^Saved at \d+:\d\d[ap]m\.$/).waitFor();
});

it('saves at once when a page is left, although an earlier save is still on its way', async () => {
  const { page, rationale } = await atDecision();
  const said = await holdSaves(page);
  await rationale.fill('The first sentence.');
  await rationale.blur();
  await until(async () => said.length === 1);
  await rationale.fill('The first sentence. The second.');
  await page.evaluate(`
    Object.defineProperty(document, 'hidden', { value: true, configurable: true });
    document.dispatchEvent(new Event('visibilitychange'))`);
  await until(async () => said.length === 2);
  expect(said).toEqual(['The first sentence.', 'The first sentence. The second.']);
});

it('waits three seconds at most for a save before it sends a form, and says so', async () => {
  const { page, rationale } = await atDecision();
  await holdSaves(page);
  await page.getByRole('radio', { name: 'Early help', exact: true }).check();
  await page.getByRole('radio', { name: 'Level 2' }).check();
  await rationale.fill('Early help, agreed with the school and his mother.');
  await page.getByRole('button', { name: 'Check your answers' }).click();
  await page.getByText('Saving, then sending.').waitFor();
  await page.clock.runFor(3_500);
  await page.waitForURL('**/decision/check');
});

it('keeps on the page what cannot be sent while the network is away', async () => {
  const { page, rationale } = await atDecision();
  await page.context().setOffline(true);
  await rationale.fill('Written while the network was away.');
  await page.getByRole('button', { name: 'Check your answers' }).click();
  await page.getByText('not sent: the network is away.').waitFor();
  expect(await rationale.inputValue()).toBe('Written while the network was away.');
  await page.context().setOffline(false);
  // A button pressed twice within a second is pressed once.
  await page.clock.runFor(1_100);
  await page.getByRole('button', { name: 'Check your answers' }).click();
  await page.getByRole('heading', { name: 'There is a problem' }).waitFor();
  expect(await rationale.inputValue()).toBe('Written while the network was away.');
});

it('leads to what is wrong with a form, also from a page that was opened at one of its parts', async () => {
  const { page } = await console.open();
  await console.signInAs(page, 'Sol Worker');
  await page.goto(`${url}/telephone/01900000-0000-7000-8000-00000000000b`);
  await page.getByRole('button', { name: 'Add another child' }).click();
  await page.waitForURL(/#children-1$/);
  await page.getByRole('button', { name: 'Receive this referral' }).click();
  await page.locator('.govuk-error-summary:focus').waitFor();
  const reference = await hub.submit(aPoorAttender());
  await page.goto(`${url}/referrals/${reference}/decision#rationale`);
  await page.getByRole('button', { name: 'Check your answers' }).click();
  await page.locator('.govuk-error-summary:focus').waitFor();
  expect(page.url()).toBe(`${url}/referrals/${reference}/decision`);
});
