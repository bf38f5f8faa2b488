import { createHub, type Hub } from '../support/hub.ts';
import { aDecision } from '../support/page/answers.ts';
import { aCoachMessagingChildren } from '../support/referrals.ts';
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

const child = (firstName: string) => ({ firstName, lastName: 'Vale', dateOfBirth: '2015-04-03' });
const QUESTION = 'For which children is this decision?';
const refer = (...names: string[]) => hub.submit(aCoachMessagingChildren({ children: names.map(child) }));

it('the decision on several children asks for which it is, with no default, and that on one child does not', async () => {
  const worker = await console.visitedBy(hub.socialWorker, `/referrals/${await refer('Ann')}/decision`);
  expect((await worker.open(`/referrals/${await refer('Ann')}/decision`)).text).not.toContain(QUESTION);
  const reference = await refer('Ann', 'Ben');
  const form = await worker.open(`/referrals/${reference}/decision`);
  expect(form.field(QUESTION)).toMatchObject({ chosen: null });
  const { 'if asked: For which children is this decision?': _, ...answers } = aDecision();
  const empty = await worker.press('Check your answers', answers);
  expect([empty.status, empty.field(QUESTION).error]).toEqual([422, 'Select for which children this decision is']);
  const check = await worker.press('Check your answers', { [QUESTION]: 'The same for all children' });
  expect(check.fact('For which children')).toBe('The same for all 2 children');
  await worker.press('Record the decision');
  expect((await worker.open(`/referrals/${reference}`)).text).toContain('The same for all 2 children');
});

it('a child is left out with a reason, and another gets another outcome: said on the referral, its sheet and timeline', async () => {
  const reference = await refer('Ann', 'Ben', 'Cas');
  const worker = await console.visitedBy(hub.socialWorker, `/referrals/${reference}/decision`);
  const asked = await worker.press('Check your answers', {
    ...aDecision(),
    ...{ 'if asked: For which children is this decision?': 'Not the same for each child' },
    'What does it mean for Ann Vale?': 'As for the others',
    'What does it mean for Ben Vale?': 'Left out',
    'What does it mean for Cas Vale?': 'Another outcome',
  });
  expect([asked.status, asked.field('Why Ben Vale is left out').error]).toEqual([422, 'Say why Ben Vale is left out']);
  expect(asked.field('Another outcome for Cas Vale').error).toBe('Select what is to happen for Cas Vale');
  const check = await worker.press('Check your answers', {
    'Why Ben Vale is left out': 'He lives with his father in Leeds.',
    'Another outcome for Cas Vale': 'Child and family assessment',
    'Level of need of Cas Vale': 'Level 3',
  });
  const said =
    'Ann Vale: as decided; Ben Vale: left out, because: He lives with his father in Leeds.; ' +
    'Cas Vale: Child and family assessment, level 3';
  expect(check.fact('For which children')).toBe(said);
  await worker.press('Record the decision');
  for (const part of ['', '/decisions', '/print']) {
    const { text } = await worker.open(`/referrals/${reference}${part}`);
    for (const line of said.split('; ')) expect([part, text.includes(line)]).toEqual([part, true]);
  }
  const { text } = await worker.open(`/referrals/${reference}/timeline`);
  expect(text).toContain('Decided: Early help, 1 child otherwise, 1 child left out');
});

it('a decision that leaves out every child is refused on its form', async () => {
  const reference = await refer('Ann', 'Ben');
  const worker = await console.visitedBy(hub.socialWorker, `/referrals/${reference}/decision`);
  const page = await worker.press('Check your answers', {
    ...aDecision(),
    ...{ 'if asked: For which children is this decision?': 'Not the same for each child' },
    'What does it mean for Ann Vale?': 'Left out',
    'Why Ann Vale is left out': 'No.',
    'What does it mean for Ben Vale?': 'Left out',
    'Why Ben Vale is left out': 'No.',
  });
  expect([page.status, page.text]).toEqual([422, expect.stringContaining('At least one child must be included')]);
});
