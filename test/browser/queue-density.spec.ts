import type { SubmittedReferral } from '#domain';
import type { Page } from 'playwright-core';
import { ConsoleInBrowser, violationsOn } from '../support/console-in-browser.ts';
import type { Hub } from '../support/hub.ts';
import { cutOff, wordsAndEdges, wordsShown } from '../support/on-screen.ts';
import { aBruisedBaby, aRoutineAmber } from '../support/referrals.ts';
import { SCENARIOS } from '../support/scenarios.ts';

let console: ConsoleInBrowser;
let hub: Hub;

beforeAll(async () => {
  console = await ConsoleInBrowser.start();
  ({ hub } = console);
  for (let count = 0; count < 30; count++) await hub.submit(SCENARIOS[count]!.body);
  for (const referral of [withLongNames(), withEightChildren()]) await hub.submit(referral);
});
beforeEach(() => console.closePages());
afterAll(() => console?.stop());

const LONG = 'Venkatanarasimharajuvaripeta-Featherstonehaugh';

function withLongNames(): SubmittedReferral {
  const { children, concern, ...others } = aRoutineAmber();
  const types = ['neglect', 'emotional_abuse', 'domestic_abuse'] as const;
  return {
    ...others,
    immediateDanger: true,
    concern: { ...concern, types: [...types] },
    children: [{ ...children[0], firstName: `${LONG} Maria`, lastName: LONG }],
  };
}

function withEightChildren(): SubmittedReferral {
  const { children, ...others } = aBruisedBaby();
  const sibling = (count: number) => ({ firstName: `Child ${count}`, lastName: LONG, estimatedAge: count + 2 });
  return { ...others, children: [children[0]!, ...Array.from({ length: 7 }, (_, count) => sibling(count))] };
}

interface Lines {
  readonly whole: number;
  readonly first: number;
  readonly lowest: number;
  readonly highest: number;
  readonly width: number;
}

/** The lines of the queue as they stand on the screen before a person scrolls. */
function linesOn(page: Page): Promise<Lines> {
  return page.evaluate<Lines>(`(() => {
    const rows = [...document.querySelectorAll('[data-row]')].map((row) => row.getBoundingClientRect());
    const heights = rows.map(({ height }) => height);
    return {
      whole: rows.filter(({ bottom }) => bottom <= innerHeight).length,
      first: rows[0].top,
      lowest: Math.min(...heights),
      highest: Math.max(...heights),
      width: document.documentElement.scrollWidth,
    };
  })()`);
}

