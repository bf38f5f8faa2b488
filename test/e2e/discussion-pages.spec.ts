import { createHub, type Hub } from '../support/hub.ts';
import { aBruisedBaby, aPoorAttender, aRoutineAmber } from '../support/referrals.ts';
import { RunningConsole } from '../support/running-console.ts';

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

const at = (reference: string) => `/referrals/${reference}/discussion`;

async function needsOne(referral = aRoutineAmber()): Promise<string> {
  const reference = await hub.submit(referral);
  const decision = { outcome: 'strategy_discussion', thresholdLevel: 4 } as const;
  if ((await hub.decides(hub.socialWorker, reference, decision)).length > 0) await hub.signsOff(hub.manager, reference);
  return reference;
}

const CALL = {
  Day: '2026-11-23',
  Time: '2.30pm',
  'Who is in the chair': 'Mel Manager, practice manager',
  'Social care': true,
  Police: true,
  Health: true,
};
const came = (agency: string, who: string): Record<string, string> => ({
  [`${agency}: who came`]: who,
  [`${agency}: did they agree?`]: 'Agreed',
});
const HELD: Record<string, string> = {
  'Was it held?': 'Yes',
  Day: '2026-11-23',
  Time: '10:00',
  ...came('Social care', 'Sol Worker, social worker'),
  ...came('Police', 'Al Reed, detective sergeant\nBo Lane, constable'),
  ...came('Health', 'Ed Kay, paediatrician'),
  'What did it come to?': 'Section 47 enquiries by social care and the police together',
  'What was said, in short': 'The bruise has <b>no</b> explanation.\nA medical today.',
};

it('a strategy discussion is called and recorded from its page, and stands on the referral, its timeline and its sheet', async () => {
  const reference = await needsOne(aBruisedBaby());
  const worker = await console.visitedBy(hub.socialWorker, `/referrals/${reference}`);
  expect(worker.page.under('Strategy discussion')).toContain('Not yet held.');
  expect(worker.page.under('Strategy discussion')).toContain('due at the end of today');
  await worker.click('Call it, or record how it went');
  const called = await worker.press('Call the discussion', CALL);
  expect([called.path, called.notices()]).toEqual([at(reference), ['The strategy discussion is called.']]);
  expect(called.fact('Called')).toBe('For 2:30pm today, by Sol Worker, 10am today');
  expect(called.fact('Asked')).toBe('Social care, Police, Health');
  await hub.moveBy({ minutes: 40 });
  const dissent = {
    'Health: did they agree?': 'Did not agree',
    'Health: why they did not agree, or could not come': 'It was a fall.',
  };
  const absent = { 'School, nursery or college: why they did not agree, or could not come': 'Closed today.' };
  const recorded = await worker.press('Record how it went', { ...HELD, ...dissent, ...absent });
  expect(recorded.notices()).toEqual(['How the strategy discussion went is recorded.']);
  for (const path of ['', '/discussion', '/print']) {
    const { text } = await worker.open(`/referrals/${reference}${path}`);
    for (const words of [
      ...['Outcome Section 47 enquiries by social care and the police together', 'Agreed by Social care, Police'],
      ...['Not agreed Health: It was a fall.', 'Al Reed, detective sergeant', 'Bo Lane, constable'],
      ...['Could not come School, nursery or college: Closed today.', 'The bruise has <b>no</b> explanation.'],
      ...['Child protection conference', 'In the chair Mel Manager, practice manager'],
    ])
      expect([path, text]).toEqual([path, expect.stringContaining(words)]);
  }
  const family = await worker.open(`/referrals/${reference}/for-family`);
  expect([family.status, family.text.includes('Elodie'), /It was a fall|Al Reed|Section 47/.test(family.text)]).toEqual(
    [...[200, true, false]],
  );
  const timeline = await worker.open(`/referrals/${reference}/timeline`);
  expect(timeline.text).toContain('Called a strategy discussion: number 1; asked social care, police, health');
  expect(timeline.text).toContain(
    'Recorded a strategy discussion: number 1; section 47 enquiries by social care and the police together; not agreed by health',
  );
});

