import type { SubmittedReferral } from '#domain';
import { createHub, type Hub } from '../support/hub.ts';
import { aPoorAttender } from '../support/referrals.ts';
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

const inHyde = (postcode = 'SK14 8ZZ'): SubmittedReferral => aPoorAttender({ child: { address: { postcode } } });
const EARLY_HELP = {
  outcome: 'early_help',
  thresholdLevel: 2,
  progression: 'contact_only',
  primaryNeed: null,
} as const;
const routed = async (decision: object = {}, referral = inHyde()) => {
  const reference = await hub.submit(referral);
  await hub.decides(hub.socialWorker, reference, { ...EARLY_HELP, ...decision });
  return reference;
};
const ANSWERS = {
  'What is to happen?': 'Early help',
  'Which level of need?': 'Level 2: Early help',
  Rationale: 'The parent wants help with the mornings, and the school offers it.',
};

describe('the form of a decision', () => {
  it('says which team early help goes to by the address, and the referral, its timeline and its sheet say it after', async () => {
    const reference = await hub.submit(inHyde());
    const worker = await console.visitedBy(hub.socialWorker, `/referrals/${reference}/decision`);
    expect(worker.page.text).toContain('Where it goes: early help to the South locality team, by the address');
    await worker.press('Check your answers', ANSWERS);
    expect(worker.page.text).toContain('Where it goes South locality team, by the address');
    await worker.press('Record the decision');
    expect(worker.page.text).toContain('Goes to South locality team');
    expect(worker.page.text).toContain('Chosen By the family’s address');
    for (const path of ['timeline', 'print'])
      expect((await worker.open(`/referrals/${reference}/${path}`)).text).toContain('South locality team');
  });

  it('asks why where another team is chosen than the address gives, and keeps the answer', async () => {
    const reference = await hub.submit(inHyde());
    const worker = await console.visitedBy(hub.socialWorker, `/referrals/${reference}/decision`);
    const west = { 'Which team takes early help?': 'West locality team' };
    const page = await worker.press('Check your answers', { ...ANSWERS, ...west });
    expect([page.status, page.wordsOfEach('.govuk-error-summary li')]).toEqual([
      422,
      ['Say why another team takes it than the address gives'],
    ]);
    await worker.press('Check your answers', {
      'Why another team, where you choose one': 'Their school is in Denton.',
    });
    await worker.press('Record the decision');
    expect(worker.page.text).toContain('Goes to West locality team');
    expect(worker.page.text).toContain('Why Their school is in Denton.');
  });

  it('is sent without a team where the address gives none, and the list has it', async () => {
    const reference = await hub.submit(inHyde('LS1 4AP'));
    const worker = await console.visitedBy(hub.socialWorker, `/referrals/${reference}/decision`);
    expect(worker.page.text).toContain('Where it goes: the address gives no team');
    await worker.press('Check your answers', ANSWERS);
    expect(worker.page.text).toContain('Where it goes No team chosen yet');
    await worker.press('Record the decision');
    expect(worker.page.text).toContain('No team is chosen yet');
    await worker.open('/routes?view=no_recipient');
    expect(worker.page.text).toContain(reference);
    await worker.open(`/referrals/${reference}/route`);
    await worker.press('Send it', { 'Which team?': 'East locality team' });
    expect(worker.page.text).toContain('Goes to East locality team');
  });
});

