import { VIEWS_NOT_SOUGHT, VIEWS_SOUGHT } from '#domain';
import { RecordChildViews } from '#referrals';
import { randomUUID } from 'node:crypto';
import { createHub, type Hub } from '../support/hub.ts';
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

const ASKED = 'Was the child asked?';
const VIEWS = 'What are the child’s views?';

it('the views of a child stand on the referral, beside its decision, on its timeline and on its sheet', async () => {
  const reference = await hub.submit(aRoutineAmber());
  const worker = await console.visitedBy(hub.socialWorker, `/referrals/${reference}`);
  await worker.click('The child’s views');
  const unasked = await worker.press('Record it', {
    [ASKED]: 'No',
    'If not, why not?': 'The child could not be reached',
  });
  expect([unasked.path, unasked.notices()]).toEqual([
    `/referrals/${reference}`,
    [`The child’s views are on ${reference}.`],
  ]);
  await worker.open(`/referrals/${reference}/child-views`);
  const how = 'An adult whom the child trusts asked the child';
  await worker.press('Record it', {
    [ASKED]: 'Yes',
    'If so, how?': how,
    [VIEWS]: 'I want it to stop.\nI like school.',
  });
  for (const path of ['', '/decision', '/timeline', '/print']) {
    const { text } = await worker.open(`/referrals/${reference}${path}`);
    expect([path, text]).toEqual([path, expect.stringMatching(/an adult whom the child trusts asked the child/i)]);
    expect([path, text]).toEqual([path, expect.stringContaining('I want it to stop. I like school.')]);
    expect([path, text]).toEqual([path, expect.stringMatching(/not asked[.:] the child could not be reached/i)]);
  }
});

it.each([
  [{}, ['Select whether the child was asked']],
  [{ [ASKED]: 'Yes' }, ['Select how the child was asked', 'Enter what the child’s views are']],
  [{ [ASKED]: 'No' }, ['Select why the child was not asked']],
  [{ [ASKED]: 'No', 'If not, why not?': 'Another reason' }, ['Enter the other reason']],
])('the views of a child with %j are refused with words', async (answers, errors) => {
  const reference = await hub.submit(aRoutineAmber());
  const worker = await console.visitedBy(hub.socialWorker, `/referrals/${reference}/child-views`);
  const page = await worker.press('Record it', answers);
  expect([page.status, page.errors()]).toEqual([422, errors]);
  expect((await hub.read(reference)).childViews).toEqual([]);
});

it('the views of one of several children name the child', async () => {
  const reference = await hub.submit(aFamilyShortOfMoney());
  const { children } = await hub.read(reference);
  const worker = await console.visitedBy(hub.socialWorker, `/referrals/${reference}/child-views`);
  const answers = { [ASKED]: 'Yes', 'If so, how?': 'The child was seen alone', [VIEWS]: 'It is cold.' };
  const silent = await worker.press('Record it', answers);
  expect(silent.errors()).toEqual(['Select which child']);
  const name = `${children[1]!.firstName} ${children[1]!.lastName}`;
  const page = await worker.press('Record it', { 'Which child?': name });
  expect(page.text).toContain(`${name}: The child was seen alone: It is cold.`);
  expect((await hub.read(reference)).childViews).toMatchObject([{ position: 1, how: 'seen_alone', whyNot: null }]);
});

it('every way of asking and every reason for not asking is kept, and a form that is sent twice is kept once', async () => {
  const reference = await hub.submit(aRoutineAmber());
  const record = hub.whole.get(RecordChildViews);
  const all = [
    ...VIEWS_SOUGHT.map((how) => ({ how, words: 'He wants to stay.' })),
    ...VIEWS_NOT_SOUGHT.map((whyNot) => ({ whyNot, words: '' })),
  ];
  for (const views of all) {
    const formId = randomUUID();
    for (let time = 0; time < 2; time++)
      await record.execute({ reference, position: 0, views, formId, by: hub.screener });
  }
  const { childViews } = await hub.read(reference);
  expect(childViews.map(({ how, whyNot }) => how ?? whyNot).reverse()).toEqual([...VIEWS_SOUGHT, ...VIEWS_NOT_SOUGHT]);
  await expect(
    record.execute({ reference, position: 1, views: all[0]!, formId: randomUUID(), by: hub.screener }),
  ).rejects.toMatchObject({ code: 'not-found' });
});
