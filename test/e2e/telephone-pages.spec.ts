import { SERVICE, sql } from '#store';
import { randomUUID } from 'node:crypto';
import { addAgency } from '../support/agencies-and-staff.ts';
import { createHub, type Hub } from '../support/hub.ts';
import type { Page } from '../support/page/page.ts';
import { aBruisedBaby } from '../support/referrals.ts';
import { RunningConsole } from '../support/running-console.ts';
import { Holder } from '../support/verbs/moments.ts';

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

const RECEIVE = 'Receive this referral';
const call = {
  'How did it come?': 'By telephone',
  'For which agency?': 'Loomgate School',
  'Is a child in danger now?': 'No',
  'Name of the caller': 'A neighbour',
  'Role of the caller': 'Neighbour',
  'What has happened?': 'He is out on the street until midnight on school days.',
  Neglect: true,
  'How does the caller know?': 'First-hand',
  Description: 'A boy of about six in a red coat',
  'Do the parents know of this referral?': 'No',
  'If not, why not?': 'Other',
  'Has the family agreed?': 'Not sought',
};
const AT_THE_BUS_STATION = { ...call, 'Where did it happen?': 'Behind the bus station' };
const referenceOf = ({ path }: Page) => path.split('/').at(-1)!;
const newForm = () => `/telephone/${randomUUID()}`;