describe('the page of where a referral went', () => {
  it('records that the team accepts, with name and time', async () => {
    const reference = await routed();
    await hub.moveTo('2026-11-23T15:00');
    const screener = await console.visitedBy(hub.screener, `/referrals/${reference}/route`);
    expect(screener.page.text).toContain('the postcode SK14 8ZZ gives the South locality team');
    const page = await screener.press('Record the answer', {
      ...{ 'What did they answer?': 'They accept it', 'Who answered, by name': 'Ros Team' },
      ...{ Time: '2.30pm' },
    });
    expect([page.path, page.notices()]).toEqual([`/referrals/${reference}`, [`${reference} is accepted.`]]);
    expect(page.text).toContain('Accepted by Ros Team, 2:30pm today (recorded by Sam Screener)');
  });

  it.each([
    [{}, ['Select what they answered', 'Enter who answered']],
    [{ 'What did they answer?': 'They return it', 'Who answered, by name': 'Ros' }, ['Say why it comes back']],
    [
      { 'What did they answer?': 'They accept it', 'Who answered, by name': 'Ros', Time: '2' },
      ['Enter the time of day, such as 2:30pm'],
    ],
    [
      { 'What did they answer?': 'They accept it', 'Who answered, by name': 'Ros', Time: '9am', Day: '2026-02-30' },
      ['Enter a real day'],
    ],
  ])('refuses the answer %j with words', async (answers, errors) => {
    const reference = await routed();
    const screener = await console.visitedBy(hub.screener, `/referrals/${reference}/route`);
    const page = await screener.press('Record the answer', answers);
    expect([page.status, page.wordsOfEach('.govuk-error-summary li')]).toEqual([422, errors]);
  });

  it('says so when the time is before it was sent, and shows what was typed', async () => {
    const reference = await routed();
    const screener = await console.visitedBy(hub.screener, `/referrals/${reference}/route`);
    const page = await screener.press('Record the answer', {
      ...{ 'What did they answer?': 'They accept it', 'Who answered, by name': 'Ros Team', Time: '9am' },
    });
    expect([page.status, page.text]).toEqual([409, expect.stringContaining('The answer cannot be of that time')]);
  });

  it('takes a return, and leads to sending it on', async () => {
    const reference = await routed();
    const worker = await console.visitedBy(hub.socialWorker, `/referrals/${reference}/route`);
    await worker.press('Record the answer', {
      ...{ 'What did they answer?': 'They return it', 'Who answered, by name': 'Ros Team' },
      ...{ 'Why it comes back': 'They moved to Denton.' },
    });
    expect(worker.page.text).toContain('It came back: the hub sends it on, or decides again.');
    const manager = await console.visitedBy(hub.manager, '/routes?view=returned');
    expect(manager.page.text).toContain('They moved to Denton.');
    await worker.press('Send it', { 'Which team?': 'West locality team', 'Why?': 'They live in Denton now.' });
    expect(worker.page.text).toContain('Goes to West locality team');
    expect(worker.page.text).toContain('Before that');
    await manager.open('/routes?view=returned');
    expect(manager.page.text).not.toContain(reference);
  });

  it('puts a referral that no team takes back on the queue, with why', async () => {
    const reference = await routed();
    await hub.moveBy({ minutes: 1 });
    const worker = await console.visitedBy(hub.socialWorker, `/referrals/${reference}/route`);
    await worker.press('Decide again');
    expect(worker.page.notices()).toEqual([`${reference} is on the queue again, to be decided again.`]);
    expect(worker.page.text).toContain('Opened again: to be decided again');
    expect(worker.page.text).toContain('those whom it was sent to do not take it');
    const queue = await worker.open('/queue');
    expect(queue.text).toContain(reference);
  });

  it('is not there for a referral that was sent nowhere, nor for an auditor', async () => {
    const reference = await routed({ outcome: 'child_and_family_assessment', thresholdLevel: 3, primaryNeed: 'N1' });
    const worker = await console.visitedBy(hub.socialWorker, `/referrals/${reference}/route`);
    expect(worker.page.status).toBe(404);
    const auditor = await console.visitedBy(hub.auditor, `/referrals/${await routed()}/route`);
    expect(auditor.page.status).toBe(404);
  });

  it('lets a screener record an answer, and not send it on', async () => {
    const reference = await routed();
    const screener = await console.visitedBy(hub.screener, `/referrals/${reference}/route`);
    expect(screener.page.text).toContain('Record their answer');
    expect(screener.page.text).not.toContain('Decide again');
  });
});

it('the list counts what waits, by team, and says how many families each team was sent', async () => {
  await routed();
  await routed({}, inHyde('OL6 9ZZ'));
  await routed({ outcome: 'refer_to_lado', thresholdLevel: 3 });
  const manager = await console.visitedBy(hub.manager, '/routes');
  expect(manager.page.text).toContain('Waiting for an answer (3)');
  expect(manager.page.text).toContain('The LADO');
  await manager.press('Show', { Team: 'South locality team' });
  expect(manager.page.text).toContain('Waiting for an answer (1)');
  expect(manager.page.text).toContain('November 2026 South locality team 1');
});

it('a worker or an authority is named with the decision, or later', async () => {
  const reference = await routed({ outcome: 'to_allocated_worker', thresholdLevel: 3 });
  const worker = await console.visitedBy(hub.socialWorker, `/referrals/${reference}/route`);
  expect(worker.page.text).toContain('The allocated worker, not named yet');
  const page = await worker.press('Send it', {});
  expect(page.wordsOfEach('.govuk-error-summary li')).toEqual(['Enter the worker or the authority']);
  await worker.press('Send it', { 'Which worker or authority, by name?': 'Ms Reed' });
  expect(worker.page.text).toContain('Goes to Ms Reed');
});

