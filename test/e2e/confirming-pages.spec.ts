import { createHub, type Hub } from '../support/hub.ts';
import { aDecision } from '../support/page/answers.ts';
import { RunningConsole } from '../support/running-console.ts';
import { aBruisedBaby, aRoutineAmber } from '../support/referrals.ts';

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
const RECORD = 'Confirm amber, record and take the next';

describe('the form of a decision on a rating that no person has confirmed', () => {
  it('shows the suggested rating with its reasons, and its button says that it confirms it', async () => {
    const reference = await hub.submit(aRoutineAmber());
    const worker = await console.visitedBy(hub.socialWorker, decisionOf(reference));
    expect(worker.page.text).toContain('The rules suggest amber, because');
    expect(worker.page.buttons()).toEqual(expect.arrayContaining([RECORD, 'Check your answers', 'Give this rating']));
    const check = await worker.press('Check your answers', aDecision());
    expect(check.fact('Rating')).toBe('Amber, which you confirm');
    await worker.press('Record the decision');
    const { rating, by, reason } = (await hub.read(reference)).ratings.at(-1)!;
    expect([rating, by, reason]).toEqual(['amber', hub.socialWorker.name, expect.stringContaining('Confirmed in')]);
  });

  it.each([RECORD, 'Check your answers'])(
    'records nothing by “%s” when the form confirms no rating',
    async (button) => {
      const reference = await hub.submit(aRoutineAmber());
      const worker = await console.visitedBy(hub.socialWorker, decisionOf(reference));
      const { pairs, action } = worker.page.sendingBy(button, aDecision());
      expect(pairs).toContainEqual(['confirmsRating', 'amber']);
      const without = pairs.filter(([name]) => name !== 'confirmsRating');
      const refused = await worker.send('POST', action, without);
      expect([refused.status, refused.refusal]).toEqual([422, expect.stringContaining('Confirm the rating')]);
      expect((await hub.read(reference)).decisions).toEqual([]);
    },
  );

  it('needs no confirmation at the check when a colleague has confirmed the rating', async () => {
    const reference = await hub.submit(aRoutineAmber());
    await hub.rates(hub.screener, reference, 'amber');
    const worker = await console.visitedBy(hub.socialWorker, decisionOf(reference));
    await worker.types('Check your answers', aDecision());
    const page = await worker.open(`${decisionOf(reference)}/check`);
    expect(page.heading).toBe('Check your answers');
  });

  it('changes the rating on the same page, and goes on there', async () => {
    const reference = await hub.submit(aRoutineAmber());
    const worker = await console.visitedBy(hub.socialWorker, decisionOf(reference));
    const page = await worker.press('Give this rating', { 'How urgent is it?': 'Red', 'Why?': 'He is with her now.' });
    expect([page.path, page.notices()]).toEqual([decisionOf(reference), [`${reference} is rated red.`]]);
    expect(page.buttons()).toContain('Record and take the next');
  });

  it('asks for no confirmation when a person has rated the referral', async () => {
    const reference = await hub.submit(aRoutineAmber());
    await hub.rates(hub.screener, reference, 'amber');
    const worker = await console.visitedBy(hub.socialWorker, decisionOf(reference));
    expect([worker.page.heading, worker.page.buttons().join().includes('Confirm')]).toEqual(['Decide', false]);
    const check = await worker.press('Check your answers', aDecision());
    expect(check.heading).toBe('Check your answers');
  });
});

describe('the page of a referral', () => {
  it('confirms the suggested rating by one press, with the rules as the reason', async () => {
    const reference = await hub.submit(aBruisedBaby());
    const worker = await console.visitedBy(hub.socialWorker, `/referrals/${reference}`);
    const page = await worker.press('Confirm red');
    expect(page.notices()[0]).toContain('You confirmed the rating');
    expect(page.text).toContain('As the rules suggest: Injury to a child who is not yet mobile');
    expect(page.buttons()).not.toContain('Confirm red');
  });

  it('says that nothing was recorded when a colleague has rated it meanwhile', async () => {
    const reference = await hub.submit(aRoutineAmber());
    const worker = await console.visitedBy(hub.socialWorker, `/referrals/${reference}`);
    await hub.rates(hub.screener, reference, 'amber', 'The school rang.');
    const page = await worker.press('Confirm amber');
    expect(page.notices()[0]).toContain('Nothing was recorded');
    expect((await hub.read(reference)).ratings.filter(({ by }) => by !== null)).toHaveLength(1);
  });
});