describe('a referral by telephone', () => {
  it('is received as one by the API is, and the record says who took it down', async () => {
    const visitor = await console.visitedBy(hub.screener, newForm());
    const received = await visitor.press(RECEIVE, call);
    expect(received.path).toMatch(/^\/referrals\/MASH-/);
    const { timeline, rating, submitted, children } = await hub.read(referenceOf(received));
    expect([rating, submitted.concern.types, children]).toEqual([
      'amber',
      ['neglect'],
      [{ description: 'A boy of about six in a red coat' }],
    ]);
    expect(timeline.at(-1)).toMatchObject({
      act: 'referral.taken-down',
      by: 'Sam Screener',
      details: { channel: 'telephone' },
    });
  });

  it('is received once when its form is sent twice, and its form is no form any more', async () => {
    const visitor = await console.visitedBy(hub.screener, newForm());
    const form = visitor.page;
    const received = await visitor.press(RECEIVE, call, form);
    expect((await visitor.press(RECEIVE, call, form)).path).toBe(received.path);
    expect(await hub.receivedCount()).toBe(1);
    // Saved late, and looked for again.
    expect((await visitor.types(RECEIVE, call, form)).status).toBe(409);
    const begun = await visitor.open('/telephone');
    expect([begun.heading, begun.headings()]).toEqual([
      'Take a call',
      expect.not.arrayContaining(['Begun and not sent']),
    ]);
    expect((await visitor.open(form.path)).path).toBe(received.path);
  });

  it('that came earlier and was written on paper has its clocks from then, and alerts at once where one has run out', async () => {
    const visitor = await console.visitedBy(hub.screener, newForm());
    const paper = { ...call, 'Is a child in danger now?': 'Yes', 'The time at which it came': '5:30am' };
    for (const [time, why] of [
      ['11am', 'Say when it came: in the last 7 days, and not later than now'],
      ['noonish', 'Enter the time of day, such as 2:30pm'],
    ] as const) {
      const refused = await visitor.press(RECEIVE, { ...paper, 'The time at which it came': time });
      expect([refused.status, refused.errors()]).toEqual([422, [why]]);
      expect(refused.field('The time at which it came').value).toBe(time);
    }
    const received = await visitor.press(RECEIVE, paper);
    expect(received.text).toContain('Decision was due 9:30am today');
    const { receivedAt, timeline } = await hub.read(referenceOf(received));
    expect(receivedAt).toEqual(hub.at('2026-11-23T05:30'));
    expect(timeline.at(-1)).toMatchObject({ act: 'referral.taken-down', at: hub.at('2026-11-23T10:00') });
    expect((await visitor.open(`${received.path}/timeline`)).text).toContain(
      'It had come before and was written on paper',
    );
    await hub.fireDue.execute();
    expect((await hub.alertsOfKind('decision')).length).toBeGreaterThan(0);
    expect(await hub.invariants.execute()).toEqual([]);
  });

  it('is received once when two windows send it for two agencies at the same moment', async () => {
    await addAgency(hub.database, 'Another School');
    const at = newForm();
    const visitors = [await console.visitedBy(hub.screener, at), await console.visitedBy(hub.socialWorker, at)];
    // Both wait for this lock as late as they can.
    const holder = await Holder.of(hub.url, 'LOCK TABLE referral IN SHARE MODE');
    const sent = Promise.all([
      visitors[0]!.press(RECEIVE, call),
      visitors[1]!.press(RECEIVE, { ...call, 'For which agency?': 'Another School' }),
    ]);
    await hub.untilWaiting(2);
    await holder.letGo();
    expect((await sent).map(({ status }) => status).toSorted()).toEqual([200, 409]);
    expect(await hub.receivedCount()).toBe(1);
  });

  it('keeps a change after it was received, says that no person has it, and makes it a form of its own', async () => {
    const visitor = await console.visitedBy(hub.screener, newForm());
    const form = visitor.page;
    const received = await visitor.press(RECEIVE, call, form);
    const again = await visitor.press(RECEIVE, AT_THE_BUS_STATION, form);
    expect([again.status, again.refusal]).toEqual([
      409,
      expect.stringContaining('This form has been received already'),
    ]);
    const where = (page: Page) => page.field('Where did it happen?').value;
    expect(where(await visitor.open(form.path))).toBe('Behind the bus station');
    await visitor.press(RECEIVE, AT_THE_BUS_STATION, form);
    const anew = await visitor.press('Make it a form of its own');
    expect(anew.path).not.toBe(form.path);
    expect(where(anew)).toBe('Behind the bus station');
    const another = await visitor.press(RECEIVE);
    expect(another.path).toMatch(/^\/referrals\/MASH-/);
    expect(another.path).not.toBe(received.path);
  });

  it('is not received a second time for another agency', async () => {
    const visitor = await console.visitedBy(hub.screener, newForm());
    await addAgency(hub.database, 'Another School');
    const form = await visitor.open(visitor.page.path);
    await visitor.press(RECEIVE, call, form);
    const ofAnother = await visitor.press(RECEIVE, { ...call, 'For which agency?': 'Another School' }, form);
    expect([ofAnother.status, await hub.receivedCount()]).toEqual([409, 1]);
  });

  it('names each answer that is missing or wrong, and keeps what was typed, for the person who typed it only', async () => {
    const at = newForm();
    const visitor = await console.visitedBy(hub.screener, at);
    const back = await visitor.press(RECEIVE, { 'NHS number': '123 <b>', 'What has happened?': 'Too short' });
    expect(back.status).toBe(422);
    const typed = (page: Page) => [page.field('NHS number').value, page.field('What has happened?').value];
    expect(typed(back)).toEqual(['123 <b>', 'Too short']);
    expect(back.errors()).toEqual(
      expect.arrayContaining([
        'Select how it came',
        'Select an agency',
        'Answer “Is a child in danger now?”',
        expect.stringContaining('What has happened: '),
        expect.stringContaining('Child 1, NHS number: '),
        'Answer “Do the parents know of this referral?”',
        'Answer “Has the family agreed?”',
      ]),
    );
    // Resumed after anything.
    const again = await console.visitedBy(hub.screener);
    expect(typed(await again.open(at))).toEqual(['123 <b>', 'Too short']);
    const other = await console.visitedBy(hub.socialWorker);
    expect(typed(await other.open(at))).toEqual(['', '']);
    const listed = (page: Page) => [page.heading, page.links().includes('No name yet')];
    expect(listed(await other.open('/telephone'))).toEqual(['Take a call', false]);
    const begun = await again.open('/telephone');
    expect([...listed(begun), begun.link('No name yet')]).toEqual(['Take a call', true, at]);
    const [discard] = begun.buttons().filter((button) => button.startsWith('Discard'));
    expect(listed(await again.press(discard!))).toEqual(['Take a call', false]);
  });

  it('makes room for another child and keeps what is there', async () => {
    const visitor = await console.visitedBy(hub.screener, newForm());
    const more = await visitor.press('Add another child', call);
    expect(more.status).toBe(200);
    expect(more.field('Child 1: Description').value).toBe('A boy of about six in a red coat');
    const received = await visitor.press(RECEIVE, { 'Child 2: First name': 'Sophie' });
    expect((await hub.read(referenceOf(received))).children).toHaveLength(2);
  });

  it('is not found under an address that is of no form', async () => {
    const { page } = await console.visitedBy(hub.screener, '/telephone/nonsense');
    expect([page.status, page.heading]).toEqual([404, 'Page not found']);
  });
});

