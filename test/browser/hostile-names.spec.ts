import type { SubmittedReferral } from '#domain';
import { ConsoleInBrowser } from '../support/console-in-browser.ts';
import type { Hub } from '../support/hub.ts';
import { pagesOf } from '../support/pages-of-the-console.ts';
import { aRoutineAmber } from '../support/referrals.ts';

const A_WORD_OF_60 = 'Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogochxyz'.slice(0, 60);

let console: ConsoleInBrowser;
let hub: Hub;
let url: string;

beforeAll(async () => {
  console = await ConsoleInBrowser.start();
  ({ hub, url } = console);
});
beforeEach(() => console.reset());
afterAll(() => console?.stop());

/** A referral with a word without end in every place that a person writes. */
function withLongWords(): SubmittedReferral {
  const { children, concern, referrer, ...others } = aRoutineAmber();
  return {
    ...others,
    senderReference: A_WORD_OF_60,
    referrer: { ...referrer, name: A_WORD_OF_60, role: A_WORD_OF_60, relationshipToChild: A_WORD_OF_60 },
    concern: { ...concern, summary: `${A_WORD_OF_60} ${'W'.repeat(300)}`, location: A_WORD_OF_60 },
    children: [
      {
        ...children[0],
        firstName: A_WORD_OF_60,
        lastName: A_WORD_OF_60,
        address: { line1: A_WORD_OF_60, town: A_WORD_OF_60 },
        schoolOrSetting: A_WORD_OF_60,
      },
      { description: `${A_WORD_OF_60} ${'thin boy in a red coat '.repeat(20)}`, currentLocation: A_WORD_OF_60 },
    ],
    adults: [{ name: A_WORD_OF_60, relationship: A_WORD_OF_60, livesWithChild: 'yes' }],
  };
}

it.each([320, 1280])('keeps every page within a screen of %i px whatever words people write', async (width) => {
  const reference = await hub.submit(withLongWords());
  await hub.claims(hub.manager, reference);
  await hub.rates(hub.manager, reference, 'amber', A_WORD_OF_60.repeat(2));
  await hub.givesBack(hub.manager, reference, A_WORD_OF_60.repeat(2));
  await hub.everyAgencyIsCalled(A_WORD_OF_60);
  await hub.isCalled(hub.otherManager, A_WORD_OF_60);
  const { page } = await console.open();
  await page.setViewportSize({ width, height: 800 });
  await console.signInAs(page, 'Mel Manager');
  const wide: string[] = [];
  for (const path of pagesOf('Mel Manager', reference)) {
    await page.goto(url + path);
    const is = await page.evaluate('document.documentElement.scrollWidth');
    if (Number(is) > width) wide.push(`${path} is ${String(is)} px wide`);
  }
  expect(wide).toEqual([]);
});

it('gives each line of the queue the width of a narrow screen', async () => {
  await hub.submit(aRoutineAmber());
  const { page } = await console.open();
  await page.setViewportSize({ width: 320, height: 800 });
  await console.signInAs(page, 'Mel Manager');
  await page.goto(`${url}/queue`);
  const narrowest = await page.evaluate(
    `Math.min(...[...document.querySelectorAll('.mash-queue [data-row]')].map((cell) => cell.getBoundingClientRect().width))`,
  );
  expect(Number(narrowest)).toBeGreaterThan(200);
});

it('moves no column of the queue for a word of 60 letters', async () => {
  const { page } = await console.open();
  await page.setViewportSize({ width: 1280, height: 800 });
  const columns = async (): Promise<unknown> => {
    await page.goto(`${url}/queue`);
    return page.evaluate(
      `[...document.querySelectorAll('.mash-queue thead th')].map((th) => Math.round(th.getBoundingClientRect().left))`,
    );
  };
  await hub.submit(aRoutineAmber());
  await console.signInAs(page, 'Mel Manager');
  const usual = await columns();
  await hub.submit(withLongWords());
  expect(await columns()).toEqual(usual);
});

it('I14: shows a name that is written from right to left before the age that follows it, and its marks as marks', async () => {
  const { children, ...others } = aRoutineAmber();
  await hub.submit({
    ...others,
    children: [{ ...children[0], firstName: 'علي', lastName: '\u202Eنور', dateOfBirth: '2019-02-01' }],
  });
  const { page } = await console.open();
  await page.setViewportSize({ width: 1280, height: 800 });
  await console.signInAs(page, 'Sol Worker');
  await page.goto(`${url}/queue`);
  const places = await page.evaluate(`(() => {
    const row = document.querySelector('.mash-queue tbody th');
    const name = row.querySelector('bdi').getBoundingClientRect();
    const walker = document.createTreeWalker(row, NodeFilter.SHOW_TEXT);
    let age = null;
    for (let node = walker.nextNode(); node; node = walker.nextNode()) if (/, 7/.test(node.data)) age = node;
    const range = document.createRange();
    const at = age.data.indexOf('7');
    range.setStart(age, at);
    range.setEnd(age, at + 1);
    return { name: { right: name.right, top: name.top }, age: range.getBoundingClientRect().left, marks: row.querySelectorAll('.mash-mark').length };
  })()`);
  const { name, age, marks } = places as { name: { right: number }; age: number; marks: number };
  expect(age).toBeGreaterThanOrEqual(name.right - 1);
  expect(marks).toBe(1);
});