describe('the next thing to do', () => {
  it('is the next referral after a screener sends one on, which can be taken back', async () => {
    const [first, second] = [await hub.submit(aBruisedBaby()), await hub.submit(aRoutineAmber())];
    const screener = await console.visitedBy(hub.screener, '/queue');
    await screener.press('Take the next one');
    const page = await screener.press('Confirm red and send to social workers, take the next');
    expect([page.path, page.notices()[0]]).toEqual([
      `/referrals/${second}?done=${first}`,
      expect.stringContaining('waits for a social worker. This is the next one.'),
    ]);
    expect(await hub.holderOf(first)).toBeNull();
    expect((await screener.press('Take it back')).path).toBe(`/referrals/${first}`);
    expect(await hub.holderOf(first)).toBe(hub.screener.name);
  });

  it('is to send a referral on for a screener who has changed its rating', async () => {
    const reference = await hub.submit(aRoutineAmber());
    const screener = await console.visitedBy(hub.screener, '/queue');
    await screener.press('Take the next one');
    await hub.rates(hub.screener, reference, 'red', 'The school rang.');
    await screener.open(`/referrals/${reference}`);
    const page = await screener.press('Send to social workers, take the next');
    expect(page.notices()[0]).toContain(`${reference} waits for a social worker.`);
    expect(await hub.holderOf(reference)).toBeNull();
  });

  it('is the next referral after a decision, which can be taken back from there', async () => {
    const [first, second] = [await hub.submit(aRoutineAmber()), await hub.submit(aRoutineAmber())];
    const worker = await console.visitedBy(hub.socialWorker, '/queue');
    expect((await worker.press('Take the next one')).path).toBe(decisionOf(first));
    const page = await worker.press(RECORD, aDecision('Child and family assessment', LEVEL_3));
    expect([page.path, page.notices()[0]]).toEqual([
      `${decisionOf(second)}?done=${first}`,
      expect.stringContaining('is recorded and in effect. This is the next one.'),
    ]);
    expect((await worker.press('Take it back')).notices()[0]).toContain('is taken back');
    expect((await hub.read(first)).status).toBe('awaiting_decision');
  });

  it('is said to be nothing when nothing waits', async () => {
    const reference = await hub.submit(aRoutineAmber());
    const worker = await console.visitedBy(hub.socialWorker, decisionOf(reference));
    const page = await worker.press(RECORD, aDecision('Child and family assessment', LEVEL_3));
    expect([page.path, page.notices()[0]]).toEqual([
      `/referrals/${reference}`,
      expect.stringContaining('Nothing else is waiting for you to take.'),
    ]);
    expect(page.buttons()).toContain('Take it back');
  });

  it('is the check where the decision is unusual, and for a person who prefers it', async () => {
    const [baby, amber] = [await hub.submit(aBruisedBaby()), await hub.submit(aRoutineAmber())];
    const worker = await console.visitedBy(hub.socialWorker, decisionOf(baby));
    const paused = await worker.press('Confirm red, record and take the next', aDecision('No further action'));
    expect(paused.heading).toBe('Stop and read before you decide this');
    await worker.open(decisionOf(amber));
    expect((await worker.press(RECORD, aDecision('No further action'))).heading).toBe('Check your answers');
    expect((await hub.read(amber)).decisions).toEqual([]);
    await worker.open('/preferences');
    await worker.press('Save', { 'Show me every decision to check before it is recorded': true });
    expect((await worker.open(decisionOf(amber))).buttons()).not.toContain(RECORD);
  });

  it('is the next decision to sign off after a manager signs one', async () => {
    const [first, second] = [await hub.submit(aRoutineAmber()), await hub.submit(aRoutineAmber())];
    for (const reference of [first, second])
      await hub.decides(hub.socialWorker, reference, { outcome: 'no_further_action' });
    const manager = await console.visitedBy(hub.manager, `/referrals/${first}`);
    const page = await manager.press('Sign off, show the next');
    expect([page.path, page.buttons()]).toEqual([
      `/referrals/${second}/sign-off?done=${first}`,
      expect.arrayContaining(['Take it back', 'Sign off, show the next', 'Return it to be decided again']),
    ]);
    const last = await manager.press('Sign off, show the next');
    expect(last.notices()[0]).toContain('Nothing else waits for your sign-off.');
  });
});

const LEVEL_3 = { 'Which level of need?': 'Level 3: Targeted' };
