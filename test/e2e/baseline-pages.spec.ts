import { createHub, type Hub } from '../support/hub.ts';
import { RunningConsole } from '../support/running-console.ts';
import { aPoorAttender } from '../support/referrals.ts';

let hub: Hub;
let console: RunningConsole;
beforeAll(async () => {
  hub = await createHub();
  console = await RunningConsole.start(hub);
});
beforeEach(() => hub.reset());
afterAll(async () => {
  await console.stop();
  await hub.drop();
});

const ANSWERS = {
  Measure: 'Decided within the limit of its rating',
  'First month with new limits': 'November 2026',
  'What was changed?': 'A second screener came.',
};

it('a manager begins a baseline, and the chart and the record say who did and why', async () => {
  await hub.submit(aPoorAttender());
  const visitor = await console.visitedBy(hub.manager, '/oversight/baselines');
  expect(visitor.page.text).toContain('No baseline has been begun');
  await visitor.press('Begin the baseline', ANSWERS);
  expect(visitor.page.rowsOf('Baselines that were begun')).toEqual([
    ['Decided within the limit of its rating', 'November 2026', 'A second screener came.', expect.stringMatching(/^Mel Manager, .* today$/)],
  ]); // prettier-ignore
  await visitor.open('/oversight/promptness');
  expect(visitor.page.text).toMatch(
    /Decided within the limit of its rating: new limits from November 2026, said Mel Manager on Monday 23 November 2026: A second screener came\./,
  );
  await visitor.open('/oversight/decisions');
  expect(visitor.page.text).not.toContain('A second screener came');
  await visitor.open('/oversight/promptness?day=2026-11-22');
  expect(visitor.page.text).not.toContain('A second screener came');
});

it.each([
  [{ Measure: 'Select' }, 'Select the measure'],
  [{ 'First month with new limits': 'Select' }, 'Select the first month with new limits'],
  [{ 'What was changed?': ' ' }, 'Say what was changed'],
])('says what is missing of %j, and begins nothing', async (missing, words) => {
  const visitor = await console.visitedBy(hub.manager, '/oversight/baselines');
  await visitor.press('Begin the baseline', { ...ANSWERS, ...missing });
  expect(visitor.page.status).toBe(422);
  expect(visitor.page.text).toContain(words);
  await visitor.open('/oversight/baselines');
  expect(visitor.page.text).toContain('No baseline has been begun');
});

it('an auditor reads the baselines and can begin none', async () => {
  const { page } = await console.visitedBy(hub.auditor, '/oversight/baselines');
  expect(page.status).toBe(200);
  expect(page.text).not.toContain('Begin the baseline');
});
