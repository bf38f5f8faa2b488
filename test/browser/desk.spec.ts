import type { Page } from 'playwright-core';
import { ConsoleInBrowser, violationsOn } from '../support/console-in-browser.ts';
import type { Hub } from '../support/hub.ts';
import { cutOff, wordsAndEdges, wordsShown } from '../support/on-screen.ts';
import { aBruisedBaby, aRoutineAmber } from '../support/referrals.ts';

let console: ConsoleInBrowser;
let hub: Hub;
let url: string;

beforeAll(async () => {
  console = await ConsoleInBrowser.start();
  ({ hub, url } = console);
});
beforeEach(() => console.reset());
afterAll(() => console?.stop());

/** Presses what people press, and counts: a button, a link, a choice. Typing is none. */
function counting(page: Page) {
  let presses = 0;
  const press = async (role: 'button' | 'link' | 'radio', name: string) => {
    presses += 1;
    await page.getByRole(role, { name, exact: role !== 'radio' }).click();
  };
  return {
    press,
    /** From a list by the keyboard: the focus is one press, what is typed to find the line is none. */
    select: async (label: string, option: string) => {
      presses += 1;
      await page.getByLabel(label).selectOption(option);
    },
    presses: () => presses,
  };
}

it('takes a social worker 5 presses for an ordinary decision that no person has screened', async () => {
  const [first, second] = [await hub.submit(aRoutineAmber()), await hub.submit(aRoutineAmber())];
  const { page, troubles } = await console.open();
  await console.signInAs(page, 'Sol Worker');
  const { press, select, presses } = counting(page);
  await press('button', 'Take the next one');
  await press('radio', 'Child and family assessment');
  await press('radio', 'Level 3: Targeted');
  await select('What is the primary need?', 'Family in acute stress');
  await page.getByLabel('Rationale').fill('The school and the mother ask for an assessment.');
  await press('button', 'Confirm amber, record and take the next');
  await page.waitForURL(`${url}/referrals/${second}/decision?done=${first}`);
  await page.getByRole('button', { name: 'Take it back' }).waitFor();
  expect([presses(), troubles, await violationsOn(page)]).toEqual([5, [], []]);
});

it('takes a screener 2 presses to confirm a red, send it on and have the next', async () => {
  const [first, second] = [await hub.submit(aBruisedBaby()), await hub.submit(aRoutineAmber())];
  const { page, troubles } = await console.open();
  await console.signInAs(page, 'Sam Screener');
  const { press, presses } = counting(page);
  await press('button', 'Take the next one');
  await press('button', 'Confirm red and send to social workers, take the next');
  await page.waitForURL(`${url}/referrals/${second}?done=${first}`);
  expect([presses(), troubles, await violationsOn(page)]).toEqual([2, [], []]);
});

it('takes a manager 2 presses to sign off a decision and see the next', async () => {
  const [first, second] = [await hub.submit(aRoutineAmber()), await hub.submit(aRoutineAmber())];
  for (const one of [first, second]) await hub.decides(hub.socialWorker, one, { outcome: 'no_further_action' });
  const { page, troubles } = await console.open();
  await console.signInAs(page, 'Mel Manager', '/queue?view=sign-off');
  const { press, presses } = counting(page);
  await page.locator(`a[href="/referrals/${first}"]`).first().waitFor();
  const [name] = await page.locator(`a[href="/referrals/${first}"]`).allInnerTexts();
  expect(name).toBeTruthy();
  await page.locator(`a[href="/referrals/${first}"]`).first().click();
  await press('button', 'Sign off, show the next');
  await page.waitForURL(`${url}/referrals/${second}/sign-off?done=${first}`);
  expect([1 + presses(), troubles, await violationsOn(page)]).toEqual([2, [], []]);
});

