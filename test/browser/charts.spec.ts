import type { Browser, Page } from 'playwright-core';
import { extractText, getDocumentProxy } from 'unpdf';
import { startBrowser } from '../support/browser.ts';
import { serveCharts } from '../support/charts-page.ts';
import { violationsOn } from '../support/console-in-browser.ts';
import { HOSTILE_NAME, sampleCharts } from '../support/sample-charts.ts';

const charts = sampleCharts();
const drawings = charts.filter(([, { svg }]) => svg.startsWith('<svg'));

let browser: Browser;
let served: Awaited<ReturnType<typeof serveCharts>>;
let page: Page;
let troubles: string[];

beforeAll(async () => {
  browser = await startBrowser();
  served = await serveCharts(charts.map(([, chart]) => chart));
});
beforeEach(async () => {
  page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  troubles = [];
  page.on('pageerror', (error) => troubles.push(error.message));
  page.on('console', (message) => void (message.type() === 'error' && troubles.push(message.text())));
  page.on('dialog', (dialog) => {
    troubles.push(dialog.message());
    void dialog.dismiss();
  });
  await page.goto(served.url);
});
afterEach(() => page.close());
afterAll(async () => {
  await browser?.close();
  await served?.close();
});

/** What is wrong with the drawings that are shown: each sentence names its chart. */
const FAULTS_OF_DRAWINGS = `[...document.querySelectorAll('.mash-chart')].flatMap((figure, index) => {
  const shown = [...figure.querySelectorAll('.mash-chart__drawing')].filter((svg) => svg.checkVisibility());
  if (shown.length > 1) return [index + ' shows two drawings'];
  return shown.flatMap((svg) => {
    const frame = svg.getBoundingClientRect();
    const scale = frame.width / svg.viewBox.baseVal.width;
    const texts = [...svg.querySelectorAll('text')].map((text) => ({ words: text.textContent, box: text.getBBox() }));
    const faults = scale * 14 < 11.5 ? [index + ' has letters of ' + scale * 14 + ' px'] : [];
    for (const { words, box } of texts) {
      const isInside = box.x >= -2 && box.x + box.width <= svg.viewBox.baseVal.width + 1 && box.y >= -3 && box.y + box.height <= svg.viewBox.baseVal.height + 3;
      if (!isInside) faults.push(index + ' cuts off ' + words);
    }
    texts.forEach((one, at) => texts.slice(at + 1).forEach((other) => {
      const across = Math.min(one.box.x + one.box.width, other.box.x + other.box.width) - Math.max(one.box.x, other.box.x);
      // The box of a letter has room above and beneath it.
      const down = Math.min(one.box.y + one.box.height, other.box.y + other.box.height) - Math.max(one.box.y, other.box.y);
      if (across > 0.5 && down > 5) faults.push(index + ' draws ' + one.words + ' over ' + other.words);
    }));
    return faults;
  });
})`;

/** The faults with the names of their charts. */
const named = (faults: unknown) =>
  (faults as string[]).map((fault) => fault.replace(/^\d+/, (index) => charts[Number(index)]![0]));

it('shows every chart accessibly with its figures open, and breaks no content policy', async () => {
  await page.evaluate(`for (const details of document.querySelectorAll('details')) details.open = true`);
  expect(await violationsOn(page)).toEqual([]);
  expect(await page.locator('[style], figure script').count()).toBe(0);
  expect(troubles).toEqual([]);
});

it.each([320, 400, 640, 1280])(
  'draws every chart on a screen of %i px within it, and no text over another',
  async (width) => {
    await page.setViewportSize({ width, height: 800 });
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
    expect(await page.locator('.mash-chart__drawing:visible').count()).toBe(drawings.length);
    expect(named(await page.evaluate(FAULTS_OF_DRAWINGS))).toEqual([]);
  },
);

it('keeps every page of figures within a screen of 320 px', async () => {
  await page.setViewportSize({ width: 320, height: 800 });
  await page.evaluate(`for (const details of document.querySelectorAll('details')) details.open = true`);
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(320);
});

it('X2, X4: shows the name of an agency as it was written, and makes nothing of it', async () => {
  expect(await page.locator('.mash-chart img, .mash-chart svg :not(text, path, rect)').count()).toBe(0);
  const shown = await page.locator('.mash-chart__drawing--wide').allTextContents();
  expect(shown.join(' ')).toContain(HOSTILE_NAME.slice(0, 30));
  const figures = await page.locator('.mash-chart tbody th').allTextContents();
  expect(figures).toContain(HOSTILE_NAME.replace('\u202E', 'U+202E'));
  expect(troubles).toEqual([]);
});

it('draws with the colours of a person who has forced their own', async () => {
  await page.emulateMedia({ forcedColors: 'active' });
  const found = await page.evaluate(`(() => {
    const probe = document.createElement('i');
    document.body.append(probe);
    const system = ['Canvas', 'CanvasText', 'GrayText'].map((name) => {
      probe.style.color = name;
      return getComputedStyle(probe).color;
    });
    const [canvas] = system;
    return [...document.querySelectorAll('.mash-chart__drawing--wide *')].flatMap((one) => {
      const { fill, stroke } = getComputedStyle(one);
      const seen = [fill, stroke].filter((colour) => colour !== 'none');
      if (seen.some((colour) => !system.includes(colour))) return [one.outerHTML.slice(0, 80) + ' is ' + seen];
      // The number in a filled bar has the colour of the paper.
      const bar = one.matches('.on-late') ? one.previousElementSibling : null;
      if (bar?.matches('.late-part') && getComputedStyle(bar).fill !== canvas) return [];
      return seen.some((colour) => colour !== canvas) ? [] : [one.outerHTML.slice(0, 80) + ' is not seen'];
    });
  })()`);
  expect([...new Set(found as string[])]).toEqual([]);
});

it('prints the figures of every chart though they are closed on the screen', async () => {
  const pdf = await page.pdf();
  const { text } = await extractText(await getDocumentProxy(new Uint8Array(pdf)), { mergePages: true });
  const printed = text.replaceAll(/\s+/g, ' ');
  expect(printed).toContain('Smaller share of referrals decided within one working day');
  const [, chart] = charts.find(([name]) => name === 'xmr months')!;
  expect(chart.table.rows.filter((row) => !printed.includes(row.slice(0, 4).join(' ')))).toEqual([]);
});

it('takes fewer than 15 kB for each drawing', () => {
  expect(charts.filter(([, { svg }]) => svg.length > 15_000).map(([name, { svg }]) => [name, svg.length])).toEqual([]);
});
