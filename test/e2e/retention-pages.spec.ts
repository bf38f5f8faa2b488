import { randomUUID } from 'node:crypto';
import { referralReference } from '#domain';
import { Consultations } from '#referrals';
import { DestroyRecords, ProposeDestruction } from '#retention';
import { SERVICE, sql } from '#store';
import { createHub, type Hub } from '../support/hub.ts';
import { aRoutineAmber } from '../support/referrals.ts';
import { RunningConsole } from '../support/running-console.ts';

let hub: Hub;
let console: RunningConsole;
let one: Awaited<ReturnType<Hub['another']>>;
let other: typeof one;
let reference: string;
beforeAll(async () => {
  hub = await createHub();
  console = await RunningConsole.start(hub);
});
beforeEach(async () => {
  await hub.reset();
  await console.restart();
  one = await hub.another('service_manager');
  other = await hub.another('head_of_service');
  reference = await hub.submit(aRoutineAmber());
  await hub.decides(hub.socialWorker, reference, { outcome: 'no_further_action', thresholdLevel: 1 });
  await hub.signsOff(hub.manager, reference);
  await hub.database
    .as(SERVICE)
    .transaction((tx) => tx.run(sql`UPDATE deadline SET state = 'met', ended_at = ${tx.now} WHERE state = 'open'`));
  await hub.moveTo('2033-12-01T10:00');
  await hub.whole.get(ProposeDestruction).execute();
});
afterAll(async () => {
  await console.stop();
  await hub.drop();
});

it('a record is opened, approved by one senior manager, agreed to by another, destroyed, and has a certificate', async () => {
  const first = await console.visitedBy(one, '/oversight/retention');
  expect(first.page.rowsOf('Records whose period is over, the first first')).toMatchObject([
    [reference, 'R1f', '23 November 2033', `Open it first ${reference}`, `Keep it longer ${reference}`],
  ]);
  const tooSoon = await first.press('Approve their destruction', { [reference]: true });
  expect([tooSoon.status, tooSoon.text]).toEqual([409, expect.stringContaining('Open the record first')]);
  await first.open(`/referrals/${reference}`);
  await first.open('/oversight/retention');
  await first.press('Approve their destruction', { [reference]: true });
  expect(first.page.text).toContain('No record is due.');

  const second = await console.visitedBy(other, '/oversight/retention');
  await second.click('1 record');
  await second.press('Record my answer', { 'I agree: they are destroyed, and can not be brought back': true });
  const id = second.page.path.split('/').at(-1)!;
  // The first job settles the record, the second finds no other.
  for (let job = 0; job < 2; job += 1) {
    await hub.database.as(SERVICE).transaction((tx) => hub.whole.get(DestroyRecords).handle({ destructionId: id }, tx));
  }
  await first.open(second.page.path);
  expect(first.page.headings()[0]).toBe('Certificate of destruction');
  expect(first.page.rowsOf('Records')[0]).toEqual([
    ...[
      reference,
      'R1f',
      '23 November 2033',
      expect.stringMatching(/^Destroyed: \d\d+ rows$/),
      expect.stringMatching(/^[0-9a-f-]{36}$/),
    ],
  ]);
  expect((await first.open(`/referrals/${reference}`)).status).toBe(404);
});

it('the person who approved sees no answer to give, and a manager of the desk nothing to decide', async () => {
  const first = await console.visitedBy(one, `/referrals/${reference}`);
  await first.open('/oversight/retention');
  await first.press('Approve their destruction', { [reference]: true });
  await first.click('1 record');
  expect([first.page.buttons(), first.page.text]).toEqual([
    expect.not.arrayContaining(['Record my answer']),
    expect.stringContaining('Another senior manager agrees or refuses.'),
  ]);
  const manager = await console.visitedBy(hub.manager, '/oversight/retention');
  expect(manager.page.links()).toContain('Set a hold');
  expect(manager.page.links()).not.toContain('Change the schedule');
  expect((await manager.open('/oversight/retention/schedule')).status).toBe(404);
});

it('a record is kept longer with a reason, and its day is asked for again when it is no day', async () => {
  const visitor = await console.visitedBy(one, '/oversight/retention');
  await visitor.click(`Keep it longer ${reference}`);
  await visitor.press('Keep it', { 'Kept until the end of': '2035-02-30', 'Why is it kept longer?': 'A claim.' });
  expect(visitor.page.errors()).toEqual(['Enter the last day, such as 2035-06-30']);
  expect(visitor.page.html).toContain('A claim.');
  await visitor.press('Keep it', { 'Kept until the end of': '2035-06-30' });
  expect(visitor.page.text).toContain('No record is due.');
});