const LONG = 'Venkatanarasimharajuvaripeta-Featherstonehaugh';
const aFamilyOf = (count: number) =>
  aBruisedBaby({
    immediateDanger: true,
    children: Array.from({ length: count }, (_, index) => ({
      ...aBruisedBaby().children[0]!,
      ...{ firstName: `Child${index}`, lastName: LONG },
      // No two children have one number.
      ...(index === 0 ? { upn: 'A801111111112' } : { nhsNumber: undefined }),
      address: { line1: '12 Long Lane of the Old Mill', town: 'Loomfield', postcode: 'ZZ99 3AA', uprn: '100021234567' },
    })) as never,
  });

/** Each number of a child, and on how many lines it stands. */
function linesOfNumbers(page: Page): Promise<readonly (readonly [string, number])[]> {
  return page.evaluate(`[...document.querySelectorAll('.mash-people__numbers .mash-words')].map((one) =>
    [one.textContent, new Set([...one.getClientRects()].map(({ top }) => top)).size])`);
}

/** Both columns end where the screen ends, and each scrolls by itself, and not sideways, to its last words. */
async function endsOnTheScreen(page: Page, ...lastWords: readonly string[]): Promise<void> {
  const columns = await page.evaluate(`[...document.querySelectorAll('.mash-beside__part')].map((column) => {
    column.scrollTop = column.scrollHeight;
    return [Math.round(column.getBoundingClientRect().bottom - innerHeight), column.scrollWidth - column.clientWidth];
  })`);
  expect(columns).toEqual([[0, 0], [0, 0]]); // prettier-ignore
  for (const words of lastWords) {
    const { y, height } = (await page.getByText(words).boundingBox())!;
    expect(y + height).toBeLessThanOrEqual(page.viewportSize()!.height);
  }
  expect(await page.evaluate('scrollY')).toBe(0);
}

describe.each([
  [1280, 800],
  [1920, 1080],
  [390, 844],
])('at %i by %i', (width, height) => {
  it.each([2, 8])('the pages of a referral of %i children with long names hold what they must', async (count) => {
    const reference = await hub.submit(aFamilyOf(count));
    const { page, troubles } = await console.open();
    await page.setViewportSize({ width, height });
    await console.signInAs(page, 'Sol Worker');
    const violations: string[] = [];
    for (const path of ['', '/decision', '/timeline']) {
      await page.goto(`${url}/referrals/${reference}${path}`);
      violations.push(...(await violationsOn(page)));
      if (process.env['PICTURES'])
        await page.screenshot({ path: `${process.env['PICTURES']}/${width}-${count}${path.replace('/', '-')}.png` });
      // No page is wider than the screen, and each names the child at its top.
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
      await page.getByRole('region', { name: 'Who it is about' }).getByText(`Child0 ${LONG}`).waitFor();
    }
    const topOf = async (words: string) => (await page.getByText(words).first().boundingBox())!.y;
    await page.goto(`${url}/referrals/${reference}`);
    if (width >= 1280) {
      for (const words of ['Summary of the concern', 'thumb pad', 'a child is in danger now', 'Suggested: red'])
        expect(await topOf(words)).toBeLessThan(height - 20);
      // Three screens of 800 pixels, with the longest names too.
      const tall = await page.evaluate<number>('document.documentElement.scrollHeight');
      if (count === 2) expect(tall).toBeLessThanOrEqual(2400);
    }
    await page.goto(`${url}/referrals/${reference}/decision`);
    const [left, right] = [page.getByRole('region', { name: 'The referral' }), page.locator('.mash-beside__form')];
    const [a, b] = [(await left.boundingBox())!, (await right.boundingBox())!];
    expect(await left.innerText()).toContain('ZZ99 3AA, UPRN 100021234567');
    expect(await linesOfNumbers(page)).toEqual(
      expect.arrayContaining([
        ['9990491321', 1],
        ['A801111111112', 1],
      ]),
    );
    if (width >= 1280) {
      expect([a.x + a.width <= b.x + 1, Math.abs(a.y - b.y) < 2]).toEqual([true, true]);
      await right.evaluate((node) => void ((node as { scrollTop: number }).scrollTop = 200));
      expect(await left.evaluate((node) => (node as { scrollTop: number }).scrollTop)).toBe(0);
      await endsOnTheScreen(page, 'The whole referral', 'is checked first.');
    } else expect(a.y + a.height).toBeLessThanOrEqual(b.y + 1);
    expect([violations, troubles]).toEqual([[], []]);
  });
});

