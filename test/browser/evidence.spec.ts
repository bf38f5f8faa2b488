import { extractText, getDocumentProxy } from 'unpdf';
import { CloseDays, MakeEvidence } from '#oversight';
import { SERVICE } from '#store';
import { ConsoleInBrowser, violationsOn } from '../support/console-in-browser.ts';
import { aBruisedBaby, aRoutineAmber } from '../support/referrals.ts';

let console: ConsoleInBrowser;

beforeAll(async () => {
  console = await ConsoleInBrowser.start();
});
beforeEach(() => console.reset());
afterAll(() => console?.stop());

it('shows an evidence pack accessibly, also on a screen of 320 pixels, and prints all of it', async () => {
  const { hub, url } = console;
  const late = await hub.submit(aRoutineAmber());
  const open = await hub.submit(aBruisedBaby());
  await hub.moveTo('2026-11-26T15:00');
  await hub.decides(hub.manager, late);
  await hub.moveTo('2026-12-14T02:00');
  const asService = hub.database.as(SERVICE);
  await asService.transaction((tx) => hub.whole.get(CloseDays).handle(tx));
  await hub.moveTo('2026-12-14T10:00');
  const { page, troubles } = await console.open();
  await console.signInAs(page, 'Mel Manager');
  await page.goto(`${url}/oversight/evidence`);
  await page.getByLabel('For the inspectorate').check();
  await page.getByRole('button', { name: 'Make the evidence pack' }).click();
  await page.getByText('Waiting. Asked for').waitFor();
  const faults: string[] = [...(await violationsOn(page))];
  const id = page.url().split('/').at(-1)!;
  await asService.transaction((tx) => hub.whole.get(MakeEvidence).handle({ id }, tx));
  await page.getByRole('link', { name: 'Look again' }).click();
  await page.getByRole('heading', { name: 'Proof of recomputation' }).waitFor();
  for (const width of [1280, 320]) {
    await page.setViewportSize({ width, height: 900 });
    faults.push(...(await violationsOn(page)));
    const overflow = await page.evaluate<number>('document.documentElement.scrollWidth - window.innerWidth');
    if (overflow > 0) faults.push(`${overflow} pixels wider than ${width}`);
  }
  expect(faults).toEqual([]);
  expect(troubles).toEqual([]);
  const pdf = await page.pdf();
  const { text } = await extractText(await getDocumentProxy(new Uint8Array(pdf)), { mergePages: true });
  const printed = text.replaceAll(/\s+/g, ' ');
  for (const words of [late, open, 'Proof of recomputation', 'Definitions', 'Time until an alert is answered']) {
    expect(printed).toContain(words);
  }
  for (const words of ['Download as CSV', 'Sign out', 'Print this sheet']) expect(printed).not.toContain(words);
});
