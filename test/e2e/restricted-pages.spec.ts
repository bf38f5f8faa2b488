import { randomUUID } from 'node:crypto';
import { referralReference } from '#domain';
import { createHub, type Hub } from '../support/hub.ts';
import type { Answers } from '../support/page/form.ts';
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

const CHILD = { firstName: 'Mia', lastName: 'Marsden-Pyke', dateOfBirth: '2019-03-14', sex: 'F' };
/** A reference that no referral has. */
const NO_REFERRAL = referralReference(new Uint8Array(16));
const refer = () => hub.submit({ ...aRoutineAmber(), children: [CHILD] });
const REASON = 'Police are at the address now and ask what is known.';

/** Mel restricts it on its page, and lets in a social worker. */
async function restricts(reference: string, more: Record<string, string | boolean> = {}) {
  const manager = await console.visitedBy(hub.manager, `/referrals/${reference}`);
  await manager.click('Restrict');
  await manager.press('Restrict it', {
    'Why is it restricted?': 'A person of the council is, or knows, one of the people',
    'The reason, in your own words': 'Her mother works in housing.',
    'Sol Worker (social worker)': true,
    ...more,
  });
  return manager;
}

it('Z9: a restricted record is named in no page of a person who was not named, and its pages are not there', async () => {
  const reference = await refer();
  const manager = await restricts(reference);
  expect(manager.page.notices()).toEqual([`${reference} is restricted.`]);
  expect((await manager.open(`/referrals/${reference}`)).text).toContain('Restricted record');
  const screener = await console.visitedBy(hub.screener);
  const line = screener.page.text;
  expect(line).toContain('Restricted record');
  for (const path of ['/queue', '/queue?sort=newest', '/your-work', '/alerts', '/handover', '/live/queue']) {
    expect([path, (await screener.open(path)).text.includes('Marsden')]).toEqual([path, false]);
  }
  const nothing = await screener.open(`/referrals/${NO_REFERRAL}`);
  for (const part of [
    '',
    '/timeline',
    '/decisions',
    '/access',
    '/print',
    '/for-family',
    '/rating',
    '/note',
    '/agencies',
  ]) {
    const page = await screener.open(`/referrals/${reference}${part}`);
    expect([part, page.status, page.text]).toEqual([part, 404, nothing.text]);
  }
  const worker = await console.visitedBy(hub.socialWorker, `/referrals/${reference}`);
  expect(worker.page.text).toContain('Marsden-Pyke');
});

it('Z9: a restricted record is in no search, no decided list, no export and no team page of a person who was not named', async () => {
  const reference = await refer();
  await hub.decides(hub.socialWorker, reference, { outcome: 'no_further_action', thresholdLevel: 1 });
  await restricts(reference);
  const other = await console.visitedBy(hub.otherManager, '/search');
  await other.press('Search', { 'Name of a child or adult': 'Mia Marsden' });
  expect(other.page.text).not.toContain(reference);
  for (const path of [
    '/oversight',
    '/oversight/decided',
    '/oversight/decided.csv',
    '/workload',
    '/oversight/safety',
    '/feedback',
  ]) {
    expect([path, (await other.open(path)).text.includes('Marsden')]).toEqual([path, false]);
  }
});

