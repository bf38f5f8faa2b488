import { addStaff, type Member } from '../support/agencies-and-staff.ts';
import { createHub, type Hub } from '../support/hub.ts';
import { aRoutineAmber } from '../support/referrals.ts';
import { RunningConsole } from '../support/running-console.ts';
import type { Visitor } from '../support/visitor.ts';

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

const QUESTION = 'Why did nobody ring the school before noon?';
const CHALLENGE = { 'What do you question?': 'How quickly it is handled', 'Your question': QUESTION };

/** A senior manager challenges a referral from its page, and opens the challenge. */
async function challenged(reference: string): Promise<Visitor> {
  const visitor = await console.visitedBy(senior, `/referrals/${reference}`);
  await visitor.press('Challenge');
  const made = await visitor.press('Make the challenge', CHALLENGE);
  expect(made.notices()[0]).toContain(`Your challenge to ${reference} is made.`);
  await visitor.open('/oversight/challenges');
  await visitor.open(visitor.page.attributes('href').find((href) => href.startsWith('/oversight/challenges/'))!);
  return visitor;
}

it('a challenge is made, answered, returned, answered again and accepted, without JavaScript', async () => {
  const reference = await hub.submit(aRoutineAmber());
  const asking = await challenged(reference);
  const { path } = asking.page;
  expect(asking.page.text).toContain('You made this challenge: another manager answers it.');
  expect(asking.page.buttons()).not.toContain('Send the answer');

  const manager = await console.visitedBy(hub.manager);
  expect(manager.page.text).toContain('challenged');
  await manager.open(path);
  expect(manager.page.text).toContain(QUESTION);
  await manager.press('Send the answer', { 'Your answer': 'We rang at one.' });

  const empty = await asking.open(path).then(() => asking.press('Send', { 'Do you accept the answer?': RETURN }));
  expect([empty.status, empty.errors()]).toEqual([422, ['Say why you return it']]);
  await asking.press('Send', { 'Do you accept the answer?': RETURN, 'Your words': 'One is after noon.' });
  expect(asking.page.text).toContain('Waits for an answer');

  await manager.open(path);
  await manager.press('Send the answer', { 'Your answer': 'It will not happen again.' });
  await asking.open(path);
  const settled = await asking.press('Send', { 'Do you accept the answer?': 'Yes: the challenge is settled' });
  expect(settled.notices()).toEqual(['The challenge is settled.']);
  expect(settled.text).toContain('in time');

  // All who work on the referral read it on its page, and the acts in its timeline.
  const worker = await console.visitedBy(hub.socialWorker, `/referrals/${reference}`);
  for (const words of [QUESTION, 'We rang at one.', 'One is after noon.', 'It will not happen again.']) {
    expect(worker.page.under('Challenges')).toContain(words);
  }
  expect(worker.page.buttons()).not.toContain('Challenge');
  const timeline = (await worker.open(`/referrals/${reference}/timeline`)).headings();
  expect(timeline).toEqual(
    expect.arrayContaining([
      'Challenged it: how quickly it is handled',
      'Returned the answer to the challenge',
      'Accepted the answer to the challenge',
    ]),
  );
  // The queue marks it until it is settled: it is not any more.
  expect((await worker.open('/queue')).text).not.toContain('Challenged');
  const list = await asking.open('/oversight/challenges');
  expect(list.text).toContain('No challenge waits.');
});

const RETURN = 'No: return the answer, and the clock runs on';

it('a form that is not filled in says what is missing, and keeps what was written', async () => {
  const reference = await hub.submit(aRoutineAmber());
  const visitor = await console.visitedBy(senior, `/referrals/${reference}/challenge`);
  const page = await visitor.press('Make the challenge', { 'Your question': QUESTION });
  expect([page.status, page.errors()]).toEqual([422, ['Select what you question']]);
  expect(page.field('Your question').value.trim()).toBe(QUESTION);
  await visitor.open('/queue');
  expect((await visitor.open(`/referrals/${reference}/challenge`)).field('Your question').value.trim()).toBe(QUESTION);
});

it('a challenge is shown again with what changed when the referral was decided meanwhile', async () => {
  const reference = await hub.submit(aRoutineAmber());
  const visitor = await console.visitedBy(senior, `/referrals/${reference}/challenge`);
  await hub.decides(hub.socialWorker, reference);
  const page = await visitor.press('Make the challenge', CHALLENGE);
  expect([page.status, page.refusal.includes('Sol Worker: Decided')]).toEqual([409, true]);
  expect((await visitor.press('Make the challenge')).notices()[0]).toContain('is made');
});

it('an answer that comes after another manager’s is shown to its writer, and not recorded', async () => {
  const asking = await challenged(await hub.submit(aRoutineAmber()));
  const { path } = asking.page;
  const [first, second] = [await console.visitedBy(hub.manager, path), await console.visitedBy(hub.otherManager, path)];
  await first.press('Send the answer', { 'Your answer': 'The first answer.' });
  const late = await second.press('Send the answer', { 'Your answer': 'The second answer.' });
  expect([late.status, late.refusal.includes('This challenge has moved on')]).toEqual([409, true]);
  expect(late.text).toContain('What you wrote The second answer.');
  expect((await asking.open(path)).text).not.toContain('The second answer.');
});

it('a draft of an answer is found again by its writer and by no other person', async () => {
  const asking = await challenged(await hub.submit(aRoutineAmber()));
  const manager = await console.visitedBy(hub.manager, asking.page.path);
  expect((await manager.types('Send the answer', { 'Your answer': 'Half an answer' })).status).toBe(204);
  expect((await manager.open(asking.page.path)).field('Your answer').value.trim()).toBe('Half an answer');
  const other = await console.visitedBy(hub.otherManager, asking.page.path);
  expect(other.page.field('Your answer').value.trim()).toBe('');
});

it('only those who may make, answer or read challenges find their pages', async () => {
  const reference = await hub.submit(aRoutineAmber());
  const asking = await challenged(reference);
  const { path } = asking.page;
  for (const person of [hub.screener, hub.socialWorker]) {
    const visitor = await console.visitedBy(person);
    for (const page of ['/oversight/challenges', path, `/referrals/${reference}/challenge`]) {
      expect([page, (await visitor.get(page)).status]).toEqual([page, 404]);
    }
  }
  const manager = await console.visitedBy(hub.manager);
  expect((await manager.get(`/referrals/${reference}/challenge`)).status).toBe(404);
  const auditor = await console.visitedBy(await addStaff(hub.database, 'auditor', [], 'Ada Auditor'), path);
  expect([auditor.page.status, auditor.page.buttons().includes('Send the answer')]).toEqual([200, false]);
  for (const address of ['/oversight/challenges/x', '/oversight/challenges/01900000-0000-7000-8000-000000000001']) {
    expect((await manager.get(address)).status).toBe(404);
  }
});

it('the alerts of the hub lead managers to a challenge that waits, and say nothing of it to a worker', async () => {
  const reference = await hub.submit(aRoutineAmber());
  const asking = await challenged(reference);
  await hub.fireDue.execute();
  const manager = await console.visitedBy(hub.manager, '/alerts');
  expect(manager.page.link(`The challenge to ${reference} is not settled`)).toBe(asking.page.path);
  expect((await console.visitedBy(hub.socialWorker, '/alerts')).page.text).not.toContain('challenge');
});