describe('a family at the edge of care', () => {
  const atTheEdge = () =>
    routed({ outcome: 'edge_of_care', thresholdLevel: 3, progression: 'referral', primaryNeed: 'N5' });
  const PLAN = {
    'Why might they come into care?': 'The mother says that she cannot go on.',
    'What has the family network been asked, and what does it offer?': 'An aunt takes him at weekends.',
    'What does the child want?': 'To stay with his mother.',
  };

  it('is asked for who, why and by when, and its first response ends the clock', async () => {
    const reference = await atTheEdge();
    const worker = await console.visitedBy(hub.socialWorker, `/referrals/${reference}/edge-of-care`);
    expect(worker.page.text).toContain('due 10am tomorrow, 1 day left');
    const none = await worker.press('Record this');
    expect(none.wordsOfEach('.govuk-error-summary li')).toEqual([
      'Select who might come into care',
      'Say why they might come into care',
      'Say what the family network has been asked, or why it has not',
      'Say what the child wants, or why it is not known',
    ]);
    const [name] = worker.page.wordsOfEach('.govuk-checkboxes__label');
    await worker.press('Record this', { [name!]: true, ...PLAN });
    expect(worker.page.text).toContain('An aunt takes him at weekends.');
    await hub.moveTo('2026-11-23T13:00');
    const response = {
      ...{ 'What happened, or is planned?': 'First response to the family', 'On which day?': '2026-11-23' },
      ...{ 'Who of the service, by name': 'Ed Edge' },
    };
    const timeless = await worker.press('Record what happened', response);
    expect(timeless.wordsOfEach('.govuk-error-summary li')).toEqual(['Enter the time of day, such as 2:30pm']);
    await worker.press('Record what happened', { ...response, 'At what time?': '11:15am' });
    expect(worker.page.text).not.toContain('First response due');
    await worker.open(`/referrals/${reference}`);
    expect(worker.page.text).toContain('Accepted by Ed Edge, 11:15am today');
  });

  it('has a panel ahead and an end, with the days to look again', async () => {
    const reference = await atTheEdge();
    const worker = await console.visitedBy(hub.socialWorker, `/referrals/${reference}/edge-of-care`);
    const record = (what: string, day: string) =>
      worker.press('Record what happened', { 'What happened, or is planned?': what, 'On which day?': day });
    await record('Panel', '2026-12-10');
    expect((await record('Ended: the child stayed at home', '2026-12-01')).text).toContain(
      'That cannot be on this day',
    );
    await record('Ended: the child stayed at home', '2026-11-23');
    expect(worker.page.text).toContain('Look again how the child is on 23 February 2027 and on 23 May 2027.');
  });

  it('begins where its decision is recorded', async () => {
    const reference = await hub.submit(inHyde());
    const worker = await console.visitedBy(hub.socialWorker, `/referrals/${reference}/decision`);
    await worker.press('Check your answers', {
      ...ANSWERS,
      ...{ 'What is to happen?': 'Edge of care', 'Which level of need?': 'Level 3: Targeted' },
      'What is the primary need?': 'Family dysfunction',
    });
    const page = await worker.press('Record the decision');
    expect(page.path).toBe(`/referrals/${reference}/edge-of-care?done=${reference}`);
    expect(page.buttons()).toContain('Take it back');
  });
});

describe('the localities', () => {
  it('are read by every role, and changed by a manager with a reason', async () => {
    const auditor = await console.visitedBy(hub.auditor, '/localities');
    expect(auditor.page.text).toContain('South locality team SK14');
    const manager = await console.visitedBy(hub.manager, '/localities');
    await manager.click('Change the table');
    const bare = await manager.press('Publish the table');
    expect(bare.wordsOfEach('.govuk-error-summary li')).toEqual(['Say why the table changes']);
    const fields = manager.page;
    await manager.press('Publish the table', { 'Why does this change?': 'Hattersley has a team of its own.' }, fields);
    expect(manager.page.notices()).toEqual([
      'The table is in force. Families that were sent before stay where they are.',
    ]);
    expect(manager.page.text).toContain('Hattersley has a team of its own.');
    const reference = await routed();
    await manager.open(`/referrals/${reference}`);
    expect(manager.page.text).toContain('Goes to South locality team');
  });
});

it('an administrator changes the table of teams and areas, and a screener does not', async () => {
  const administrator = await console.visitedBy(await hub.another('administrator'), '/administration/agencies');
  await administrator.click('Teams and localities');
  await administrator.click('Change the table');
  const changed = await administrator.press('Publish the table', { 'Why does this change?': 'A new team began.' });
  expect([changed.path, changed.notices().length]).toEqual(['/localities', 1]);
  const screener = await console.visitedBy(hub.screener, '/localities');
  expect(screener.page.text).toContain('A new team began.');
  expect((await screener.open('/localities/change')).status).toBe(404);
});

it('a family that a team accepted and hands back is sent on from its page', async () => {
  const reference = await hub.submit(inHyde());
  await hub.decides(hub.socialWorker, reference, { outcome: 'early_help', thresholdLevel: 2 });
  await hub.moveBy({ minutes: 1 });
  const worker = await console.visitedBy(hub.socialWorker, `/referrals/${reference}/route`);
  const accepted = { 'What did they answer?': 'They accept it', 'Who answered, by name': 'Ros Team' };
  await worker.press('Record the answer', accepted);
  const page = await worker.open(`/referrals/${reference}/route`);
  expect(page.text).toContain('They do not keep it');
  await worker.press('Send it', { 'Which team?': 'West locality team', 'Why?': 'They moved to Denton.' });
  expect(worker.page.text).toContain('West locality team');
});
