import type { SubmittedReferral } from '#domain';
import { ConsoleInBrowser } from '../support/console-in-browser.ts';
import type { Hub } from '../support/hub.ts';
import { aBruisedBaby } from '../support/referrals.ts';

/** What a page must show as it is: markup, template languages, SQL, links, and names that clobber the DOM. */
const ATTACKS = [
  `<script>alert(1)</script>`,
  `<img src=x onerror=alert(2)>`,
  `<svg onload=alert(3)>`,
  `{{7*7}} \${7*7} {% raw %}`,
  `"><a href=javascript:alert(4)>x</a>`,
  `javascript:alert(5)`,
  `'; DROP TABLE referral; --`,
  `<form id=location><input name=body></form>`,
];
const HOSTILE = ATTACKS.join(' ');

let console: ConsoleInBrowser;
let hub: Hub;
let url: string;

beforeAll(async () => {
  console = await ConsoleInBrowser.start();
  ({ hub, url } = console);
});
beforeEach(() => console.reset());
afterAll(() => console?.stop());

/** Free text, by its name in the referral; what is left are codes, dates and numbers. */
const FREE_TEXT = new Set([
  'name', 'role', 'relationshipToChild', 'summary', 'location', 'firstName', 'lastName', 'line1', 'line2',
  'currentLocation', 'schoolOrSetting', 'gp', 'communicationNeeds', 'description', 'relationship', 'notInformedDetail',
  'views', 'givenBy', 'notSoughtReason', 'words', 'worries', 'workingWell', 'needsToHappen', 'contact', 'staffSafety',
  'withholdFromFamily',
]); // prettier-ignore

/** The text of a person in one place. It names the place, so that the test finds a place that is left out. */
const at = (place: string) => `${place}: ${HOSTILE}`;
/** Fields that take a hundred characters, and the others two hundred: each begins with another attack. */
const SHORT = new Set(['firstName', 'lastName', 'line1', 'line2', 'contact']);

/** @param texts takes down every text that was put in, by its place */
function madeHostile(part: unknown, texts: Map<string, string>, path = '', name = ''): unknown {
  if (Array.isArray(part)) return part.map((one, index) => madeHostile(one, texts, `${path}/${index}`, name));
  if (typeof part === 'object' && part !== null) {
    return Object.fromEntries(
      Object.entries(part).map(([key, value]) => [key, madeHostile(value, texts, `${path}/${key}`, key)]),
    );
  }
  if (typeof part !== 'string' || !FREE_TEXT.has(name)) return part;
  const first = texts.size % ATTACKS.length;
  const attacks = [...ATTACKS.slice(first), ...ATTACKS.slice(0, first)].join(' ');
  const text = `${path}: ${attacks}`.slice(0, SHORT.has(name) ? 90 : 200).trim();
  texts.set(path, text);
  return text;
}

