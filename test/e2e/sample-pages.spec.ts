import { DrawSample } from '#oversight';
import { addStaff, type Member } from '../support/agencies-and-staff.ts';
import { createHub, type Hub } from '../support/hub.ts';
import { aCoachMessagingChildren, aRoutineAmber } from '../support/referrals.ts';
import { RunningConsole } from '../support/running-console.ts';
import type { Visitor } from '../support/visitor.ts';

let hub: Hub;
let console: RunningConsole;
let auditor: Member;
beforeAll(async () => {
  hub = await createHub();
  console = await RunningConsole.start(hub);
});
beforeEach(async () => {
  await hub.reset();
  auditor = await addStaff(hub.database, 'auditor', [], 'Ada Auditor');
});
afterAll(async () => {
  await console.stop();
  await hub.drop();
});

const MONTH = '/oversight/samples/2026-11';
const BLIND = {
  'What should have happened?': 'Strategy discussion',
  'Which level of need?': 'Level 4: Acute',
};
const CRITERIA = [
  'Referral detail',
  'Response',
  'Ongoing risk assessment',
  'Thorough analysis',
  'Child-centred practice',
  'Management oversight',
  'Timeliness',
  'Multi-agency working',
];
const grades = (whole: string) => ({
  ...Object.fromEntries(CRITERIA.map((one) => [one, 'Good'])),
  'The decision as a whole': whole,
  'What did you find?': 'The bruises were not weighed.',
});
const UNSAFE = {
  ...grades('Inadequate'),
  'A child may be unsafe': true,
  'Why may a child be unsafe?': 'He still sees the coach.',
};

/** A referral of November, lowered, decided and signed off, with words that no blind reader may see. */
async function sampled(): Promise<string> {
  const reference = await hub.submit(aCoachMessagingChildren());
  await hub.rates(hub.otherManager, reference, 'green', 'Canaryella lowered it.');
  await hub.decides(hub.socialWorker, reference, {
    ...{ outcome: 'no_further_action', thresholdLevel: 1, rationale: 'Canaryella decided it so.' },
    analysis: { worries: 'Canaryella', workingWell: '', needsToHappen: '', safetyScale: 9, childsVoice: 'Canaryella' },
  });
  await hub.signsOff(hub.manager, reference, { comments: 'Canaryella agreed.' });
  await hub.moveTo('2026-12-01T09:00');
  await hub.whole.get(DrawSample).execute('2026-11');
  return reference;
}

async function opened(by: { subject: string } = auditor): Promise<Visitor> {
  const visitor = await console.visitedBy(by, MONTH);
  await visitor.click('Decision 1');
  return visitor;
}

it('a blind reader sees the referral and nothing of the decision, on the page and in what is sent of it', async () => {
  const reference = await sampled();
  const reader = await opened();
  const { page } = reader;
  expect(page.heading).toBe('Decision 1 of the sample of November 2026');
  expect(page.text).toContain('I am the welfare officer of a junior running club.');
  const list = await console.visitedBy(auditor, MONTH);
  for (const { html } of [page, list.page]) {
    for (const leak of [
      reference,
      'Canaryella',
      'Sol Worker',
      'Max Manager',
      'Mel Manager',
      'lowered',
      'Signed',
      'signed it off',
      'Rationale',
    ]) {
      expect([leak, html.includes(leak)]).toEqual([leak, false]);
    }
  }
  // No answer is chosen before the reader chooses one.
  expect(page.field('What should have happened?').chosen).toBeNull();
  expect(page.html).not.toContain('checked');
  // What a form without answers shows again leaks no more.
  const again = await reader.press('Record and show the decision');
  expect([again.status, again.errors()]).toEqual([
    422,
    ['Select what should have happened', 'Select the level of need'],
  ]);
  expect(again.html).not.toContain('Canaryella');
});

it('a reader says what should have happened, sees the decision only then, and grades it', async () => {
  const reference = await sampled();
  const reader = await opened();
  const decision = await reader.press('Record and show the decision', BLIND);
  expect(decision.rowsOf('Reader and decision')).toEqual([
    ['Outcome', 'Strategy discussion', 'No further action'],
    ['Level of need', 'Level 4: Acute', 'Level 1: Universal'],
  ]);
  expect(decision.fact('Rationale')).toBe('Canaryella decided it so.');
  const missing = await reader.press('Record the grade', { 'What did you find?': 'Too little.' });
  expect([missing.status, missing.errors().length]).toEqual([422, 9]);
  const graded = await reader.press('Record the grade', grades('Requires improvement'));
  expect(graded.notices()).toEqual(['Your grade is recorded.']);
  expect([graded.fact('Timeliness'), graded.text.includes('Requires improvement')]).toEqual(['Good', true]);
  expect(graded.text).toContain('Drawn because: No further action The rating was lowered');
  const month = await reader.open(MONTH);
  expect(month.rowsOf('Decisions of the sample, in the order of the draw')).toEqual([
    ['Decision 1', reference, 'Requires improvement, read by Ada Auditor'],
  ]);
  expect(month.text).toContain('Level: 0 of 1 alike, kappa 0.00.');
  expect((await reader.open('/oversight/samples')).rowsOf('Dip samples, the latest first')).toMatchObject([
    ['November 2026', '1', '1', '0', '0', expect.any(String)],
  ]);
});