describe('the short capture of a call', () => {
  const KNOWN = 'Known already?';

  it('shows known children and open referrals without script after “Look for matches”, with why each matches', async () => {
    const baby = aBruisedBaby();
    const reference = await hub.submit({ ...baby, referrer: { ...baby.referrer, phone: '+441614960112' } });
    const visitor = await console.visitedBy(hub.screener, newForm());
    expect(visitor.page.under(KNOWN)).toContain('Matches appear here as you type');
    const child = baby.children[0]!;
    const [year, month, day] = child.dateOfBirth!.split('-') as [string, string, string];
    const looked = await visitor.press('Look for matches', {
      'First name': child.firstName!,
      'Last name': child.lastName!,
      'Child 1: Day': day,
      'Child 1: Month': month,
      'Child 1: Year': year,
    });
    expect(looked.link('Elodie Marsden-Pyke (opens in a new tab)')).toBe(`/referrals/${reference}`);
    expect(looked.under(KNOWN)).toContain('One referral may be about the same child or household, 1 of them open.');
    expect(looked.under(KNOWN)).toContain('Probably the same child: same date of birth, same first name, same surname');
    expect(looked.under(KNOWN)).toContain('Open: Waiting for a decision');
    const byCaller = await visitor.press('Look for matches', {
      'First name': '',
      'Last name': '',
      'Telephone of the caller': '0161 496 0112',
    });
    expect(byCaller.under(KNOWN)).toContain('Same or similar telephone number');
    const unknown = await visitor.press('Look for matches', {
      'Telephone of the caller': '',
      'First name': 'Zzyzx',
      'Last name': 'Qwortle',
    });
    expect(unknown.under(KNOWN)).toContain('No child or referral that the hub knows matches so far');
  });

  it('finds the child by name where the date of birth is another, so that a wrong date hides no child', async () => {
    await hub.submit(aBruisedBaby());
    const visitor = await console.visitedBy(hub.screener, newForm());
    const name = { 'First name': 'Elodie', 'Last name': 'Marsden-Pyke' };
    const looked = await visitor.press('Look for matches', {
      ...name,
      'Child 1: Day': '1',
      'Child 1: Month': '1',
      'Child 1: Year': '2001',
    });
    expect(looked.under(KNOWN)).toContain('Same or similar name.');
  });

  it('is kept for later with all that was typed, for the person who took the call', async () => {
    const visitor = await console.visitedBy(hub.screener, newForm());
    const at = visitor.page.path;
    const kept = await visitor.press('Keep it and finish later', {
      'First name': 'Bo',
      'What has happened?': 'Ran off',
    });
    expect([kept.path, kept.text]).toEqual(['/telephone', expect.stringContaining('The call is kept')]);
    expect(kept.link('Bo')).toBe(at);
    const again = await visitor.open(at);
    expect(again.field('What has happened?').value).toBe('Ran off');
    expect(await hub.receivedCount()).toBe(0);
    expect((await visitor.open('/your-work')).link('One call is begun and not sent')).toBe('/telephone');
    const other = await console.visitedBy(hub.socialWorker, '/your-work');
    expect(other.page.text).not.toContain('begun and not sent');
  });

  it('gives no piece of the page to a person who may take no call', async () => {
    const auditor = await console.visitedBy(hub.auditor, '/preferences');
    const token = auditor.page.sendingBy('Sign out').pairs;
    expect((await auditor.send('POST', `${newForm()}/matches`, [...token])).status).toBe(404);
  });

  it('folds the rest away until it has an answer', async () => {
    const visitor = await console.visitedBy(hub.screener, newForm());
    const isOpen = ({ html }: Page) => /<details class="govuk-details" open>/.test(html);
    expect(isOpen(visitor.page)).toBe(false);
    expect(isOpen(await visitor.press('Look for matches', { 'First name': 'Bo' }))).toBe(false);
    expect(isOpen(await visitor.press('Look for matches', { GP: 'Hyde Surgery' }))).toBe(true);
  });
});

