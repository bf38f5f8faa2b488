import { createHub, type Hub } from '../support/hub.ts';
import { aDecision, decide } from '../support/page/answers.ts';
import { RunningConsole } from '../support/running-console.ts';
import { aCoachMessagingChildren, aFracturedToddler } from '../support/referrals.ts';

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
const lastOf = async (reference: string) => (await hub.read(reference)).decisions.at(-1)!;
const COUNTS = 'What does it count as?';
const NEED = 'What is the primary need?';
const WHY_LATE = 'The decision is late. Why?';
const MORE = 'More about why it is late';
const ASSESSED = { 'Which level of need?': 'Level 3: Targeted' };
const ABUSE = 'Abuse, neglect or exploitation, domestic abuse included';

describe('the form of a decision', () => {
  it('has no answer of its own, and says which outcomes the policy proposes each answer for', async () => {
    const reference = await hub.submit(aCoachMessagingChildren());
    const { page } = await console.visitedBy(hub.socialWorker, decisionOf(reference));
    expect([page.field(COUNTS).chosen, page.field(NEED).value]).toEqual([null, '']);
    for (const proposed of [
      'Proposed for: Immediate protection; Strategy discussion; Child and family assessment; Edge of care',
      'Proposed for: Early help; Advice and signposting; To allocated worker; Transfer to other authority',
      'Proposed for no outcome',
    ]) {
      expect(page.text).toContain(proposed);
    }
    expect(page.text).not.toContain(WHY_LATE);
  });

  it.each([
    ['Early help', {}, 'A contact only'],
    ['Child and family assessment', ASSESSED, 'A referral that social care takes on'],
  ])('proposes for %s on the page of the check what is recorded then', async (outcome, level, countsAs) => {
    const reference = await hub.submit(aCoachMessagingChildren());
    const worker = await console.visitedBy(hub.socialWorker, decisionOf(reference));
    const check = await worker.press('Check your answers', aDecision(outcome, { ...level, [NEED]: ABUSE }));
    expect(check.fact('What it counts as')).toBe(`${countsAs}, as the policy proposes for “${outcome}”`);
    expect(check.text).toContain(`you confirm what it counts as: ${countsAs}, as the policy proposes`);
    await worker.press('Record the decision');
    const progression = countsAs === 'A contact only' ? 'contact_only' : 'referral';
    expect(await lastOf(reference)).toMatchObject({ progression, primaryNeed: 'N1' });
  });

  it('lets the decider say otherwise, and shows both', async () => {
    const reference = await hub.submit(aCoachMessagingChildren());
    const worker = await console.visitedBy(hub.socialWorker, decisionOf(reference));
    const own = 'A referral that ends with no further action';
    const check = await worker.press('Check your answers', aDecision('Advice and signposting', { [COUNTS]: own }));
    expect(check.text).toContain(`you confirm what it counts as: ${own}. The policy proposes another`);
    await worker.press('Record the decision');
    expect(await lastOf(reference)).toMatchObject({ progression: 'referral_no_further_action', primaryNeed: 'N4' });
  });

  it.each([
    ['Child and family assessment', ASSESSED],
    ['Early help', { [COUNTS]: 'A referral that social care takes on' }],
    ['Early help', { [COUNTS]: 'A referral that ends with no further action' }],
  ])('asks for the primary need of %s with %j, and keeps what was typed', async (outcome, more) => {
    const reference = await hub.submit(aCoachMessagingChildren());
    const worker = await console.visitedBy(hub.socialWorker, decisionOf(reference));
    const withoutNeed = aDecision(outcome, { ...more, [NEED]: 'Select the need' });
    const asked = await worker.press('Check your answers', withoutNeed);
    expect([asked.status, asked.errors()]).toEqual([
      422,
      ['Select the primary need: the decision counts as a referral'],
    ]);
    expect(asked.field('Rationale').value).toBe('Early help, agreed with the school.');
    const check = await worker.press('Check your answers', { [NEED]: 'Low income' });
    expect(check.fact('Primary need')).toBe('Low income');
  });

  it('takes a contact without a primary need', async () => {
    const reference = await hub.submit(aCoachMessagingChildren());
    const worker = await console.visitedBy(hub.socialWorker);
    const page = await decide(worker, reference, aDecision('Early help', { [NEED]: 'Select the need' }));
    expect([page.fact('What it counts as'), page.fact('Primary need')]).toEqual(['A contact only', 'None named']);
  });

  it('refuses codes that are none of its own', async () => {
    const reference = await hub.submit(aCoachMessagingChildren());
    const worker = await console.visitedBy(hub.socialWorker, decisionOf(reference));
    const { action, pairs } = worker.page.sendingBy('Check your answers', aDecision());
    const forged: Record<string, string> = { progression: 'lost', primaryNeed: 'N10', lateReason: 'Two words' };
    const refused = await worker.send('POST', action, [
      ...pairs.filter(([name]) => !(name in forged)),
      ...Object.entries(forged),
    ]);
    expect([refused.status, refused.errors()]).toEqual([
      422,
      ['Select what it counts as', 'Select the primary need', 'Select a reason of the list'],
    ]);
  });

  it('asks to check again when the policy has come to propose otherwise meanwhile', async () => {
    const reference = await hub.submit(aCoachMessagingChildren());
    const worker = await console.visitedBy(hub.socialWorker, decisionOf(reference));
    await worker.press('Check your answers', aDecision('Early help'));
    const manager = await console.visitedBy(hub.manager, '/policy/change');
    const counts = { 'Early help counts as': 'A referral that social care takes on' };
    const preview = await manager.press('Preview', { ...counts, 'Why does this change?': 'We count it' });
    expect(preview.text).toContain(
      'Proposed from then on: Early help counts as “A referral that social care takes on”',
    );
    await manager.press('Publish');
    const again = await worker.press('Record the decision');
    expect(again.notices()[0]).toContain('Check them again');
    expect(again.fact('What it counts as')).toContain('A referral that social care takes on');
    expect((await hub.read(reference)).decisions).toEqual([]);
    await console.restart();
  });
});