describe.each(['Sol Worker', 'Mel Manager'])('the queue of %s', (name) => {
  it.each([
    [1280, 800, 11],
    [1920, 1080, 18],
  ])(
    'shows at %i by %i whole lines of 44 to 52 px, %i at least, also with long names',
    async (width, height, least) => {
      const { page } = await console.open();
      await page.setViewportSize({ width, height });
      await console.signInAs(page, name);
      const lines = await linesOn(page);
      expect(lines.whole).toBeGreaterThanOrEqual(least);
      expect(lines.lowest).toBeGreaterThanOrEqual(44);
      expect(lines.highest).toBeLessThanOrEqual(52);
      expect(lines.width).toBe(width);
      expect(await violationsOn(page)).toEqual([]);
    },
  );

  it('is cards of three lines on a phone, the first within 350 px', async () => {
    const { page } = await console.open();
    await page.setViewportSize({ width: 390, height: 844 });
    await console.signInAs(page, name);
    const lines = await linesOn(page);
    expect(lines.first).toBeLessThanOrEqual(350);
    expect(lines.highest).toBeLessThanOrEqual(100);
    expect(lines.width).toBe(390);
    expect(await violationsOn(page)).toEqual([]);
  });

  it.each([true, false])(
    'leads to its first line in ten stops of the Tab key, skip link first; scripts: %s',
    async (js) => {
      const { page } = await console.open({ javaScriptEnabled: js });
      await page.setViewportSize({ width: 1280, height: 800 });
      await console.signInAs(page, name);
      await page.keyboard.press('Tab');
      expect(await page.locator('.govuk-skip-link:focus').textContent()).toContain('Skip to main content');
      await page.keyboard.press('Enter');
      await page.waitForURL(/#main-content$/);
      let stops = 1;
      while ((await page.locator('[data-row] :focus').count()) === 0 && stops < 50) {
        await page.keyboard.press('Tab');
        stops += 1;
      }
      expect(stops).toBeLessThanOrEqual(10);
    },
  );
});

it('has a second link that skips to the first referral', async () => {
  const { page } = await console.open();
  await console.signInAs(page, 'Sol Worker');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  expect(await page.locator('[data-row]:first-child a:focus').count()).toBe(1);
});

it('says beside one line what narrows the queue, and what is overdue or red first among the choices', async () => {
  const { page } = await console.open();
  await console.signInAs(page, 'Sol Worker', '/queue?view=waiting&rating=red&holder=nobody');
  await page.getByText('Filter: red, not allocated', { exact: true }).click();
  const [any, first] = await page.getByLabel('Rating', { exact: true }).locator('option').allInnerTexts();
  expect([any, first]).toEqual(['Any rating', expect.stringMatching(/^Red \(/)]);
});

it('sorts by the heads of its columns', async () => {
  const { page } = await console.open();
  await console.signInAs(page, 'Sol Worker');
  const head = (text: string) => page.getByRole('columnheader', { name: text });
  expect(await head('Rating').getAttribute('aria-sort')).toBe('ascending');
  await page.getByRole('link', { name: /^Next due/ }).click();
  await page.waitForURL('**/queue?view=waiting&sort=due');
  expect(await head('Next due').getAttribute('aria-sort')).toBe('ascending');
  await page.getByRole('link', { name: /^Rating/ }).click();
  await page.waitForURL('**/queue?view=waiting');
});

describe('the queue, when its reds are overdue,', () => {
  beforeAll(() => hub.moveTo('2026-11-23T14:30'));

  it('shows at 200 % every word that it shows at 100 %, none cut off, and does not scroll sideways', async () => {
    const { page } = await console.open();
    await page.setViewportSize({ width: 1280, height: 800 });
    await console.signInAs(page, 'Mel Manager');
    const usual = await wordsShown(page, '[data-row]');
    await page.setViewportSize({ width: 640, height: 400 });
    const magnified = await wordsShown(page, '[data-row]');
    const lost = usual.map((line, index) => line.filter((word) => !magnified[index]!.includes(word)));
    expect([usual.length, lost.flat()]).toEqual([32, []]);
    expect(await cutOff(page, '[data-row]')).toEqual([]);
    expect([(await linesOn(page)).width, await violationsOn(page)]).toEqual([640, []]);
  });

  it('shows the mark of danger on a phone beside a long name', async () => {
    const { page } = await console.open();
    await page.setViewportSize({ width: 390, height: 844 });
    await console.signInAs(page, 'Mel Manager');
    const line = page.locator('[data-row]', { hasText: `${LONG} Maria` });
    const [row, mark] = [(await line.boundingBox())!, (await line.getByText('danger').boundingBox())!];
    const marks = (await line.locator('.mash-queue__flags').boundingBox())!;
    expect(mark.x + mark.width).toBeLessThanOrEqual(Math.min(marks.x + marks.width, row.x + row.width) + 1);
  });

  it('tells rating, overdue, danger and the current tab by words and edges in the colours of the system', async () => {
    const { page } = await console.open();
    await console.signInAs(page, 'Mel Manager');
    await page.emulateMedia({ forcedColors: 'active' });
    const ratings = await wordsAndEdges(page, '[data-row] .govuk-tag');
    expect(new Set(ratings.map(({ words }) => words.split(' ')[0]))).toEqual(new Set(['Red', 'Amber']));
    const clocks = await wordsAndEdges(page, '[data-row] .mash-clock');
    const edgesOf = (isOverdue: boolean) =>
      new Set(clocks.filter(({ words }) => /Overdue/.test(words) === isOverdue).map(({ edge }) => edge.split(' ')[0]));
    expect([clocks.length, edgesOf(true), edgesOf(false).has('double')]).toEqual([32, new Set(['double']), false]);
    const marks = await wordsAndEdges(page, '.mash-flag--danger');
    expect(marks.length).toBeGreaterThan(0);
    for (const mark of marks) expect(mark).toEqual({ words: 'danger now', edge: 'solid 1px' });
    const tab = (of: string) =>
      page.evaluate(`getComputedStyle(document.querySelector('.mash-queue-tabs a${of}')).textDecorationLine`);
    expect([await tab('[aria-current]'), await tab(':not([aria-current])')]).toEqual(['underline', 'none']);
  });

  it('prints its lines with rating, clock, child and all else in full, without navigation, on a sheet of A4', async () => {
    const { page } = await console.open();
    await page.setViewportSize({ width: 1280, height: 800 });
    await console.signInAs(page, 'Mel Manager');
    const usual = await wordsShown(page, '[data-row]');
    await page.emulateMedia({ media: 'print' });
    // 210 mm less the margins.
    await page.setViewportSize({ width: 703, height: 1000 });
    const printed = await wordsShown(page, '[data-row]');
    const lost = usual.map((line, index) => line.filter((word) => !printed[index]!.includes(word)));
    expect([printed.length, lost.flat(), await cutOff(page, 'main')]).toEqual([32, [], []]);
    const named = printed.find((line) => line.includes('Maria'))!.join(' ');
    expect(named).toMatch(new RegExp(`^Red .*Overdue .*${LONG} Maria ${LONG} `));
    const others = ['navigation', 'checkbox', 'button'] as const;
    expect(await Promise.all(others.map((role) => page.getByRole(role).count()))).toEqual([0, 0, 0]);
    expect(await page.getByRole('banner').innerText()).toBe('');
    const address = `getComputedStyle(document.querySelector('[data-row] a'), '::after').content`;
    expect([await page.evaluate(address), (await linesOn(page)).width]).toEqual(['none', 703]);
  });
});