it('X1, X2, X3, X10: shows the text of every field as it was written on every page that shows it, and runs nothing of it', async () => {
  const sent = new Map<string, string>();
  const reference = await hub.submit(madeHostile(aBruisedBaby(), sent) as SubmittedReferral);
  await hub.claims(hub.manager, reference);
  await hub.rates(hub.manager, reference, 'red', at('rated'));
  await hub.givesBack(hub.manager, reference, at('given back'));
  await hub.claims(hub.manager, reference);
  await hub.skips(hub.manager, reference, at('skipped'));
  await hub.decides(hub.manager, reference, {
    outcome: 'strategy_discussion',
    thresholdLevel: 4,
    rationale: at('rationale'),
    analysis: {
      worries: at('worries'),
      workingWell: at('working well'),
      needsToHappen: at('needs'),
      safetyScale: 3,
      childsVoice: at('voice'),
    },
  });
  await hub.returns(hub.otherManager, reference, at('returned'));
  await hub.assigns(hub.otherManager, [reference], hub.manager, at('assigned'));
  const [agency, person] = [at('agency'), at('person')];
  await hub.everyAgencyIsCalled(agency);
  await hub.isCalled(hub.otherManager, person);

  const { page, troubles } = await console.open();
  const dialogs: string[] = [];
  page.on('dialog', (dialog) => {
    dialogs.push(dialog.message());
    void dialog.dismiss();
  });
  await console.signInAs(page, 'Mel Manager');
  const decided = ['rationale', 'worries', 'working well', 'needs', 'voice', 'returned'].map(at);
  const child = sent.get('/children/0/firstName')!;
  const all = [...sent.values()];
  const expected: readonly (readonly [string, readonly string[]])[] = [
    ['/your-work', [child]],
    ['/queue', [child, agency]],
    ['/workload', [at('skipped'), person]],
    ['/shift', [child, person]],
    [`/referrals/${reference}`, [...all, ...decided, at('rated'), agency, person]],
    [`/referrals/${reference}/timeline`, [child, at('given back'), at('skipped'), at('assigned'), agency, person]],
    [`/referrals/${reference}/decisions`, [...decided, person]],
    [`/referrals/${reference}/print`, [...all, ...decided, agency, person]],
    [`/referrals/${reference}/alerts`, [reference]],
    [`/referrals/${reference}/access`, [child]],
    [`/referrals/${reference}/decision`, [child, sent.get('/concern/summary')!, at('returned'), person]],
    [`/referrals/${reference}/rating`, [child]],
    [`/referrals/${reference}/give-back`, [child]],
    [`/referrals/${reference}/skip`, [child]],
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
  await page.getByText('Search by several answers').click();
  await page.getByLabel('Name of a child or adult').fill(HOSTILE.slice(0, 190));
  await page.getByRole('button', { name: 'Search by these answers' }).click();
  await page.waitForURL('**/search/*');
  expect(await page.getByLabel('Name of a child or adult').inputValue()).toBe(HOSTILE.slice(0, 190));
  await page.goto(`${url}/consultations/new`);
  await page.getByLabel('What did you advise?').fill(HOSTILE);
  await page.getByRole('button', { name: 'Record it' }).click();
  await page.getByRole('heading', { name: 'There is a problem' }).waitFor();
  expect(await page.getByLabel('What did you advise?').inputValue()).toBe(HOSTILE);
  await page.getByLabel('For which agency?').selectOption({ label: agency });
  await page.getByLabel('Name of the caller').fill('caller: <svg onload=alert(3)>');
  await page.getByLabel('Role', { exact: true }).fill('role: {{7*7}}');
  await page.getByLabel('What was asked?').fill(at('asked'));
  await page.getByRole('radio').first().check();
  await page.getByRole('button', { name: 'Record it' }).click();
  await page.getByText('The advice you gave is recorded.').waitFor();
  await page.goto(`${url}/consultations`);
  const given = await page.locator('main').innerText();
  const parts = [agency, 'caller: <svg onload=alert(3)>', 'role: {{7*7}}', at('asked'), HOSTILE];
  expect(parts.filter((part) => !given.includes(part))).toEqual([]);
  // Notes too long for their form come back whole.
  for (const [form, field] of [
    ['rating', 'Why?'],
    ['give-back', 'What the next person should know (optional)'],
    ['skip', 'Why do you skip it?'],
  ] as const) {
    await page.goto(`${url}/referrals/${reference}/${form}`);
    const long = `${HOSTILE} ${'x'.repeat(6_000)}`;
    await page.getByLabel(field).fill(long);
    await page.locator('main form button:not([hidden])').last().click();
    await page.getByRole('heading', { name: 'There is a problem' }).waitFor();
    expect(await page.getByLabel(field).inputValue()).toBe(long);
  }
  await page.goto(`${url}/queue?view=${encodeURIComponent(HOSTILE)}&sort=${encodeURIComponent(HOSTILE)}`);

  // Every field of the form of a call that is typed in; what comes of it afterwards is shown as what an agency sent.
  await page.goto(`${url}/telephone/01900000-0000-7000-8000-00000000000a`);
  await page.evaluate(`for (const details of document.querySelectorAll('details')) details.open = true`);
  const fields = page.locator('main form:first-of-type :is(input[type=text], textarea)');
  const typed = (await fields.all()).map((_, index) => `${index}: ${ATTACKS[index % ATTACKS.length]!}`);
  expect(typed.length).toBeGreaterThan(60);
  for (const [index, text] of typed.entries()) await fields.nth(index).fill(text);
  await page.getByRole('button', { name: 'Receive this referral' }).click();
  await page.getByRole('heading', { name: 'There is a problem' }).waitFor();
  expect(await Promise.all((await fields.all()).map((one) => one.inputValue()))).toEqual(typed);
  const firstName = await page.getByLabel('First name').first().inputValue();
  await page.goto(`${url}/telephone`);
  expect(await page.locator('main').innerText()).toContain(firstName);

  // Pages that others lead to.
  await page.goto(`${url}/search`);
  await page.getByLabel('Who do you look for?').fill(reference);
  await page.getByRole('button', { name: 'Search', exact: true }).click();
  await page.getByRole('heading', { name: 'Search results' }).waitFor();
  const found = await page.locator('main').innerText();
  expect([found.includes(child), found.includes(agency)]).toEqual([true, true]);
  await page.goto(`${url}/referrals/${reference}`);
  await page.getByRole('button', { name: 'Pass it on' }).click();
  await page.getByRole('heading', { name: `Assign ${reference}` }).waitFor();
  const assigning = await page.locator('main').innerText();
  expect([assigning.includes(child), assigning.includes(person)]).toEqual([true, true]);
  expect([dialogs, troubles]).toEqual([[], []]);
});

it('X9: shows no message that was made up in an address, and the beginning of a list for a place that was', async () => {
  const { page } = await console.open();
  await console.signInAs(page, 'Mel Manager');
  await page.goto(`${url}/queue?notice=Your+decision+is+recorded&confirmation={"title":"Forged"}&message=Forged`);
  expect(await page.locator('body').innerText()).not.toMatch(/Forged|is recorded/);
  await page.goto(`${url}/queue?after=${Buffer.from("1 2 3 ' OR true").toString('base64url')}`);
  expect(page.url()).toBe(`${url}/queue?view=waiting`);
});
