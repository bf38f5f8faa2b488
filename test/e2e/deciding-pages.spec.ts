import { createHub, type Hub } from '../support/hub.ts';
import { aDecision, decide } from '../support/page/answers.ts';
import { RunningConsole } from '../support/running-console.ts';
import { aBruisedBaby, aCoachMessagingChildren } from '../support/referrals.ts';

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
const NOTHING = 'No further action';
const isChecked = { heading: 'Check your answers' };

describe('the check of a decision', () => {
  it('asks the decider to stop and read before no further action on a baby, and records nothing without that', async () => {
    const reference = await hub.submit(aBruisedBaby());
    const worker = await console.visitedBy(hub.socialWorker, decisionOf(reference));
    const pause = await worker.press('Check your answers', aDecision(NOTHING));
    expect(pause.heading).toBe('Stop and read before you decide this');
    expect(pause.text).toContain('A child under one or unborn');
    // The button of the check is not on this page: a form that is sent all the same leads back to it.
    const token = pause.sendingBy('I have read this: continue').pairs;
    const passedBy = await worker.send('POST', `${decisionOf(reference)}/check`, token);
    expect(passedBy.leadsTo).toBe(`${decisionOf(reference)}/check`);
    expect((await hub.read(reference)).decisions).toEqual([]);

    expect(await worker.press('I have read this: continue')).toMatchObject(isChecked);
    await worker.open(decisionOf(reference));
    // Another outcome of that kind is read for anew.
    const again = await worker.press('Check your answers', aDecision('Advice and signposting'));
    expect(again.heading).toBe('Stop and read before you decide this');
  });

  it.each([
    [false, 'It takes effect at once; for thirty seconds you can take it back.'],
    [true, 'It takes effect at once and cannot be taken back.'],
  ])('says whether the decision can be taken back: with a child in danger now (%s): %s', async (danger, said) => {
    const reference = await hub.submit(aCoachMessagingChildren({ immediateDanger: danger }));
    const worker = await console.visitedBy(hub.socialWorker, decisionOf(reference));
    const atLevel3 = { 'Which level of need?': 'Level 3: Targeted' };
    const check = await worker.press('Check your answers', aDecision('Child and family assessment', atLevel3));
    expect(check).toMatchObject(isChecked);
    expect(check.text).toContain(said);
    expect(check.text.includes('The sender says that a child is in danger now.')).toBe(danger);
    // It hears of what others do meanwhile, and of who they are.
    expect(check.attributes('data-live')).toEqual([expect.stringContaining(`/live?on=${reference}&since=`)]);
    expect(check.attributes('data-looking')).toHaveLength(1);
  });

  it('shows the answers again before it records them when they were changed in another window', async () => {
    const reference = await hub.submit(aCoachMessagingChildren());
    const [window, other] = [
      await console.visitedBy(hub.socialWorker, decisionOf(reference)),
      await console.visitedBy(hub.socialWorker),
    ];
    await window.press('Check your answers', aDecision('Early help'));
    await other.open(decisionOf(reference));
    const atLevel4 = { 'Which level of need?': 'Level 4: Acute' };
    await other.types('Check your answers', aDecision('Strategy discussion', atLevel4));
    const again = await window.press('Record the decision');
    expect(again).toMatchObject(isChecked);
    expect(again.notices()[0]).toContain('your answers have changed since you checked them');
    expect(again.fact('What is to happen')).toBe('Strategy discussion');
    expect((await hub.read(reference)).decisions).toEqual([]);
  });

  it('says that nothing was recorded when the answers are not kept any more', async () => {
    const reference = await hub.submit(aCoachMessagingChildren());
    const worker = await console.visitedBy(hub.socialWorker, decisionOf(reference));
    await worker.press('Check your answers', aDecision());
    await hub.loseDraftsOf(reference);
    const page = await worker.press('Record the decision');
    expect(page.notices()[0]).toContain('Nothing was recorded: your answers are not here');
    expect((await hub.read(reference)).decisions).toEqual([]);
  });
});