describe('a decision after its limit', () => {
  it('asks why on its form, keeps the reason in the draft, and records it', async () => {
    const reference = await hub.submit(aFracturedToddler());
    await hub.moveTo('2026-11-23T15:00');
    const manager = await console.visitedBy(hub.manager, decisionOf(reference));
    expect(manager.page.field(WHY_LATE).choices).toContain('Waiting for information from an agency');
    const why = { [WHY_LATE]: 'Staff were absent', [MORE]: 'Two of us were <b>ill</b>.' };
    const answers = aDecision('Strategy discussion', { 'Which level of need?': 'Level 4: Acute', ...why });
    await manager.types('Check your answers', answers);
    const kept = await manager.open(decisionOf(reference));
    expect([kept.field(WHY_LATE).chosen, kept.field(MORE).value]).toEqual([
      'Staff were absent',
      'Two of us were <b>ill</b>.',
    ]);
    const check = await manager.press('Check your answers');
    expect(check.fact('Why it is late')).toBe('Staff were absent. Two of us were <b>ill</b>.');
    const said = 'Staff were absent. Two of us were <b>ill</b>.';
    await manager.press('Record the decision');
    for (const page of ['', '/decisions', '/print']) {
      expect((await manager.open(`/referrals/${reference}${page}`)).fact('Why it is late')).toBe(said);
    }
    expect((await manager.open(`/referrals/${reference}/timeline`)).text).toContain(
      'Counted as: a referral that social care takes on. It was late.',
    );
  });

  it('is recorded without a reason, and its page says so', async () => {
    const reference = await hub.submit(aFracturedToddler());
    await hub.moveTo('2026-11-23T15:00');
    const manager = await console.visitedBy(hub.manager, decisionOf(reference));
    const answers = aDecision('Strategy discussion', { 'Which level of need?': 'Level 4: Acute' });
    const check = await manager.press('Check your answers', answers);
    expect([check.fact('Why it is late'), check.link('say why')]).toEqual([
      'Nothing said',
      `${decisionOf(reference)}#lateReason`,
    ]);
    const page = await manager.press('Record the decision');
    expect(page.fact('Why it is late')).toBe('No reason was given');
  });

  it('is not held up when the limit passes while its answers are checked', async () => {
    const reference = await hub.submit(aFracturedToddler());
    await hub.moveTo('2026-11-23T13:59');
    const manager = await console.visitedBy(hub.manager, decisionOf(reference));
    const answers = aDecision('Strategy discussion', { 'Which level of need?': 'Level 4: Acute' });
    const check = await manager.press('Check your answers', answers);
    expect(check.text).not.toContain('Why it is late');
    await hub.moveTo('2026-11-23T14:01');
    expect((await manager.press('Record the decision')).notices()[0]).toContain('is recorded');
    expect(await lastOf(reference)).toMatchObject({ wasLate: true, lateReason: null });
  });

  it('asks once: what was said comes back when it is returned, and the sign-off asks nothing', async () => {
    const reference = await hub.submit(aFracturedToddler());
    await hub.moveTo('2026-11-23T15:00');
    const [worker, manager] = [await console.visitedBy(hub.socialWorker), await console.visitedBy(hub.manager)];
    await worker.open(decisionOf(reference));
    await worker.press('Check your answers', aDecision('Early help', { [WHY_LATE]: 'A technical fault' }));
    await worker.press('I have read this: continue');
    await worker.press('Record the decision');
    const signOff = await manager.open(`/referrals/${reference}/sign-off`);
    expect([signOff.fact('Why it is late'), signOff.text.includes(WHY_LATE)]).toEqual(['A technical fault', false]);
    await manager.press('Return it to be decided again', { Comments: 'Ask.' });
    const form = await worker.open(decisionOf(reference));
    expect([form.field(WHY_LATE).chosen, form.field(COUNTS).chosen, form.field(NEED).chosen]).toEqual([
      'A technical fault',
      // As the policy proposed it: it follows another outcome.
      null,
      'Family in acute stress',
    ]);
  });
});

