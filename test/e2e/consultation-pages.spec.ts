import { createHub, type Hub } from '../support/hub.ts';
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

const RECORD = 'Record it';
const ADVICE = {
  'For which agency?': 'Loomgate School',
  'Name of the caller': 'Ms Bell',
  Role: 'Teacher',
  'What was asked?': 'He says that he sleeps on the stairs. Should I refer him?',
  'What did you advise?': 'Yes: today.',
  'What did it come to?': 'Referral advised',
};
const AGNES = {
  'Child 1: First name': 'Agnès',
  'Child 1: Last name': 'Thornbury',
  'Child 1: Day': '27',
  'Child 1: Month': '3',
  'Child 1: Year': '2019',
};
const NOT_SAID_BY_ADVICE = {
  'How did it come?': 'By telephone',
  'Is a child in danger now?': 'No',
  Neglect: true,
  'How does the caller know?': 'First-hand',
  'Do the parents know of this referral?': 'No',
  'If not, why not?': 'Other',
  'Has the family agreed?': 'Not sought',
};

async function advised(answers = {}) {
  const visitor = await console.visitedBy(hub.screener, '/consultations/new');
  await visitor.press(RECORD, { ...ADVICE, ...AGNES, ...answers });
  return visitor;
}

it('advice with a child’s name is found by a search, and becomes a referral with one press', async () => {
  const visitor = await advised();
  expect(visitor.page.text).toContain('About: Agnès Thornbury, born 27 March 2019');
  await visitor.open('/search');
  const found = await visitor.press('Search', { 'Who do you look for?': 'agnes thornbury' });
  expect(found.rowsOf('Advice given about a child who matches')).toEqual([
    ['Agnès Thornbury, born 27 March 2019', 'Loomgate School: Ms Bell, Teacher', '10am today', 'Referral advised'],
  ]);
  const advice = await visitor.click('Agnès Thornbury, born 27 March 2019');
  expect(advice.text).toContain('A referral is expected by');
  const form = await visitor.press('Record a referral from this');
  expect([form.field('First name').value, form.field('Name of the caller').value]).toEqual(['Agnès', 'Ms Bell']);
  // What was not said is not answered.
  expect(form.attributes('checked')).toEqual([]);
  const received = await visitor.press('Receive this referral', NOT_SAID_BY_ADVICE);
  expect(received.path).toMatch(/^\/referrals\/MASH-/);
  const reference = received.path.split('/').at(-1)!;
  expect((await hub.read(reference)).children).toEqual([
    { firstName: 'Agnès', lastName: 'Thornbury', dateOfBirth: '2019-03-27' },
  ]);
  expect(received.under('Advice was asked about a child of this name')).toContain(
    'This is the referral that came of it.',
  );
  await visitor.click('Referral advised');
  expect(visitor.page.text).toContain(`The referral ${reference} came of it.`);
  expect(visitor.page.buttons()).not.toContain('Record a referral from this');
});

it('a press twice on a referral from advice begins one form, and a stranger’s id holds up no referral', async () => {
  const visitor = await advised();
  const page = await visitor.click('Open the advice of 10am today to Ms Bell');
  const first = await visitor.press('Record a referral from this', {}, page);
  expect((await visitor.press('Record a referral from this', {}, page)).path).toBe(first.path);
  const { action, pairs } = first.sendingBy('Receive this referral', NOT_SAID_BY_ADVICE);
  for (const strange of ['x', '01900000-0000-7000-8000-000000000009']) {
    const changed = pairs.map(([name, value]) => [name, name === 'consultation' ? strange : value] as const);
    const answer = await visitor.send('POST', action, changed);
    expect(answer.leadsTo).toMatch(/^\/referrals\/MASH-/);
  }
});

it('a person says on a referral of a child of the name that it came of the advice', async () => {
  const reference = await hub.submit(aRoutineAmber());
  const { firstName, lastName } = (await hub.read(reference)).children[0]!;
  const names = { 'Child 1: First name': firstName!, 'Child 1: Last name': lastName! };
  const visitor = await advised({ ...names, 'Child 1: Day': '', 'Child 1: Month': '', 'Child 1: Year': '' });
  const page = await visitor.open(`/referrals/${reference}`);
  expect(page.under('Advice was asked about a child of this name')).toContain('Referral advised, Loomgate School');
  const said = await visitor.press('This referral came of it: the advice of 10am today');
  expect([said.path, said.notices()]).toEqual([
    `/referrals/${reference}`,
    [`${reference} is the referral that came of the advice.`],
  ]);
  expect((await visitor.open(`/referrals/${reference}/children/1`)).text).toContain(
    'This is the referral that came of it.',
  );
});

it('a person says by its reference which referral came, or why none is expected', async () => {
  const reference = await hub.submit(aRoutineAmber());
  const visitor = await advised();
  await visitor.click('Open the advice of 10am today to Ms Bell');
  for (const [wrong, words] of [
    ['', 'Enter the reference of the referral'],
    ['MASH-7', 'Enter a whole reference, such as MASH-7K3F-9QXT'],
  ] as const) {
    const page = await visitor.press('This is it', { 'Its reference': wrong });
    expect([page.status, page.errors()]).toEqual([422, [words]]);
  }
  const none = await visitor.press('This is it', { 'Its reference': 'MASH-0000-0000' });
  expect(none.notices()).toEqual(['Nothing was recorded. There is no referral of that reference.']);
  const silent = await visitor.press('Expect none');
  expect([silent.status, silent.errors()]).toEqual([422, ['Enter why no referral is expected']]);
  const ended = await visitor.press('Expect none', { 'Why none is expected': 'The family moved to Leeds.' });
  expect(ended.text).toContain('No referral is expected: The family moved to Leeds.');
  expect(ended.buttons()).not.toContain('Expect none');
  const came = await visitor.press('This is it', { 'Its reference': reference.toLowerCase() });
  expect(came.text).toContain(`The referral ${reference} came of it.`);
});

it.each([
  [{ 'Child 1: First name': '', 'Child 1: Last name': '' }, 'Enter a name of the child'],
  [{ 'Child 1: Month': '13' }, 'Give a date of birth that exists, such as 27 3 2019, or none'],
  [{ 'Child 1: Year': '19' }, 'Give a date of birth that exists, such as 27 3 2019, or none'],
  [
    { 'Child 2: Day': '1', 'Child 2: First name': 'Bo' },
    'Give a date of birth that exists, such as 27 3 2019, or none',
  ],
  [{ 'Child 1: First name': 'a'.repeat(201) }, 'The name must be 200 characters or fewer'],
])('advice with %j is refused with words, and what was typed is kept', async (answers, words) => {
  const visitor = await advised(answers);
  expect([visitor.page.status, visitor.page.errors()]).toEqual([422, [words]]);
  expect(visitor.page.field('What did you advise?').value).toBe('Yes: today.');
  expect(visitor.page.field('Child 1: Day').value).toBe('27');
});

it.each(['no-id', '01900000-0000-7000-8000-000000000009'])('there is no page of the advice %s', async (id) => {
  const visitor = await console.visitedBy(hub.screener);
  expect((await visitor.open(`/consultations?one=${id}`)).status).toBe(404);
});