describe('the pages on which a referral is read, decided and signed off', () => {
  let paths: readonly string[];
  let page: Page;
  beforeEach(async () => {
    const [open, decided] = [await hub.submit(aFamilyOf(8)), await hub.submit(aFamilyOf(2))];
    await hub.decides(hub.socialWorker, decided, { outcome: 'no_further_action' });
    await hub.moveTo('2026-11-23T14:30');
    paths = [`/referrals/${open}`, `/referrals/${open}/decision`, `/referrals/${decided}/sign-off`];
    page = await signedIn();
  });
  const signedIn = async (options = {}) => {
    const opened = (await console.open(options)).page;
    await opened.setViewportSize({ width: 1280, height: 800 });
    await console.signInAs(opened, 'Mel Manager');
    return opened;
  };

  it('show at 200 % every word that they show at 100 %, none cut off, and do not scroll sideways', async () => {
    for (const path of paths) {
      await page.setViewportSize({ width: 1280, height: 800 });
      await page.goto(url + path);
      const [usual] = await wordsShown(page, 'main');
      await page.setViewportSize({ width: 640, height: 400 });
      const [magnified] = await wordsShown(page, 'main');
      expect(usual!.filter((word) => !magnified!.includes(word))).toEqual([]);
      expect([path, await cutOff(page, 'main')]).toEqual([path, []]);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(640);
      expect(await violationsOn(page)).toEqual([]);
    }
  });

  it('tell rating, overdue and danger by words and edges in the colours of the system', async () => {
    await page.emulateMedia({ forcedColors: 'active' });
    for (const path of paths) {
      await page.goto(url + path);
      const [rating] = await wordsAndEdges(page, '.mash-identity .govuk-tag');
      const [overdue, onTime] = await wordsAndEdges(page, '.mash-identity .mash-clock');
      const [danger] = await wordsAndEdges(page, '.mash-danger');
      // Only the rules suggest it: a form says so in the tag, the referral beside the tag.
      expect([rating!.words, danger!.edge]).toEqual([expect.stringMatching(/^Red( \? suggested)?$/), 'solid 5px']);
      expect(danger!.words).toContain('a child is in danger now');
      expect(overdue).toEqual({ words: expect.stringContaining('▲ Overdue'), edge: 'double 8px' });
      expect(onTime).toEqual({ words: expect.stringContaining('● On time'), edge: 'solid 5px' });
    }
    const tab = (of: string) =>
      page.evaluate(`getComputedStyle(document.querySelector('.mash-tabs a${of}')).textDecorationLine`);
    await page.goto(url + paths[0]!);
    expect([await tab('[aria-current]'), await tab(':not([aria-current])')]).toEqual(['underline', 'none']);
  });

  it('print all that they show of the referral, without navigation and tabs, on a sheet of A4', async () => {
    // Scripts add buttons that are pressed and not read.
    page = await signedIn({ javaScriptEnabled: false });
    for (const path of paths) {
      await page.emulateMedia({ media: 'screen' });
      await page.setViewportSize({ width: 1280, height: 800 });
      await page.goto(url + path);
      const parts = '.mash-identity, .mash-danger, .mash-beside__referral, .mash-two, .mash-people, .mash-sections';
      const usual = (await wordsShown(page, parts)).flat();
      await page.emulateMedia({ media: 'print' });
      await page.setViewportSize({ width: 703, height: 1000 });
      const printed = (await wordsShown(page, parts)).flat();
      expect(usual.filter((word) => !printed.includes(word))).toEqual([]);
      expect([path, await cutOff(page, 'main')]).toEqual([path, []]);
      expect(await page.getByRole('navigation').count()).toBe(0);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(703);
    }
  });
});
