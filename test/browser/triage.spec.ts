import { ConsoleInBrowser, violationsOn } from '../support/console-in-browser.ts';
import type { Hub } from '../support/hub.ts';
import { aCoachMessagingChildren, aFracturedToddler, aPoorAttender, aStrangulation } from '../support/referrals.ts';

let console: ConsoleInBrowser;
let hub: Hub;
let url: string;

beforeAll(async () => {
  console = await ConsoleInBrowser.start();
  ({ hub, url } = console);
});
beforeEach(() => console.reset());
afterAll(() => console?.stop());

it('takes a referral from the queue to its sign-off in a browser, on accessible pages', async () => {
  const reference = await hub.submit(aStrangulation());
  const { page, troubles } = await console.open();
  const violations: string[] = [];
  const look = async () => void violations.push(...(await violationsOn(page)));

  await console.signInAs(page, 'Sol Worker');
  await look();
  await page.getByRole('button', { name: 'Take the next one' }).click();
  await page.waitForURL(`${url}/referrals/${reference}/decision`);
  await look();
  await page.goto(`${url}/referrals/${reference}`);
  await look();
  await page.getByRole('button', { name: 'Change the rating', exact: true }).click();
  await page.getByRole('button', { name: 'Give this rating' }).click();
  await page.getByRole('link', { name: 'Select a rating' }).waitFor();
  await look();
  await page.getByRole('radio', { name: 'Red' }).check();
  await page.getByLabel('Why?').fill('Confirmed with the officer.');
  await page.getByRole('button', { name: 'Give this rating' }).click();
  await page.getByText(`${reference} is rated red.`).waitFor();

  await page.getByRole('button', { name: 'Decide' }).click();
  expect(await page.getByRole('radio', { checked: true }).count()).toBe(0);
  await page.getByRole('radio', { name: 'Child and family assessment' }).check();
  await page.getByRole('radio', { name: 'Level 4: Acute' }).check();
  await page
    .getByLabel('What is the primary need?')
    .selectOption('Abuse, neglect or exploitation, domestic abuse included');
  await page.getByLabel('Rationale').fill('High-risk domestic abuse with a child in the home.');
  await look();
  await page.getByRole('button', { name: 'Check your answers' }).click();
  await page.getByLabel('Why is there no strategy discussion?').fill('Police and health see no harm to the child.');
  await page.getByRole('button', { name: 'Check your answers' }).click();
  await page.getByText('Level 4 without a strategy discussion').waitFor();
  await look();
  await page.getByRole('button', { name: 'Record the decision' }).click();
  await page.getByRole('button', { name: 'Take it back' }).waitFor();
  await look();

  const manager = await console.open();
  await console.signInAs(manager.page, 'Mel Manager');
  await manager.page.goto(`${url}/referrals/${reference}/sign-off`);
  violations.push(...(await violationsOn(manager.page)));
  await manager.page.getByRole('button', { name: 'Sign off, show the next' }).click();
  await manager.page.getByRole('heading', { name: 'Response time: on time' }).waitFor();

  await hub.submit(aFracturedToddler());
  await hub.moveTo('2026-11-23T14:20');
  await hub.fireDue.execute();
  await manager.page.goto(`${url}/alerts`);
  violations.push(...(await violationsOn(manager.page)));
  await manager.page.getByRole('button', { name: 'Acknowledge' }).click();
  await manager.page.getByText('paused until 2:50pm').first().waitFor();
  await manager.page.goto(`${url}/nowhere`);
  violations.push(...(await violationsOn(manager.page)));

  expect(violations).toEqual([]);
  expect([...troubles, ...manager.troubles.filter((one) => !one.includes('404'))]).toEqual([]);
});

