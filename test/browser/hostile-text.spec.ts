import { randomUUID } from 'node:crypto';
import type { SubmittedReferral } from '#domain';
import { ConsoleInBrowser } from '../support/console-in-browser.ts';
import type { Hub } from '../support/hub.ts';
import { scenario } from '../support/scenarios.ts';

/** What a page must show as it is: markup, template languages, SQL, links, and names that clobber the DOM. */
const HOSTILE = [
  `<script>alert(1)</script>`,
  `<img src=x onerror=alert(2)>`,
  `<svg onload=alert(3)>`,
  `{{7*7}} \${7*7} {% raw %}`,
  `"><a href=javascript:alert(4)>x</a>`,
  `javascript:alert(5)`,
  `'; DROP TABLE referral; --`,
  `<form id=location><input name=body></form>`,
].join(' ');

let console: ConsoleInBrowser;
let hub: Hub;
let url: string;

beforeAll(async () => {
  console = await ConsoleInBrowser.start();
  ({ hub, url } = console);
}, 60_000);
afterAll(() => console?.stop());

/** Free text, by its name in the referral; what is left are codes, dates and numbers. */
const FREE_TEXT = new Set([
  'name', 'role', 'relationshipToChild', 'summary', 'location', 'firstName', 'lastName', 'line1', 'line2',
  'currentLocation', 'schoolOrSetting', 'gp', 'communicationNeeds', 'description', 'relationship', 'notInformedDetail',
  'views', 'givenBy', 'notSoughtReason', 'words', 'worries', 'workingWell', 'needsToHappen', 'contact', 'staffSafety',
  'withholdFromFamily',
]); // prettier-ignore

/** Each text begins with where it stands, so that one that is left out is missed. */
const begin = (path: string) => `${path}: <script>alert(1)</script>`;
const SHORT = new Set(['firstName', 'lastName', 'line1', 'line2', 'contact']);

/** @param texts takes down the beginning of every text that was put in */
function madeHostile(part: unknown, texts: string[], path = '', name = ''): unknown {
  if (Array.isArray(part)) return part.map((one, index) => madeHostile(one, texts, `${path}/${index}`, name));
  if (typeof part === 'object' && part !== null) {
    return Object.fromEntries(
      Object.entries(part).map(([key, value]) => [key, madeHostile(value, texts, `${path}/${key}`, key)]),
    );
  }
  if (typeof part !== 'string' || !FREE_TEXT.has(name)) return part;
  texts.push(begin(path));
  return `${path}: ${HOSTILE}`.slice(0, SHORT.has(name) ? 90 : 200);
}

it('text of every field is shown as it was written on every page that shows it, and nothing of it runs', async () => {
  const sent: string[] = [];
  const reference = await hub.submit(madeHostile(scenario(1).body, sent) as SubmittedReferral);
  const read = () => hub.readReferral.execute({ reference, by: hub.manager });
  await hub.claim.execute({ reference, by: hub.manager });
  await hub.rate.execute({
    reference,
    rating: 'red',
    reason: `rated: ${HOSTILE}`,
    version: (await read()).version,
    by: hub.manager,
  });
  await hub.giveBack.execute({ reference, note: `given back: ${HOSTILE}`, by: hub.manager });
  await hub.claim.execute({ reference, by: hub.manager });
  await hub.skip.execute({ reference, reason: `skipped: ${HOSTILE}`, by: hub.manager });
  await hub.decide.execute({
    reference,
    outcome: 'strategy_discussion',
    thresholdLevel: 4,
    rationale: `rationale: ${HOSTILE}`,
    analysis: {
      worries: `worries: ${HOSTILE}`,
      workingWell: `working well: ${HOSTILE}`,
      needsToHappen: `needs: ${HOSTILE}`,
      safetyScale: 3,
      childsVoice: `voice: ${HOSTILE}`,
    },
    formId: randomUUID(),
    version: (await read()).version,
    by: hub.manager,
  });
  await hub.signOff.execute({
    reference,
    version: (await read()).version,
    result: 'returned',
    comments: `returned: ${HOSTILE}`,
    by: hub.otherManager,
  });

  const { page, troubles } = await console.open();
  const dialogs: string[] = [];
  page.on('dialog', (dialog) => {
    dialogs.push(dialog.message());
    void dialog.dismiss();
  });
  await console.signInAs(page, 'Mel Manager');
  const decided = ['rationale', 'worries', 'working well', 'needs', 'voice', 'returned'].map(begin);
  const child = begin('/children/0/firstName');
  const expected: readonly (readonly [string, readonly string[]])[] = [
    ['/queue', [child, begin('/referrer/role')]],
    ['/workload', [begin('skipped')]],
    [`/referrals/${reference}`, [...sent, ...decided, begin('rated')]],
    [`/referrals/${reference}/timeline`, [child, begin('given back'), begin('skipped')]],
    [`/referrals/${reference}/decisions`, decided],
    [`/referrals/${reference}/print`, [...sent, ...decided]],
    [`/referrals/${reference}/alerts`, [reference]],
    [`/referrals/${reference}/access`, [child]],
    [`/referrals/${reference}/decision`, [child, begin('/concern/summary'), begin('returned')]],
    [`/referrals/${reference}/rating`, [child]],
  ];
  const missing: string[] = [];
  for (const [path, texts] of expected) {
    await page.goto(url + path);
    await page.evaluate(`for (const details of document.querySelectorAll('details')) details.open = true`);
    const shown = await page.locator('body').innerText();
    missing.push(...texts.filter((text) => !shown.includes(text)).map((text) => `${path} ${text}`));
  }
  expect(missing).toEqual([]);

  // Forms that come back with what was typed.
  await page.goto(`${url}/search`);
  await page.getByLabel('Name of a child or adult').fill(HOSTILE.slice(0, 190));
  await page.getByRole('button', { name: 'Search' }).click();
  await page.waitForURL('**/search/*');
  expect(await page.getByLabel('Name of a child or adult').inputValue()).toBe(HOSTILE.slice(0, 190));
  await page.goto(`${url}/consultations/new`);
  await page.getByLabel('What did you advise?').fill(HOSTILE);
  await page.getByRole('button', { name: 'Record it' }).click();
  await page.getByRole('heading', { name: 'There is a problem' }).waitFor();
  expect(await page.getByLabel('What did you advise?').inputValue()).toBe(HOSTILE);
  await page.goto(`${url}/queue?view=${encodeURIComponent(HOSTILE)}&sort=${encodeURIComponent(HOSTILE)}`);
  await page.goto(`${url}/telephone/01900000-0000-7000-8000-00000000000a`);
  await page.getByLabel('What has happened?').fill(HOSTILE);
  await page.getByRole('button', { name: 'Receive this referral' }).click();
  await page.getByRole('heading', { name: 'There is a problem' }).waitFor();
  expect(await page.getByLabel('What has happened?').inputValue()).toBe(HOSTILE);
  expect([dialogs, troubles]).toEqual([[], []]);
}, 120_000);

it('a made-up message in an address is not shown, and a changed place in a list is the beginning of it', async () => {
  const { page } = await console.open();
  await console.signInAs(page, 'Mel Manager');
  await page.goto(`${url}/queue?notice=Your+decision+is+recorded&confirmation={"title":"Forged"}&message=Forged`);
  expect(await page.locator('body').innerText()).not.toMatch(/Forged|is recorded/);
  await page.goto(`${url}/queue?after=${Buffer.from("1 2 3 ' OR true").toString('base64url')}`);
  expect(page.url()).toBe(`${url}/queue?view=waiting`);
}, 60_000);