describe('what was not recorded', () => {
  it('is said to be so of decisions and referrals of before, and of no lateness that was none', async () => {
    const [late, early] = [await hub.submit(aFracturedToddler()), await hub.submit(aCoachMessagingChildren())];
    await hub.decides(hub.manager, early);
    await hub.moveTo('2026-11-23T15:00');
    await hub.decides(hub.manager, late, { outcome: 'strategy_discussion', thresholdLevel: 4 });
    await hub.countingWasNotRecorded();
    const visitor = await console.visitedBy(hub.manager);
    for (const tab of ['', '/print']) {
      const page = await visitor.open(`/referrals/${late}${tab}`);
      for (const key of ['What it counts as', 'Primary need', 'Why it is late', 'Source of the referral']) {
        expect([key, page.fact(key)]).toEqual([key, 'Not recorded']);
      }
    }
    const inTime = await visitor.open(`/referrals/${early}`);
    expect(inTime.fact('Primary need')).toBe('Not recorded');
    expect(inTime.text).not.toContain('Why it is late');
  });
});

it('the page of two deciders shows what each counted', async () => {
  const reference = await hub.submit(aCoachMessagingChildren());
  const [first, second] = [await console.visitedBy(hub.manager), await console.visitedBy(hub.socialWorker)];
  await second.open(decisionOf(reference));
  await second.press('Check your answers', aDecision('Child and family assessment', { ...ASSESSED, [NEED]: ABUSE }));
  await decide(first, reference);
  const told = await second.press('Record the decision');
  expect(told.heading).toBe('This referral has been decided');
  expect([told.fact('What it counts as'), told.fact('Primary need')]).toEqual([
    'A referral that social care takes on, as the policy proposes for “Child and family assessment”',
    ABUSE,
  ]);
});