it('takes a referral from the queue to its sign-off without JavaScript, with a decision taken back between', async () => {
  const reference = await hub.submit(aCoachMessagingChildren());
  const { page } = await console.open({ javaScriptEnabled: false });
  await console.signInAs(page, 'Sol Worker');
  await page.getByRole('button', { name: 'Take the next one' }).click();
  await page.waitForURL(`**/referrals/${reference}/decision`);
  await page.goto(`${url}/referrals/${reference}`);
  await page.getByText('With you').waitFor();
  await page.getByRole('button', { name: 'Change the rating', exact: true }).click();
  await page.getByRole('radio', { name: 'Amber' }).check();
  await page.getByLabel('Why?').fill('His mother has asked for help for months.');
  await page.getByRole('button', { name: 'Give this rating' }).click();
  await page.getByText(`${reference} is rated amber.`).waitFor();
  const decide = async (outcome: string) => {
    await page.getByRole('button', { name: 'Decide' }).click();
    await page.getByRole('radio', { name: outcome, exact: true }).check();
    await page.getByRole('radio', { name: 'Level 2' }).check();
    await page.getByRole('radio', { name: 'The same for all children' }).check();
    await page.getByLabel('Rationale').fill('Early help is there already and goes on.');
    await page.getByRole('button', { name: 'Check your answers' }).click();
    await page.getByRole('button', { name: 'Record the decision' }).click();
  };
  await decide('Early help');
  await page.getByText('is recorded and in effect').waitFor();
  await page.getByRole('button', { name: 'Take it back' }).click();
  await page.getByText('is taken back').waitFor();
  await decide('No further action');
  await page.getByText('It takes effect when another person signs it off.').waitFor();

  const { page: manager } = await console.open({ javaScriptEnabled: false });
  await console.signInAs(manager, 'Mel Manager');
  await manager.getByRole('link', { name: /^Waiting for sign-off/ }).click();
  await manager.getByText(reference).waitFor();
  await manager.goto(`${url}/referrals/${reference}/sign-off`);
  await manager.getByRole('button', { name: 'Sign off, show the next' }).click();
  await manager.getByText(`The decision on ${reference} is in effect.`).waitFor();
});

it('filters the queue, saves a view under a name, and assigns what a manager chooses there', async () => {
  const reference = await hub.submit(aPoorAttender());
  const { page, troubles } = await console.open();
  const violations: string[] = [];
  await console.signInAs(page, 'Mel Manager');
  await page.getByText('Filter: none').click();
  await page.getByLabel('Rating', { exact: true }).selectOption('green');
  await page.getByRole('button', { name: 'Apply' }).click();
  await page.getByText('Filter: green').click();
  await page.getByRole('link', { name: 'Remove the filter Rating: Green' }).waitFor();
  violations.push(...(await violationsOn(page)));
  await page.getByText('Save this view under a name').click();
  await page.getByLabel('Name of the view').fill('Greens <i>first</i>');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Filter: green').click();
  await page.getByRole('link', { name: 'Greens <i>first</i>' }).click();
  await page.getByRole('checkbox', { name: `Choose ${reference}` }).check();
  await page.getByRole('button', { name: 'Assign the chosen ones' }).click();
  await page.getByRole('button', { name: 'Assign' }).click();
  await page.getByRole('link', { name: 'Select a person' }).waitFor();
  violations.push(...(await violationsOn(page)));
  await page.getByRole('radio', { name: 'Sam Screener (screener)' }).check();
  await page.getByLabel('What they should know').fill('You know this school.');
  await page.getByRole('button', { name: 'Assign' }).click();
  await page.getByText(`${reference} is with Sam Screener now.`).waitFor();
  expect(page.url()).toContain('rating=green');
  for (const path of [
    '/workload',
    '/shift',
    `/referrals/${reference}/timeline`,
    `/referrals/${reference}/access`,
    `/referrals/${reference}/decisions`,
    `/referrals/${reference}/print`,
  ]) {
    await page.goto(url + path);
    violations.push(...(await violationsOn(page)));
  }
  await page.goto(`${url}/referrals/${reference}/timeline`);
  await page.getByText('You know this school.').waitFor();
  expect(violations).toEqual([]);
  expect(troubles.filter((one) => !one.includes('422'))).toEqual([]);
});