it('Z10, Z11, Z12: a person opens a restricted record in an emergency, and another manager looks at it', async () => {
  const reference = await refer();
  await restricts(reference);
  const screener = await console.visitedBy(hub.screener);
  const form = await screener.click('Restricted record');
  expect([form.path, form.text]).toEqual([
    `/referrals/${reference}/break-glass`,
    expect.stringContaining('for one hour'),
  ]);
  const short = await screener.press('Open the record', { 'Why can it not wait?': 'Police' });
  expect([short.status, short.wordsOfEach('.govuk-error-summary li')]).toEqual([
    422,
    ['Say why in 20 characters or more'],
  ]);
  const open = await screener.press('Open the record', { 'Why can it not wait?': REASON });
  expect([open.path, open.text]).toEqual([
    `/referrals/${reference}`,
    expect.stringContaining('You opened it in an emergency'),
  ]);
  await hub.moveBy({ minutes: 61 });
  expect((await screener.open(`/referrals/${reference}`)).status).toBe(404);

  const other = await console.visitedBy(hub.otherManager, '/restrictions');
  expect(other.page.text).toContain(REASON);
  const found = await other.press('Record what I found', {
    'Was it needed?': 'It was needed',
    'What did you find?': 'It was.',
  });
  expect([found.notices(), found.text]).toEqual([
    ['Your finding is recorded.'],
    expect.stringContaining('None waits.'),
  ]);
});

it('Z10: who signed in a while ago signs in again before they break the glass, and what they typed stays', async () => {
  const reference = await refer();
  await restricts(reference);
  const screener = await console.visitedBy(hub.screener);
  await hub.signedInMinutesAgo(11);
  const asked = await screener.get(`/referrals/${reference}/break-glass`);
  expect(asked.leadsTo).toBe(`/sign-in/again?page=%2Freferrals%2F${reference}%2Fbreak-glass`);
  const form = await screener.signInAs(hub.screener, `/referrals/${reference}/break-glass`);
  expect(form.path).toBe(`/referrals/${reference}/break-glass`);
  await hub.signedInMinutesAgo(11);
  const stale = await screener.press('Open the record', { 'Why can it not wait?': REASON });
  expect([stale.status, stale.html]).toEqual([409, expect.stringContaining(REASON)]);
  expect(stale.text).toContain('You signed in more than 10 minutes ago.');
  expect((await screener.open(`/referrals/${reference}`)).status).toBe(404);
});

it('Z10: who is or knows one of the people is refused on the record, and the form of no referral looks the same', async () => {
  const reference = await refer();
  await restricts(reference, { 'Sol Worker (social worker)': false });
  const manager = await console.visitedBy(hub.manager, `/referrals/${reference}/restriction`);
  await manager.press('Record it', {
    Person: 'Sam Screener (screener)',
    'May they open it?': 'No, in an emergency neither',
  });
  const screener = await console.visitedBy(hub.screener, `/referrals/${NO_REFERRAL}/break-glass`);
  const ofNone = screener.page.text.replace(NO_REFERRAL, reference);
  expect((await screener.open(`/referrals/${reference}/break-glass`)).text).toBe(ofNone);
  const page = await screener.press('Open the record', { 'Why can it not wait?': REASON });
  expect([page.status, page.text]).toEqual([403, expect.stringContaining('You must not open this record')]);
  const { timeline } = await hub.read(reference, hub.manager);
  expect(timeline.map(({ act }) => act)).not.toContain('glass.broken');
});

it('the form for an emergency names the managers on duty, the same for a record that is restricted and for one that is not there', async () => {
  const reference = await refer();
  await restricts(reference);
  const screener = await console.visitedBy(hub.screener, `/referrals/${NO_REFERRAL}/break-glass`);
  const { practice_manager: manager } = hub.onDuty;
  expect(screener.page.text).toContain('Ask a manager first:');
  expect(screener.page.text).toContain(manager.name);
  const ofNone = screener.page.text.replace(NO_REFERRAL, reference);
  expect((await screener.open(`/referrals/${reference}/break-glass`)).text).toBe(ofNone);
});

it('a manager changes who may open it, keeps the restriction and ends it', async () => {
  const reference = await refer();
  const manager = await restricts(reference);
  await manager.press('Record it', { Person: 'Sol Worker (social worker)', 'May they open it?': 'No' });
  expect(manager.page.text).not.toContain('Sol Worker, until');
  await manager.press('I looked at it: keep it 90 more days');
  expect(manager.page.notices()).toEqual(['The restriction stays for 90 more days.']);
  await manager.press('End it');
  expect(manager.page.wordsOfEach('.govuk-error-summary li')).toEqual(['Enter why it is not needed any more']);
  await manager.press('End it', { 'Why is it not needed any more?': 'She has left the council.' });
  expect(manager.page.path).toBe(`/referrals/${reference}`);
  expect((await console.visitedBy(hub.screener, `/referrals/${reference}`)).page.status).toBe(200);
});

