import { randomUUID } from 'node:crypto';
import { DEFAULT_POLICY, type Outcome } from '#domain';
import { createHub, type Hub } from '../support/hub.ts';
import { aDecision } from '../support/page/answers.ts';
import { RunningConsole } from '../support/running-console.ts';
import { aRoutineAmber, aFamilyShortOfMoney } from '../support/referrals.ts';

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

const caseCheckOf = (reference: string) => `/referrals/${reference}/case-check`;
const decisionOf = (reference: string) => `/referrals/${reference}/decision`;
const SAYS = 'What does the case system say?';
const OPEN = { [SAYS]: 'Known, open', 'Number there': '7712', 'Allocated worker': 'Ann Lee', Team: 'North' };

/** From now on a policy holds that asks for the check before these outcomes. */
async function asksBefore(...askedBefore: readonly Outcome[]): Promise<void> {
  await hub.publish.execute({
    version: { kind: 'policy', policy: { ...DEFAULT_POLICY, caseCheck: { askedBefore } } },
    ...{ reason: 'Children were open', effectiveFrom: null, seen: 1, formId: randomUUID(), by: hub.manager },
  });
  await console.restart();
}

it('one press says that no child of a referral is known in the case system, and its pages say by whom', async () => {
  const reference = await hub.submit(aFamilyShortOfMoney());
  const screener = await console.visitedBy(hub.screener, `/referrals/${reference}`);
  expect(screener.page.under('Case system')).toContain('Not looked for in the case system yet: ');
  await screener.click('Case system');
  const page = await screener.press('No child is known there');
  expect([page.path, page.notices()]).toEqual([
    `/referrals/${reference}`,
    [`What the case system says is on ${reference}.`],
  ]);
  for (const path of ['', '/print', '/decision']) {
    const reader = path === '/decision' ? await console.visitedBy(hub.socialWorker) : screener;
    const { text } = await reader.open(`/referrals/${reference}${path}`);
    expect([path, text.match(/Not known there\. Sam Screener, 10am/g)]).toEqual([
      path,
      Array(2).fill(expect.anything()),
    ]);
  }
  const { text } = await screener.open(`/referrals/${reference}/timeline`);
  expect(text).toContain('Looked in the case system: child 1: not known there; child 2: not known there');
  // A press for all could hide what is found later.
  await screener.open(caseCheckOf(reference));
  expect(screener.page.buttons()).not.toContain('No child is known there');
});

it.each([
  [{}, 'Select what the case system says of a child'],
  [{ [SAYS]: 'Known, open' }, 'Enter the allocated worker, or the team where none is allocated'],
  [{ [SAYS]: 'Could not be checked' }, 'Enter why it could not be checked'],
  [{ 'Allocated worker': 'Ann Lee' }, 'Select what the case system says of this child'],
  [{ ...OPEN, Team: 'N'.repeat(201) }, 'The team must be 200 characters or fewer'],
])('a look in the case system with %j is refused with words, and kept in the form', async (answers, error) => {
  const reference = await hub.submit(aRoutineAmber());
  const worker = await console.visitedBy(hub.socialWorker, caseCheckOf(reference));
  const page = await worker.press('Record it', answers);
  expect([page.status, page.errors()]).toEqual([422, [error]]);
  expect((await hub.read(reference)).caseChecks).toEqual([]);
  if ('Allocated worker' in answers) expect(page.field('Allocated worker').value).toBe('Ann Lee');
});

it('a decision that needs the case system says so, leads there and back, and is then recorded', async () => {
  await asksBefore('early_help');
  const reference = await hub.submit(aRoutineAmber());
  const worker = await console.visitedBy(hub.socialWorker, decisionOf(reference));
  const refused = await worker.press('Check your answers', aDecision());
  expect([refused.status, refused.errors()]).toEqual([
    422,
    [expect.stringContaining('Look for each child in the case system first')],
  ]);
  await worker.click('Record what the case system says');
  const back = await worker.press('Record it', {
    [SAYS]: 'Could not be checked',
    'Why it could not be checked': 'It is down',
  });
  expect(back.path).toBe(decisionOf(reference));
  expect(back.text).toContain('Could not be checked: It is down. Sol Worker');
  const check = await worker.press('Check your answers');
  expect(check.heading).toBe('Check your answers');
  await worker.press('Record the decision');
  expect((await hub.read(reference)).decisions).toMatchObject([{ outcome: 'early_help' }]);
});

it('a decision about a child with an open case names the worker, and asks why it goes elsewhere', async () => {
  const reference = await hub.submit(aRoutineAmber());
  const worker = await console.visitedBy(hub.socialWorker, `${caseCheckOf(reference)}?then=decision`);
  const form = await worker.press('Record it', OPEN);
  expect(form.path).toBe(decisionOf(reference));
  expect(form.text).toContain('has an open case, with Ann Lee, North. An open child goes to the allocated worker.');
  const why = 'Why does it not go to the allocated worker?';
  // No outcome is selected for the person.
  expect(form.attributes('checked')).toEqual([]);
  const asked = await worker.press('Check your answers', aDecision());
  expect([asked.status, asked.errors()]).toEqual([
    422,
    ['Say why it does not go to the allocated worker, or select that it does'],
  ]);
  const check = await worker.press('Check your answers', { [why]: 'The case closes today.' });
  expect(check.fact('Why it does not go to the allocated worker')).toBe('The case closes today.');
  await worker.press('Record the decision');
  for (const path of ['/decisions', '/print']) {
    const { text } = await worker.open(`/referrals/${reference}${path}`);
    expect(text).toContain('Why it does not go to the allocated worker: The case closes today.');
  }
});

it('a decision to the allocated worker of an open child asks for no reason, and goes to the one who is named', async () => {
  const reference = await hub.submit(aRoutineAmber());
  const worker = await console.visitedBy(hub.socialWorker, `${caseCheckOf(reference)}?then=decision`);
  await worker.press('Record it', OPEN);
  const check = await worker.press('Check your answers', aDecision('To allocated worker'));
  expect([check.heading, check.fact('Where it goes')]).toEqual(['Check your answers', 'Ann Lee, by the case system']);
  const done = await worker.press('Record the decision');
  expect(done.under('Where it went')).toContain('Ann Lee');
});

it('the page of the policy says before which outcomes the case system is asked, and changes them', async () => {
  await console.restart();
  const manager = await console.visitedBy(hub.manager, '/policy');
  expect(manager.page.text).toContain('No decision waits until a child has been looked for in the case system.');
  await manager.open('/policy/change');
  const preview = await manager.press('Preview', {
    'Before “Early help”': true,
    'Why does this change?': 'Children were open',
  });
  expect(preview.text).toContain('The case system is asked first from then on: Early help');
  const published = await manager.press('Publish');
  expect(published.text).toContain('Each child is looked for in the case system before one of these.');
  expect((await hub.policies.inForce()).policy.caseCheck).toEqual({ askedBefore: ['early_help'] });
  await console.restart();
});
