import { createHub, type Hub } from '../support/hub.ts';
import { aDecision, aDecisionOnRated } from '../support/page/answers.ts';
import { RunningConsole } from '../support/running-console.ts';
import { aRoutineAmber } from '../support/referrals.ts';

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

const decisionOf = (reference: string) => `/referrals/${reference}/decision`;
const CONFIRM = 'I confirm this rating';

describe('the form of a decision on a rating that no person has confirmed', () => {
  it('shows the suggested rating with its reasons, and asks to confirm it or to change it', async () => {
    const reference = await hub.submit(aRoutineAmber());
    const worker = await console.visitedBy(hub.socialWorker, decisionOf(reference));
    expect(worker.page.text).toContain('The rules suggest amber, because');
    expect(worker.page.link('change the rating')).toBe(`/referrals/${reference}/rating`);
    expect(worker.page.field(CONFIRM).isChecked).toBe(false);
    const refused = await worker.press('Check your answers', aDecisionOnRated());
    expect([refused.status, refused.errors()]).toEqual([422, ['Confirm the rating, or change it first']]);
    const check = await worker.press('Check your answers', aDecision());
    expect(check.fact('Rating')).toBe('Amber, which you confirm');
    await worker.press('Record the decision');
    expect((await hub.read(reference)).ratings.at(-1)).toMatchObject({ by: hub.socialWorker.name, rating: 'amber' });
  });

  it('is led back to from the check when the answers that are kept do not confirm the rating', async () => {
    const reference = await hub.submit(aRoutineAmber());
    const worker = await console.visitedBy(hub.socialWorker, decisionOf(reference));
    await worker.types('Check your answers', aDecisionOnRated());
    const back = await worker.open(`${decisionOf(reference)}/check`);
    expect([back.path, back.notices()]).toEqual([
      decisionOf(reference),
      [expect.stringContaining('an answer is missing')],
    ]);
  });

  it('asks for no confirmation when a person has rated the referral', async () => {
    const reference = await hub.submit(aRoutineAmber());
    await hub.rates(hub.screener, reference, 'amber');
    const worker = await console.visitedBy(hub.socialWorker, decisionOf(reference));
    expect([worker.page.heading, worker.page.text.includes(CONFIRM)]).toEqual(['Decide', false]);
    const check = await worker.press('Check your answers', aDecisionOnRated());
    expect(check.heading).toBe('Check your answers');
  });
});