it('a discussion without police is kept in the form for a social worker, and recorded by a manager with a reason', async () => {
  const reference = await needsOne();
  const absent = 'Police: why they did not agree, or could not come';
  const without = Object.fromEntries(
    Object.entries({ ...HELD, [absent]: 'On an arrest.' }).filter(([label]) => !/^Police: (who|did)/.test(label)),
  );
  const worker = await console.visitedBy(hub.socialWorker, at(reference));
  expect(worker.page.text).not.toContain('Your reason, as a manager');
  const refused = await worker.press('Record how it went', without);
  expect([refused.status, refused.errors()[0]]).toEqual([
    409,
    expect.stringContaining('The discussion was not quorate'),
  ]);
  expect(refused.field('What was said, in short').value).toContain('A medical today.');
  const manager = await console.visitedBy(hub.manager, at(reference));
  const asked = await manager.press('Record how it went', without);
  expect([asked.status, asked.errors()]).toEqual([
    ...[422, ['It was not quorate: say why it is recorded without social care, police or health']],
  ]);
  const done = await manager.press('Record how it went', { 'Your reason, as a manager': 'The child cannot wait.' });
  expect(done.fact('Not quorate')).toBe('Without Police. Mel Manager: The child cannot wait.');
  expect(done.fact('Could not come')).toBe('Police: On an arrest.');
});

it.each<[string, Record<string, string>, readonly unknown[]]>([
  [
    'nothing typed',
    { 'Was it held?': 'Yes' },
    [
      ...['Enter the day on which it was held', 'Enter a time such as 14:30 or 2.30pm', 'Select what it came to'],
      'Enter a short record of what was said',
    ],
  ],
  ['nothing chosen', {}, ['Select whether it was held']],
  [
    'a person without a role',
    { ...HELD, 'Police: who came': 'Al Reed' },
    ['Police: enter name and role of each person, with a comma between, such as Al Reed, detective sergeant'],
  ],
  [
    'an agency that did not agree and no reason',
    { ...HELD, 'Police: did they agree?': 'Did not agree' },
    ['Police: say why they did not agree'],
  ],
  [
    'a time that does not exist',
    { ...HELD, Day: '2026-03-29', Time: '01:30' },
    ['The clocks go forward that night, and there is no such time: enter another'],
  ],
  ['a time to come', { ...HELD, Time: '10:01' }, [expect.stringContaining('The discussion was not held at that time')]],
])('a record with %s is refused with words', async (_, answers, errors) => {
  const reference = await needsOne();
  const worker = await console.visitedBy(hub.socialWorker, at(reference));
  const page = await worker.press('Record how it went', answers);
  expect(page.errors()).toEqual(errors);
  expect(page.text).toContain('Not yet held.');
});

it('a call without answers is refused with words', async () => {
  const reference = await needsOne();
  const worker = await console.visitedBy(hub.socialWorker, at(reference));
  const page = await worker.press('Call the discussion', { Time: 'soon' });
  expect([page.status, page.errors()]).toEqual([
    422,
    [
      'Enter the day for which it is called',
      'Enter a time such as 14:30 or 2.30pm',
      'Enter who is in the chair',
      'Select who is asked',
    ],
  ]);
  const other = await worker.press('Call the discussion', { ...CALL, 'Another agency': true });
  expect(other.errors()).toEqual(['Enter which other agency is asked']);
});

it('another discussion keeps the first on the page, and a conference is recorded', async () => {
  const reference = await needsOne();
  const worker = await console.visitedBy(hub.socialWorker, at(reference));
  await worker.press('Record how it went', HELD);
  const silent = await worker.press('Call the discussion', CALL);
  expect([silent.status, silent.errors()[0]]).toEqual([409, expect.stringContaining('Say why another one is needed')]);
  const page = await worker.press('Call the discussion', {
    ...CALL,
    'Why is another discussion needed?': 'A second bruise.',
  });
  expect(page.under('Strategy discussion 1')).toContain('Section 47 enquiries');
  expect(page.under('Strategy discussion 2')).toContain('A second bruise. (Sol Worker)');
  expect(page.text).not.toContain('No conference is needed');
  const held = await worker.press('Record the conference', {
    'Was the conference held?': 'The conference was held',
    'Day of the conference': '2026-11-23',
  });
  expect(held.under('Child protection conference')).toBe('Held on 23 November 2026. Sol Worker, 10am today');
});

