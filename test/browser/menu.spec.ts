import { ConsoleInBrowser, violationsOn } from '../support/console-in-browser.ts';

let console: ConsoleInBrowser;
beforeAll(async () => {
  console = await ConsoleInBrowser.start();
});
beforeEach(() => console.reset());
afterAll(() => console?.stop());

const LAST_PLACE = 'System health';

describe.each([
  ['1280 pixels', { width: 1280, height: 800 }],
  ['320 pixels', { width: 320, height: 640 }],
])('the places under More at %s', (_, size) => {
  it.each([true, false])('open and lead on, with scripts: %s', async (javaScriptEnabled) => {
    const { page, troubles } = await console.open({ javaScriptEnabled });
    await page.setViewportSize(size);
    await console.signInAs(page, 'Mel Manager');
    if (javaScriptEnabled && size.width < 600) await page.getByRole('button', { name: 'Menu' }).click();
    const place = page.getByRole('link', { name: LAST_PLACE, exact: true });
    expect(await place.isVisible()).toBe(false);
    await page.locator('[data-more] summary').click();
    expect(await place.isVisible()).toBe(true);
    if (javaScriptEnabled) expect(await violationsOn(page)).toEqual([]);
    const { x, width } = (await place.boundingBox())!;
    expect(x).toBeGreaterThanOrEqual(0);
    expect(x + width).toBeLessThanOrEqual(size.width);
    await place.click();
    await page.getByRole('heading', { name: LAST_PLACE, level: 1 }).waitFor();
    expect(await page.locator('#navigation [aria-current=page]').textContent()).toContain(LAST_PLACE);
    expect(troubles).toEqual([]);
  });
});

it('More opens and closes with the keyboard alone, and closes when the person goes on elsewhere', async () => {
  const { page } = await console.open();
  await console.signInAs(page, 'Mel Manager');
  const place = page.getByRole('link', { name: LAST_PLACE, exact: true });
  await page.getByRole('link', { name: 'Alerts', exact: true }).focus();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await place.waitFor({ state: 'visible' });
  await page.keyboard.press('Tab');
  await page.keyboard.press('Escape');
  await place.waitFor({ state: 'hidden' });
  expect(await page.locator('[data-more] summary:focus').count()).toBe(1);
  await page.keyboard.press('Enter');
  await place.waitFor({ state: 'visible' });
  await page.keyboard.press('Shift+Tab');
  await place.waitFor({ state: 'hidden' });
});