it('a form of a restriction that names no child, person or restriction that is there changes nothing and says so', async () => {
  const reference = await refer();
  const manager = await console.visitedBy(hub.manager, `/referrals/${reference}/restriction`);
  const forge = async (button: string, answers: Answers, field: string, value: string) => {
    const { action, pairs } = manager.page.sendingBy(button, answers);
    return manager.send('POST', action, [...pairs.filter(([name]) => name !== field), [field, value]]);
  };
  const why = { 'Why is it restricted?': 'A child is being adopted, or was', 'The reason, in your own words': 'Yes.' };
  for (const [field, value] of [
    ['children', '9'],
    ['children', 'x'],
    ['people', randomUUID()],
    ['people', 'x'],
  ] as const) {
    const refused = await forge('Restrict it', why, field, value);
    expect([field, value, refused.status >= 400 && refused.status < 500]).toEqual([field, value, true]);
  }
  expect((await console.visitedBy(hub.screener, `/referrals/${reference}`)).page.status).toBe(200);
  await restricts(reference);
  const person = { Person: 'Sol Worker (social worker)', 'May they open it?': 'No' };
  await manager.open(`/referrals/${reference}/restriction`);
  for (const [field, value] of [
    ['person', randomUUID()],
    ['person', hub.agency.agencyId],
    ['restriction', randomUUID()],
  ] as const) {
    const refused = await forge('Record it', person, field, value);
    expect([field, refused.status >= 400 && refused.status < 500]).toEqual([field, true]);
  }
  expect((await console.visitedBy(hub.socialWorker, `/referrals/${reference}`)).page.status).toBe(200);
});

it('a manager who opened it in an emergency is shown who changes it, and no form', async () => {
  const reference = await refer();
  await restricts(reference);
  const other = await console.visitedBy(hub.otherManager, `/referrals/${reference}/break-glass`);
  await other.press('Open the record', { 'Why can it not wait?': REASON });
  const page = await other.open(`/referrals/${reference}/restriction`);
  expect(page.text).toContain('A manager named above changes who may open it.');
  expect(page.html).not.toContain('name="access"');
});

it('a person who takes down a referral about a restricted child is told its reference, and that they cannot open it', async () => {
  const child = { ...CHILD, nhsNumber: '9990000018' };
  await restricts(await hub.submit({ ...aRoutineAmber(), children: [child] }), { 'Mia Marsden-Pyke': true });
  const screener = await console.visitedBy(hub.screener, `/telephone/${randomUUID()}`);
  const received = await screener.press('Receive this referral', {
    ...{
      'How did it come?': 'By telephone',
      'For which agency?': 'Loomgate School',
      'Is a child in danger now?': 'No',
    },
    ...{
      'Name of the caller': 'Pat Lowe',
      'Role of the caller': 'Not said',
      'What has happened?': 'She came in late with a bruise on her arm.',
    },
    ...{ Neglect: true, 'How does the caller know?': 'First-hand', 'First name': 'Mia', 'Last name': 'Marsden-Pyke' },
    ...{ 'NHS number': child.nhsNumber, 'Do the parents know of this referral?': 'No' },
    ...{ 'If not, why not?': 'Other', 'Has the family agreed?': 'Not sought' },
  });
  expect([received.errors(), received.status, received.path]).toEqual([[], 200, '/telephone']);
  expect(received.notices()[0]).toMatch(/^MASH-\w{4}-\w{4} is received\..* It is a restricted record/);
});