it('a hold on every record is set by a manager, is said on the page, and is ended by a senior manager', async () => {
  const manager = await console.visitedBy(hub.manager, '/oversight/retention/hold');
  await manager.press('Set the hold', { 'Why must it be kept?': '' });
  expect(manager.page.errors()).toEqual(['Enter why records must be kept']);
  await manager.press('Set the hold', { 'Why must it be kept?': 'The inquiry asks for it.' });
  expect(manager.page.text).toContain('Every record is held');
  await hub.whole.get(ProposeDestruction).execute();
  const senior = await console.visitedBy(one, '/oversight/retention');
  expect(senior.page.text).toContain('No record is due.');
  await senior.click('End it: Every record');
  await senior.press('End the hold', { 'Why does it end?': 'The inquiry is over.' });
  expect(senior.page.text).toContain('No hold is in force.');
});

it.each([
  ['is none', 'MASH', 'Enter a reference such as MASH-7K3F-9QXT, or leave it empty'],
  ['no referral has', referralReference(new Uint8Array(16)), 'There is no referral of this reference'],
])('a hold on a reference that %s is refused with what was typed', async (_, typed, error) => {
  const manager = await console.visitedBy(hub.manager, '/oversight/retention/hold');
  await manager.press('Set the hold', { 'Reference (optional)': typed, 'Why must it be kept?': 'A claim.' });
  expect(manager.page.errors()).toEqual([error]);
  expect(manager.page.html).toContain('A claim.');
  expect((await manager.open('/oversight/retention')).text).toContain('No hold is in force.');
});

it('advice is opened from the list by its day, and kept longer', async () => {
  const id = randomUUID();
  await hub.moveTo('2026-11-24T10:00');
  await hub.whole.get(Consultations).record(
    {
      ...{ id, agencyId: hub.agency.agencyId, caller: 'Ms Bell', role: 'Teacher', question: 'Should I refer?' },
      ...{ advice: 'Not yet.', outcome: 'advice_only', children: [] },
    },
    hub.screener,
  );
  await hub.moveTo('2033-12-01T10:00');
  await hub.whole.get(ProposeDestruction).execute();
  const senior = await console.visitedBy(one, '/oversight/retention');
  const ADVICE = 'Advice of 24 November 2026';
  expect(senior.page.rowsOf('Records whose period is over, the first first')).toContainEqual([
    ...[ADVICE, 'R1h', '24 November 2033', `Open it ${ADVICE}`, `Keep it longer ${ADVICE}`],
  ]);
  await senior.click(`Open it ${ADVICE}`);
  expect(senior.page.text).toContain('Should I refer?');
  await senior.open('/oversight/retention');
  await senior.click(`Keep it longer ${ADVICE}`);
  await senior.press('Keep it', { 'Kept until the end of': '2035-06-30', 'Why is it kept longer?': 'A claim.' });
  expect(senior.page.text).not.toContain(ADVICE);
});

it('the schedule is changed by a senior manager, and years that are none are asked for again', async () => {
  const senior = await console.visitedBy(one, '/oversight/retention/schedule');
  await senior.press('Publish the schedule', { 'Years of R1f': '0', 'What does it follow?': 'The schedule of May.' });
  expect(senior.page.errors()).toEqual(['Enter whole years from 1 to 120 for each class']);
  await senior.press('Publish the schedule', { 'Years of R1f': '10' });
  expect(senior.page.text).toContain('10 years after the last contact');
  expect(senior.page.text).toContain('The schedule of May.');
});

it('the years of a class are those of its name, in any order of the form', async () => {
  const senior = await console.visitedBy(one, '/oversight/retention/schedule');
  const answers = { 'Years of R1a': '40', 'Years of R1h': '8', 'What does it follow?': 'The schedule of May.' };
  const { pairs, action } = senior.page.sendingBy('Publish the schedule', answers);
  await senior.send('POST', new URL(action, senior.page.url).toString(), pairs.toReversed());
  await senior.open('/oversight/retention');
  expect(senior.page.text).toContain('40 years after the last contact');
  expect(senior.page.text).toContain('8 years after it was given');
  expect(senior.page.text).toContain('100 years after the referral came');
});

it('the schedule says for how long what is known of people who left is kept', async () => {
  const senior = await console.visitedBy(one, '/oversight/retention/schedule');
  const [days, years] = [
    'Days until the e-mail address and telephone number of a person who left are removed',
    'Years until the name of a person who left is replaced by their role',
  ];
  await senior.press('Publish the schedule', { [days]: '400', [years]: '', 'What does it follow?': 'Ours.' });
  expect(senior.page.errors()).toEqual(['Enter whole days from 1 to 366', 'Enter whole years from 1 to 120']);
  await senior.press('Publish the schedule', { [days]: '60', [years]: '10' });
  expect(senior.page.text).toContain('60 days after they left. Name: 10 years after they left');
});