describe('advice that was given', () => {
  const RECORD = 'Record it';
  const advice = {
    'For which agency?': 'Loomgate School',
    'Name of the caller': 'Ms Bell',
    Role: 'Teacher',
    'What was asked?': 'Should I <i>refer</i>?',
    'What did you advise?': 'Speak to the parents first.',
    'What did it come to?': 'Advice only',
  };
  const ringThePolice = { ...advice, 'What did you advise?': 'Ring the police.' };
  const timesSaid = ({ text }: Page, words: string) => text.split(words).length - 1;

  it('is recorded once for each form with the person who gave it, and can never be deleted', async () => {
    const visitor = await console.visitedBy(hub.screener, '/consultations/new');
    const form = visitor.page;
    const incomplete = await visitor.press(RECORD, { 'What was asked?': 'Should I <i>refer</i>?' }, form);
    expect([incomplete.status, incomplete.errors()]).toEqual([422, expect.arrayContaining(['Say what you advised'])]);
    expect((await visitor.open(form.path)).field('What was asked?').value).toBe('Should I <i>refer</i>?');
    await Promise.all([visitor.press(RECORD, advice, form), visitor.press(RECORD, advice, form)]);
    const given = await visitor.open(form.path);
    expect([given.path, timesSaid(given, 'Speak to the parents first.')]).toEqual(['/consultations', 1]);
    expect(given.text).toContain('Sam Screener');
    expect(given.text).toContain('Asked: Should I <i>refer</i>?');
    // The schema is the subject: no code of ours deletes one.
    await expect(hub.database.as(SERVICE).rows(sql`DELETE FROM consultation`)).rejects.toThrow(/append-only/);
  });

  it('is another record when its form is sent again with other words, on a form of its own', async () => {
    const visitor = await console.visitedBy(hub.screener, '/consultations/new');
    const form = visitor.page;
    await visitor.press(RECORD, advice, form);
    const other = await visitor.press(RECORD, ringThePolice, form);
    expect([other.status, other.field('What did you advise?').value]).toEqual([409, 'Ring the police.']);
    expect(new URL(other.sendingBy(RECORD).action, other.url).pathname).not.toBe(form.path);
    const given = await visitor.press(RECORD);
    expect([given.path, timesSaid(given, 'Ring the police.')]).toEqual(['/consultations', 1]);
    expect(timesSaid(given, 'Speak to the parents first.')).toBe(1);
  });

  it('has a form for each of two callers: neither takes the other’s away, and a late save is refused', async () => {
    const visitor = await console.visitedBy(hub.screener, '/consultations/new');
    const first = visitor.page;
    const second = await visitor.open('/consultations/new');
    await visitor.types(RECORD, { 'Name of the caller': 'Mr Okonkwo' }, second);
    expect((await visitor.press(RECORD, advice, first)).path).toBe('/consultations');
    expect((await visitor.types(RECORD, advice, first)).status).toBe(409);
    const begun = async () => (await visitor.open('/telephone')).links().filter((link) => link.startsWith('Advice to'));
    expect(await begun()).toEqual(['Advice to Mr Okonkwo']);
    const [discard] = visitor.page.buttons().filter((button) => button.startsWith('Discard'));
    await visitor.press(discard!);
    expect([visitor.page.heading, await begun()]).toEqual(['Take a call', []]);
  });
});
