import { JobRunner } from '#jobs';
import { createLogger } from '#platform';
import { linkEarlierReferrals } from '#referrals';
import { handlersOf } from '../support/job-handlers.ts';
import { createHub, type Hub } from '../support/hub.ts';
import { aDecision } from '../support/page/answers.ts';
import { RunningConsole } from '../support/running-console.ts';
import { aCoachMessagingChildren } from '../support/referrals.ts';

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

const LOOKING = 'Looking for other referrals of these children…';
const LATER = 'Later referrals of the same children';
const EARLIER = 'Earlier referrals of the same children';
const PARTS = ['', '/decision', '/print'] as const;

const jobsAreDone = () =>
  new JobRunner(
    hub.database,
    handlersOf({ 'match-earlier-referrals': ({ referralId }, tx) => linkEarlierReferrals(tx, referralId) }),
    createLogger('test', 'silent'),
  ).runDue(50);

it('the pages of a referral say that others are looked for, and then show the later and the earlier ones', async () => {
  const first = await hub.submit(aCoachMessagingChildren());
  await hub.moveBy({ minutes: 5 });
  const second = await hub.submit(aCoachMessagingChildren());
  const manager = await console.visitedBy(hub.manager);
  for (const part of PARTS) {
    const page = await manager.open(`/referrals/${first}${part}`);
    expect([part, page.status, page.text.includes(LOOKING)]).toEqual([part, 200, true]);
  }
  await jobsAreDone();
  await hub.claims(hub.socialWorker, second);
  for (const part of PARTS) {
    const page = await manager.open(`/referrals/${first}${part}`);
    expect([part, page.text.includes(LOOKING)]).toEqual([part, false]);
    expect(page.under(LATER)).toMatch(
      new RegExp(`${second}, amber, received 10:05am .* Waiting for a decision. With Sol Worker.`),
    );
    expect((await manager.open(`/referrals/${second}${part}`)).under(EARLIER)).toContain(first);
  }
});

it('the page to read, the check and the sign-off of a decision show the other referrals of the same child', async () => {
  const first = await hub.submit(aCoachMessagingChildren());
  await hub.moveBy({ minutes: 5 });
  const second = await hub.submit(aCoachMessagingChildren());
  await jobsAreDone();
  await hub.decides(hub.socialWorker, first, { outcome: 'no_further_action', thresholdLevel: 1 });
  await hub.signsOff(hub.manager, first);
  const manager = await console.visitedBy(hub.manager, `/referrals/${second}/decision`);
  const pause = await manager.press('Check your answers', aDecision('No further action'));
  expect([pause.heading, pause.text]).toEqual([
    'Stop and read before you decide this',
    expect.stringMatching(new RegExp(`${first}.*Decided: No further action, 10:05am today`)),
  ]);
  const check = await manager.press('I have read this: continue');
  expect(check.under(EARLIER)).toContain('Decided: No further action');
  await manager.press('Record the decision');
  const signer = await console.visitedBy(hub.otherManager, `/referrals/${second}/sign-off`);
  expect(signer.page.under(EARLIER)).toContain(first);
});
