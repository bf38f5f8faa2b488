import { addStaff, type Member } from '../support/agencies-and-staff.ts';
import { createHub, type Hub } from '../support/hub.ts';
import { aRoutineAmber } from '../support/referrals.ts';
import { RunningConsole } from '../support/running-console.ts';

let hub: Hub;
let console: RunningConsole;
let senior: Member;
beforeAll(async () => {
  hub = await createHub();
  console = await RunningConsole.start(hub);
});
beforeEach(async () => {
  await hub.reset();
  senior = await addStaff(hub.database, 'service_manager', [], 'Sen Service');
});
afterAll(async () => {
  await console.stop();
  await hub.drop();
});

const WORDS = 'We talked about the chronology of this family.';
const NOTE = { 'To whom is the note?': 'Sol Worker', 'The note': WORDS };
const anAction = (number: number, owner: string, day: string) => ({
  [`Action ${number}: What is to be done`]: `Do thing ${number}.`,
  [`Action ${number}: Who does it`]: owner,
  [`Action ${number}: Last day for it`]: day,
});

it('a manager writes a note from the page of a referral, its worker reads it and does what it asks', async () => {
  const reference = await hub.submit(aRoutineAmber());
  const manager = await console.visitedBy(hub.manager, `/referrals/${reference}`);
  const form = await manager.press('Write a supervision note');
  expect(form.text).toContain(`About the referral ${reference}.`);
  const note = await manager.press('Record the note', {
    ...NOTE,
    ...anAction(1, 'The person whom the note is to', '2026-11-25'),
    ...anAction(2, 'Mel Manager', '2026-11-27'),
  });
  expect([note.heading, note.notices()]).toEqual([
    'Supervision note to Sol Worker',
    ['The note is recorded. The person can read it now.'],
  ]);
  expect(note.buttons().filter((button) => button.startsWith('It is done'))).toEqual(['It is done : Do thing 2.']);

  const worker = await console.visitedBy(hub.socialWorker, '/oversight/supervision');
  expect(worker.page.buttons()).not.toContain('Write a note');
  expect(worker.page.rowsOf('Supervision notes, what is overdue first')).toEqual([
    [expect.stringContaining('You'), expect.stringContaining('Mel Manager'), reference, '2 to do', '25 November 2026'],
  ]);
  const own = await worker.open(note.path);
  expect([own.heading, own.text.includes(WORDS)]).toEqual(['Supervision note to you', true]);
  expect(own.link(reference)).toBe(`/referrals/${reference}`);
  const done = await worker.press('It is done : Do thing 1.', { 'What came of it? (optional)': 'I read all of it.' });
  expect(done.notices()).toEqual(['The action is done.']);
  expect(done.text).toContain('I read all of it.');
  expect((await manager.open('/oversight/supervision')).text).toContain('1 to do');
});

it('a worker finds no note of a colleague, and cannot write one', async () => {
  const manager = await console.visitedBy(hub.manager, '/oversight/supervision/new');
  const { path } = await manager.press('Record the note', NOTE);
  for (const other of [hub.screener, await addStaff(hub.database, 'social_worker', [], 'Ola Other')]) {
    const visitor = await console.visitedBy(other, '/oversight/supervision');
    expect(visitor.page.text).toContain('No supervision note is to you.');
    expect((await visitor.get(path)).status).toBe(404);
    expect((await visitor.get('/oversight/supervision/new')).status).toBe(404);
  }
  const auditor = await console.visitedBy(await addStaff(hub.database, 'auditor', [], 'Ada Auditor'));
  expect((await auditor.get('/oversight/supervision')).status).toBe(404);
});

it('a note that lacks something says what, field by field, and keeps what was written', async () => {
  const manager = await console.visitedBy(hub.manager, '/oversight/supervision/new');
  const page = await manager.press('Record the note', {
    'The note': WORDS,
    'Action 2: What is to be done': 'Ring the school.',
    'Action 3: Last day for it': '2026-02-30',
  });
  expect([page.status, page.errors()]).toEqual([
    422,
    [
      'Select the person whom the note is to',
      'Select who does action 2',
      'Enter the last day for action 2, such as 2026-12-03',
      'Say what is to be done in action 3',
      'Select who does action 3',
      'Enter the last day for action 3, such as 2026-12-03',
    ],
  ]);
  expect(page.field('The note').value.trim()).toBe(WORDS);
  expect(page.field('Action 3: Last day for it').value).toBe('2026-02-30');
});

it('a day that is past is refused, and the note can be sent with another', async () => {
  const manager = await console.visitedBy(hub.manager, '/oversight/supervision/new');
  const past = await manager.press('Record the note', { ...NOTE, ...anAction(1, 'Mel Manager', '2026-11-22') });
  expect([past.status, past.refusal.includes('The day of an action is past')]).toEqual([409, true]);
  const note = await manager.press('Record the note', { 'Action 1: Last day for it': '2026-11-23' });
  expect(note.heading).toBe('Supervision note to Sol Worker');
});

it('a manager writes to those whom they manage and to no other person', async () => {
  const manager = await console.visitedBy(hub.manager, '/oversight/supervision/new');
  const { choices } = manager.page.field('To whom is the note?');
  expect(choices).toEqual(['Choose a person', 'Sam Screener', 'Sol Worker']);
  const head = await console.visitedBy(senior, '/oversight/supervision/new');
  expect(head.page.field('To whom is the note?').choices).toEqual(
    expect.arrayContaining(['Mel Manager', 'Sol Worker']),
  );
});

it('a note that is half written is found again under what is not finished, and sent twice it is one note', async () => {
  const manager = await console.visitedBy(hub.manager, '/oversight/supervision/new');
  expect((await manager.types('Record the note', { 'The note': 'Half a note' })).status).toBe(204);
  const list = await manager.open('/oversight/supervision');
  await manager.open(list.attributes('href').find((href) => href.startsWith('/oversight/supervision/new/'))!);
  expect(manager.page.field('The note').value.trim()).toBe('Half a note');
  const form = manager.page;
  const first = await manager.press('Record the note', NOTE, form);
  const second = await manager.press('Record the note', {}, form);
  expect(second.path).toBe(first.path);
  expect(
    (await manager.open('/oversight/supervision')).rowsOf('Supervision notes, what is overdue first'),
  ).toHaveLength(1);
  const again = await manager.open(form.path);
  expect(again.notices()).toEqual(['That note has been recorded: it is in the list.']);
});

it('an action that another person does or that is done has no button, and its form is refused', async () => {
  const manager = await console.visitedBy(hub.manager, '/oversight/supervision/new');
  const note = await manager.press('Record the note', {
    ...NOTE,
    ...anAction(1, 'The person whom the note is to', '2026-11-25'),
  });
  const worker = await console.visitedBy(hub.socialWorker, note.path);
  const twice = worker.page;
  await worker.press('It is done : Do thing 1.');
  const { pairs, action } = twice.sendingBy('It is done : Do thing 1.');
  const other = pairs.map(
    ([name, value]) => [name, name === '_form' ? '01900000-0000-4000-8000-000000000001' : value] as const,
  );
  const refused = await worker.send('POST', action, other);
  expect([refused.status, refused.refusal.includes('This action is done already')]).toEqual([409, true]);
});