describe('a person who may not decide', () => {
  it('R5: reads who may when a colleague has taken the referral meanwhile, and keeps the answers', async () => {
    const reference = await hub.submit(aCoachMessagingChildren());
    const worker = await console.visitedBy(hub.socialWorker, `/referrals/${reference}`);
    expect(worker.page.link('Decide')).toBe(decisionOf(reference));
    await worker.press('Decide');
    await hub.claims(hub.screener, reference);
    const told = await worker.press('Check your answers', aDecision());
    expect(told.heading).toBe('This referral is with another person');
    expect(told.text).toContain('Only Sam Screener or a manager can decide it');
    expect(told.fact('Rationale')).toBe('Early help, agreed with the school.');
    const page = await worker.open(`/referrals/${reference}`);
    expect([page.text, page.links()]).toEqual([
      expect.stringContaining('With Sam Screener'),
      expect.not.arrayContaining(['Decide']),
    ]);
  });

  it.each([
    ['decision', 'a colleague holds the referral', 'Only Sam Screener or a manager can decide it.'],
    ['decision', 'the referral is decided', 'It is not waiting for a decision any more.'],
    ['rating', 'the referral is decided', 'its rating can be changed no more'],
  ])('is led from the form of a %s back to the referral when %s', async (form, when, because) => {
    const reference = await hub.submit(aCoachMessagingChildren());
    const worker = await console.visitedBy(hub.socialWorker);
    if (when === 'the referral is decided') await hub.decides(hub.manager, reference, { outcome: 'early_help' });
    else await hub.claims(hub.screener, reference);
    const page = await worker.open(`/referrals/${reference}/${form}`);
    expect(page.path).toBe(`/referrals/${reference}`);
    expect(page.notices()[0]).toContain(because);
  });
});

describe('a decision', () => {
  it('begins with the earlier answers when it was returned, and shows why it was', async () => {
    const reference = await hub.submit(aCoachMessagingChildren());
    const [worker, manager] = [await console.visitedBy(hub.socialWorker), await console.visitedBy(hub.manager)];
    await decide(worker, reference, aDecision(NOTHING, { 'What are we worried about?': 'He was seen alone twice.' }));
    await manager.open(`/referrals/${reference}/sign-off`);
    expect(manager.page.text).toContain('He was seen alone twice.');
    await manager.press('Return it to be decided again', { Comments: 'Ask the <school>.' });
    const [row] = (await worker.open('/queue?view=mine')).rowsOf('With me');
    expect(row!.join(' ')).toMatch(/returned .*Sol Worker/);
    const form = await worker.open(decisionOf(reference));
    expect(form.field('What are we worried about?').value).toBe('He was seen alone twice.');
    expect(form.text).toMatch(/Returned by Mel Manager, .*: Ask the <school>\./);
  });

  it('can be taken back only by the decider, and only while the page offers it', async () => {
    const reference = await hub.submit(aCoachMessagingChildren());
    const worker = await console.visitedBy(hub.socialWorker);
    const decided = await decide(worker, reference);
    expect(decided.text).toContain('You can take this back for 30 seconds more');
    const other = await console.visitedBy(hub.manager, `/referrals/${reference}`);
    expect([other.page.text, other.page.buttons()]).toEqual([
      expect.stringContaining('Decided'),
      expect.not.arrayContaining(['Take it back']),
    ]);
    const { pairs, action } = decided.sendingBy('Take it back');
    const [, token] = other.page.sendingBy('Sign out').pairs.find(([name]) => name === '_csrf')!;
    const asOther = pairs.map(([name, value]) => [name, name === '_csrf' ? token : value] as const);
    expect((await other.send('POST', action, asOther)).status).toBe(404);
    const back = await worker.press('Take it back');
    expect(back.notices()[0]).toContain('is taken back. No agency was told.');
    expect(back.text).toContain('Waiting for a decision');
  });

  it('R6: cannot be taken back after thirty seconds, and the page says so', async () => {
    const reference = await hub.submit(aCoachMessagingChildren());
    const worker = await console.visitedBy(hub.socialWorker);
    await decide(worker, reference);
    await hub.moveTo('2026-11-23T10:00:30');
    const late = await worker.press('Take it back');
    expect([late.status, late.text]).toEqual([409, expect.stringContaining('It is too late to take this back')]);
    const page = await worker.open(`/referrals/${reference}`);
    expect([page.text, page.buttons()]).toEqual([
      expect.stringContaining('Decided'),
      expect.not.arrayContaining(['Take it back']),
    ]);
  });

  it('is recorded once when its last button is pressed twice', async () => {
    const reference = await hub.submit(aCoachMessagingChildren());
    const worker = await console.visitedBy(hub.socialWorker, decisionOf(reference));
    const check = await worker.press('Check your answers', aDecision());
    await worker.press('Record the decision', {}, check);
    const again = await worker.press('Record the decision', {}, check);
    expect([again.status, again.path]).toEqual([200, `/referrals/${reference}`]);
    expect((await hub.read(reference)).decisions).toHaveLength(1);
  });
});
