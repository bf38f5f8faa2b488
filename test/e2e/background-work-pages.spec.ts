import { createHub, type Hub } from '../support/hub.ts';
import { aRoutineAmber } from '../support/referrals.ts';
import { RunningConsole } from '../support/running-console.ts';
import { entriesOf } from '../support/verbs/record.ts';

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

const AGAIN = 'Try again now: Looking for earlier referrals of the same children';
const FAILED = 'Something failed so often that a person has to look.';
const open = async (by: typeof hub.manager) => {
  const visitor = await console.visitedBy(by, '/service');
  await visitor.click('Background work: what is waiting, failing and tried again');
  return visitor;
};

it('the page of background work says that nothing waits', async () => {
  const { page } = await open(hub.screener);
  expect([page.under('Jobs'), page.under('Messages')]).toEqual([
    expect.stringContaining('No job waits.'),
    expect.stringContaining('No message waits to leave.'),
  ]);
});

it('the page of background work says what waits and has failed, and a manager has it tried again once', async () => {
  await hub.submit(aRoutineAmber());
  await hub.jobsFailed('match-earlier-referrals', 3);
  const screener = await open(hub.screener);
  expect(screener.page.under('Jobs')).toMatch(
    /Looking for earlier referrals of the same children\s*1.*1, up to 3 times \(TypeError\)/,
  );
  expect(screener.page.text).toContain('Telling a referrer that their referral is here');
  expect([screener.page.text.includes(FAILED), screener.page.text.includes('Try again now')]).toEqual([false, false]);

  const manager = await open(hub.manager);
  const { action, pairs } = manager.page.sendingBy(AGAIN);
  const tried = await manager.press(AGAIN);
  expect(tried.notices()).toEqual([
    'Looking for earlier referrals of the same children: 1 tried again now. Look again in a minute.',
  ]);
  expect((await manager.send('POST', action, pairs)).status).toBe(303);
  expect((await entriesOf(hub.database, 'jobs.tried-again')).map(({ details }) => details)).toEqual([
    { job: 'match-earlier-referrals', jobs: 1 },
  ]);
  const own = [...screener.page.sendingBy('Sign out').pairs, ['job', 'match-earlier-referrals']] as const;
  expect((await screener.send('POST', action, own)).status).toBe(404);
});

it('the page of background work warns when a job failed as often as an operator is told', async () => {
  await hub.submit(aRoutineAmber());
  await hub.jobsFailed('match-earlier-referrals', 8);
  expect((await open(hub.screener)).page.text).toContain(FAILED);
});