it('a decision that may leave a child unsafe opens its referral again, and the page of that says why', async () => {
  const reference = await sampled();
  const reader = await opened();
  await reader.press('Record and show the decision', BLIND);
  const done = await reader.press('Record the grade', UNSAFE);
  expect(done.notices()[0]).toContain('The referral is open again, and the managers are alerted now.');
  await hub.fireDue.execute();
  const worker = await console.visitedBy(hub.socialWorker, `/referrals/${reference}`);
  expect(worker.page.text).toContain('Opened again: to be decided again');
  expect((await worker.open('/queue')).text).toContain('opened again');
  await worker.open(`/referrals/${reference}`);
  expect(worker.page.text).toContain('Opened again after a sample, because a child may be unsafe, by Ada Auditor');
  expect(worker.page.text).toContain('He still sees the coach.');
  expect(worker.page.headings()).toContain('Decision that a sample opened again');
  expect((await worker.open(`/referrals/${reference}/decision`)).text).toContain('He still sees the coach.');
  expect((await worker.open(`/referrals/${reference}/timeline`)).text).toContain(
    'Opened it again: a sample found that a child may be unsafe',
  );
  const manager = await console.visitedBy(hub.manager, '/alerts');
  expect(manager.page.text).toContain(reference);
  expect((await manager.open(`/referrals/${reference}/alerts`)).status).toBe(200);
});

it.each([
  [
    'ticks it with another grade',
    { 'The decision as a whole': 'Good' },
    'A decision that may leave a child unsafe is inadequate',
  ],
  ['does not say why', { 'Why may a child be unsafe?': '' }, 'Say why a child may be unsafe'],
  ['says why without the tick', { 'A child may be unsafe': false }, 'Tick that a child may be unsafe'],
])('a reader of an unsafe decision who %s is told so, and nothing is opened', async (_, wrong, said) => {
  const reference = await sampled();
  const reader = await opened();
  await reader.press('Record and show the decision', BLIND);
  const page = await reader.press('Record the grade', { ...UNSAFE, ...wrong });
  expect([page.status, page.errors()]).toEqual([422, [expect.stringContaining(said)]]);
  expect((await hub.read(reference)).status).toBe('decided');
});

it('the person who decided and the person who signed are told that another reads it', async () => {
  await sampled();
  const auditorsPage = (await opened()).page.path;
  const signer = await console.visitedBy(hub.manager, MONTH);
  expect(signer.page.rowsOf('Decisions of the sample, in the order of the draw')).toEqual([
    ['1', 'Shown once it is graded', 'Another person reads it: you decided it or signed it'],
  ]);
  const refused = await signer.open(auditorsPage);
  expect([refused.status, refused.heading]).toEqual([409, 'You decided this or signed it off']);
  for (const person of [hub.socialWorker, hub.screener]) {
    const visitor = await console.visitedBy(person);
    for (const path of ['/oversight/samples', MONTH, auditorsPage]) expect((await visitor.get(path)).status).toBe(404);
  }
});

it('a sample is drawn again from the page, and found to be the same', async () => {
  await sampled();
  const reader = await console.visitedBy(auditor, MONTH);
  expect((await reader.click('Draw it again and compare')).text).toContain(
    'Drawn again now with this seed, it is the same.',
  );
});

it('a grade that is half written is found again by its reader', async () => {
  await sampled();
  const reader = await opened();
  await reader.press('Record and show the decision', BLIND);
  const saved = await reader.types('Record the grade', { 'What did you find?': 'Half a finding', Timeliness: 'Good' });
  expect(saved.status).toBe(204);
  const page = await reader.open(reader.page.path);
  expect([page.field('What did you find?').value.trim(), page.field('Timeliness').chosen]).toEqual([
    'Half a finding',
    'Good',
  ]);
});

it('a second reader who is late is told so, with the grade of the first', async () => {
  const reference = await hub.submit(aRoutineAmber());
  await hub.decides(hub.socialWorker, reference);
  await hub.moveTo('2026-12-01T09:00');
  await hub.whole.get(DrawSample).execute('2026-11');
  const [first, second] = [await opened(), await opened(hub.manager)];
  for (const reader of [first, second]) await reader.press('Record and show the decision', BLIND);
  await first.press('Record the grade', grades('Good'));
  const late = await second.press('Record the grade', grades('Outstanding'));
  expect([late.status, late.refusal.includes('Another person has graded this decision')]).toEqual([409, true]);
  expect(late.text).toContain('Ada Auditor');
});

it.each([
  '/oversight/samples/2026-12',
  '/oversight/samples/x',
  `${MONTH}/x`,
  `${MONTH}/01900000-0000-7000-8000-000000000001`,
])('there is no page at %s', async (path) => {
  await sampled();
  expect((await (await console.visitedBy(auditor)).get(path)).status).toBe(404);
});