it('a screener and an auditor read a discussion and have no form for it, and a referral without one says so', async () => {
  const reference = await needsOne();
  await hub.openForAudit(reference, 'Sampled', hub.auditor);
  for (const person of [hub.screener, hub.auditor]) {
    const visitor = await console.visitedBy(person, at(reference));
    expect([visitor.page.status, visitor.page.heading]).toEqual([200, 'Strategy discussion']);
    expect(visitor.page.text).not.toContain('Call the discussion');
    expect((await visitor.open(`/referrals/${reference}`)).links()).not.toContain('Call it, or record how it went');
  }
  const none = await hub.submit(aPoorAttender());
  const worker = await console.visitedBy(hub.socialWorker, at(none));
  expect(worker.page.text).toContain('No decision asks for a strategy discussion.');
  expect(worker.page.text).not.toContain('Call the discussion');
});

describe('the overview', () => {
  it('says how many discussions are not yet held beside the median of the month, and leads to their list, the longest first', async () => {
    const [held, late] = [await needsOne(), await needsOne(aBruisedBaby())];
    await hub.moveBy({ minutes: 50 });
    const worker = await console.visitedBy(hub.socialWorker, at(held));
    await worker.press('Record how it went', { ...HELD, Time: '10:50' });
    await hub.moveTo('2026-11-24T09:00');
    const newer = await needsOne();
    const manager = await console.visitedBy(hub.manager, '/oversight');
    expect(manager.page.text).toContain('half of this month’s 3 held within 50 min; 2 of them not yet held');
    const list = await manager.open(manager.page.link('2 strategy discussions not yet held'));
    expect(list.path).toBe('/oversight/discussions');
    expect(list.links().filter((link) => link.startsWith('MASH-'))).toEqual([late, newer]);
    expect(list.text).toContain('overdue by 9 hours');
    expect(list.text).toContain('1 held, 1 of them in time.');
    const other = await manager.press('Show these months', { 'First month': '2026-10', 'Last month': '2026-09' });
    expect(other.text).toContain('September 2026 to October 2026');
    expect(other.text).toContain('No strategy discussion was needed.');
    expect((await manager.open('/oversight/discussions?from=x&to=2026-13')).text).toContain(
      '1 held, 1 of them in time.',
    );
  });

  it('shows an auditor the list without the names of children', async () => {
    const reference = await needsOne();
    const { children } = await hub.read(reference);
    const name = children[0]!.lastName!;
    const manager = await console.visitedBy(hub.manager, '/oversight/discussions');
    expect(manager.page.text).toContain(name);
    const auditor = await console.visitedBy(hub.auditor, '/oversight/discussions');
    expect([auditor.page.text.includes(reference), auditor.page.text.includes(name)]).toEqual([true, false]);
  });
});

it('a decision at level 4 without a discussion is asked why, and the manager who signs it off reads it', async () => {
  const reference = await hub.submit(aRoutineAmber());
  const WHY = 'Why is there no strategy discussion?';
  const worker = await console.visitedBy(hub.socialWorker, `/referrals/${reference}/decision`);
  const asked = await worker.press('Check your answers', {
    'What is to happen?': 'Child and family assessment',
    'Which level of need?': 'Level 4: Acute',
    'What is the primary need?': 'Abuse, neglect or exploitation, domestic abuse included',
    Rationale: 'He is away from home again and again.',
  });
  expect([asked.status, asked.errors()]).toEqual([
    ...[422, ['Say why there is no strategy discussion, or change the outcome or the level']],
  ]);
  const check = await worker.press('Check your answers', { [WHY]: 'Police and health see no harm yet.' });
  expect(check.fact('Why there is no strategy discussion')).toBe('Police and health see no harm yet.');
  await worker.press('Record the decision');
  const manager = await console.visitedBy(hub.manager, `/referrals/${reference}/sign-off`);
  expect(manager.page.text).toContain('Why there is no strategy discussion: Police and health see no harm yet.');
});
