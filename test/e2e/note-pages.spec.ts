import { createHub, type Hub } from '../support/hub.ts';
import { aRoutineAmber } from '../support/referrals.ts';
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

const SPOKEN = {
  'What do you note?': 'I spoke to a person',
  'Whom you called or met': 'the mother, Ms Pyke',
  'What was said or done': 'She collects him at three.\nNo one else may.',
};

it('a call is noted on a referral without returning it, and stands on its pages, its decision and its sheet', async () => {
  const reference = await hub.submit(aRoutineAmber());
  const worker = await console.visitedBy(hub.socialWorker);
  await worker.press('Take the next one');
  await worker.open(`/referrals/${reference}/note`);
  const page = await worker.press('Add the note', SPOKEN);
  expect([page.path, page.notices()]).toEqual([`/referrals/${reference}`, [`Your note is on ${reference}.`]]);
  expect(await hub.holderOf(reference)).toBe('Sol Worker');
  for (const path of ['', '/decision', '/timeline', '/print']) {
    const { text } = await worker.open(`/referrals/${reference}${path}`);
    expect([path, text]).toEqual([path, expect.stringContaining('poke to the mother, Ms Pyke')]);
    expect([path, text]).toEqual([path, expect.stringContaining('She collects him at three. No one else may.')]);
  }
});

it('a note is stored once when its form is sent twice, and a colleague who decides is told of it', async () => {
  const reference = await hub.submit(aRoutineAmber());
  const worker = await console.visitedBy(hub.socialWorker);
  const form = await worker.open(`/referrals/${reference}/note`);
  const version = await hub.versionOf(reference);
  await worker.press('Add the note', SPOKEN, form);
  await worker.press('Add the note', SPOKEN, form);
  const { timeline } = await hub.read(reference);
  expect(timeline.filter(({ act }) => act === 'referral.note-written')).toHaveLength(1);
  expect(await hub.versionOf(reference)).toBe(version + 1);
});

it.each([
  [{}, ['Select what you note', 'Enter the note']],
  [{ 'What do you note?': 'I reached no one' }, ['Enter whom you called or met', 'Enter the note']],
  [{ 'What do you note?': 'Another note', 'What was said or done': '  ' }, ['Enter the note']],
])('a note without %j is refused with words, and kept in the form', async (answers, errors) => {
  const reference = await hub.submit(aRoutineAmber());
  const screener = await console.visitedBy(hub.screener, `/referrals/${reference}/note`);
  const page = await screener.press('Add the note', answers);
  expect([page.status, page.wordsOfEach('.govuk-error-summary li')]).toEqual([422, errors]);
  expect((await hub.read(reference)).timeline.map(({ act }) => act)).not.toContain('referral.note-written');
});
