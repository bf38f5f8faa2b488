import { createHub, type Hub } from '../support/hub.ts';
import { RunningConsole } from '../support/running-console.ts';
import { aPoorAttender } from '../support/referrals.ts';
import { Holder } from '../support/verbs/moments.ts';
import type { Visitor } from '../support/visitor.ts';

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

const LONGER_THAN_A_SESSION = 32;
const NOTE = 'The school rings back at noon.';

describe('preferences', () => {
  const WEEKLY = 'A weekly e-mail about how promptly the hub works';

  it('offer the weekly e-mail to who reads oversight, off until it is ticked', async () => {
    const visitor = await console.visitedBy(hub.manager, '/preferences');
    const isTicked = () => /name="weeklySummary"[^>]* checked/.test(visitor.page.html);
    expect(isTicked()).toBe(false);
    await visitor.press('Save', { [WEEKLY]: true });
    expect(isTicked()).toBe(true);
    await visitor.press('Save', { [WEEKLY]: false });
    expect(isTicked()).toBe(false);
    const worker = await console.visitedBy(hub.socialWorker, '/preferences');
    expect(worker.page.text).not.toContain(WEEKLY);
  });

  it('switch shortcuts on for every page, which are off until then', async () => {
    const visitor = await console.visitedBy(hub.screener);
    expect([visitor.page.heading, visitor.page.attributes('data-shortcuts')]).toEqual(['Waiting for a decision', []]);
    await visitor.open('/preferences');
    const saved = await visitor.press('Save', {
      'How close together are the lines of the queue?': 'Close together',
      'Use keyboard shortcuts': true,
      'Take the next one': 'ł',
    });
    expect(saved.notices()).toEqual(['Your preferences are saved.']);
    const page = await visitor.open('/queue');
    expect(page.attributes('data-shortcuts').map((keys) => JSON.parse(keys) as object)).toEqual([
      expect.objectContaining({ 'take-next': 'ł' }),
    ]);
    expect(page.attributes('class').join(' ')).toContain('mash-compact');
  });

  it.each([
    ['', 'Give one character'],
    ['ab', 'Give one character'],
    ['k', '“k” does something else already'],
  ])('are shown again when the key for the next row is “%s”: %s', async (key, said) => {
    const visitor = await console.visitedBy(hub.screener, '/preferences');
    const page = await visitor.press('Save', { 'Next row of the queue': key });
    expect([page.status, page.errors()]).toEqual([422, expect.arrayContaining([expect.stringContaining(said)])]);
    expect(page.field('Next row of the queue').error).toContain(said);
  });
});

describe('a session', () => {
  it('S4: ends when its person has done nothing for half an hour, although a page was open and asked', async () => {
    const visitor = await console.visitedBy(hub.screener);
    await hub.lastActiveMinutesAgo(29);
    expect((await visitor.get('/live/now?on=queue&since=1')).status).toBe(200);
    await hub.lastActiveMinutesAgo(LONGER_THAN_A_SESSION);
    expect((await visitor.get('/queue')).leadsTo).toBe('/sign-in');
  });

  it('leads back to the page that was open when it ended, also when that page sent a request meanwhile', async () => {
    const visitor = await console.visitedBy(hub.screener);
    const token = visitor.page.sendingBy('Sign out').pairs;
    await hub.lastActiveMinutesAgo(LONGER_THAN_A_SESSION);
    expect((await visitor.get('/search')).leadsTo).toBe('/sign-in');
    expect((await visitor.get('/live?on=queue&since=1')).status).toBe(401);
    await visitor.send('POST', '/drafts/decision/MASH-AAAA-AAAA', [...token, ['worries', 'x']]);
    // The provider still knows the person, and sends them straight back.
    expect((await visitor.open('/sign-in')).heading).toBe('Search');
  });

  it('leads each page that was opened without it to where that page was going', async () => {
    const visitor = await console.visitedBy(hub.screener);
    await hub.lastActiveMinutesAgo(LONGER_THAN_A_SESSION);
    const begun: string[] = [];
    for (const path of ['/queue', '/search']) {
      await visitor.get(path);
      begun.push((await visitor.get('/sign-in')).location!);
    }
    expect((await visitor.open(begun[0]!)).heading).toBe('Waiting for a decision');
    expect((await visitor.open(begun[1]!)).heading).toBe('Search');
  });

  it('S4, S5: shows what was written in a form without a draft after it ended, to be copied', async () => {
    await hub.claims(hub.screener, await hub.submit(aPoorAttender()));
    const visitor = await console.visitedBy(hub.screener, '/shift');
    await hub.lastActiveMinutesAgo(LONGER_THAN_A_SESSION);
    const sent = await visitor.press('Let go of everything', {
      'What the next person should know (optional)': NOTE,
    });
    expect([sent.status, sent.under('What you wrote')]).toEqual([403, expect.stringContaining(NOTE)]);
    expect((await visitor.get('/shift')).leadsTo).toBe('/sign-in');
  });

  it('shows each answer with its question after it ended, an answer of a single word too', async () => {
    const visitor = await console.visitedBy(hub.screener, '/consultations/new');
    await hub.lastActiveMinutesAgo(LONGER_THAN_A_SESSION);
    visitor.fill('Name of the caller', 'Okonkwo');
    visitor.fill('What was asked?', 'May we tell his mother?');
    const sent = await visitor.press('Record it');
    expect(sent.status).toBe(403);
    expect([sent.fact('Caller'), sent.fact('Question')]).toEqual(['Okonkwo', 'May we tell his mother?']);
    expect(sent.wordsOfEach('dt')).toEqual(['Caller', 'Question']);
  });

  it('leaves the forms of one tab as they can be sent when it is begun again in another', async () => {
    const visitor = await console.visitedBy(hub.screener);
    await hub.allAreSignedOut();
    const tabs: string[] = [];
    for (const path of ['/consultations', '/search']) {
      await visitor.get(path);
      tabs.push((await visitor.get('/sign-in')).location!);
    }
    await visitor.open(tabs[0]!);
    const form = await visitor.open('/consultations/new');
    await visitor.open(tabs[1]!);
    const saved = await visitor.types('Record it', { 'What was asked?': 'May we tell his mother?' }, form);
    expect(saved.status).toBe(204);
  });

  it('S4: stays ended when its person signed out while a request of theirs was being answered', async () => {
    const reference = await hub.submit(aPoorAttender());
    const visitor = await console.visitedBy(hub.screener);
    const { page } = visitor;
    const token = page.sendingBy('Sign out').pairs;
    await hub.lastActiveMinutesAgo(5);
    const cookie = { Cookie: visitor.cookieHeader };
    const holder = await Holder.of(hub.url, 'LOCK TABLE draft IN SHARE MODE');
    const late = visitor.send('POST', `/drafts/rating/${reference}`, [...token, ['reason', 'He is alone.']]);
    await hub.untilWaiting();
    await visitor.press('Sign out', {}, page);
    await holder.letGo();
    expect((await late).status).toBe(204);
    const after = await fetch(`${console.url}/queue`, { headers: cookie, redirect: 'manual' });
    expect([after.status, after.headers.get('Location')]).toEqual([303, '/sign-in']);
  });

  it('goes on for a person who says that they are still there', async () => {
    const visitor = await console.visitedBy(hub.screener);
    await hub.lastActiveMinutesAgo(29);
    expect(await hub.minutesSinceActivity()).toBeGreaterThan(28);
    const token = visitor.page.sendingBy('Sign out').pairs;
    expect((await visitor.send('POST', '/stay', token)).status).toBe(204);
    expect(await hub.minutesSinceActivity()).toBeLessThan(28);
  });

  it('shows what was said on the page that a redirect leads to, although the database is slow to write it', async () => {
    const visitor = await console.visitedBy(hub.screener, '/preferences');
    const { pairs } = visitor.page.sendingBy('Save');
    const repair = await hub.sessionsAreSlow();
    try {
      // As a browser follows it: when the head of the answer has come.
      const page = await fetch(`${console.url}/preferences`, {
        method: 'POST',
        headers: { Cookie: visitor.cookieHeader },
        body: new URLSearchParams(pairs.map(([...pair]) => pair)),
      });
      expect(await page.text()).toContain('Your preferences are saved.');
    } finally {
      await repair();
    }
  });
});

it.each([
  ['/help', 'Help'],
  ['/accessibility', 'Accessibility'],
  ['/privacy', 'Privacy'],
])('shows %s to a person who is not signed in', async (path, heading) => {
  const page = await console.visitor().open(path);
  expect([page.status, page.heading]).toEqual([200, expect.stringContaining(heading)]);
});

describe('passing a referral on', () => {
  const passesOn = async (visitor: Visitor, reference: string) => {
    await visitor.open(`/referrals/${reference}`);
    const confirm = await visitor.press('Pass it on');
    expect([confirm.status, confirm.heading]).toEqual([200, `Assign ${reference}`]);
    return confirm;
  };
  const toSol = { 'Who is to have it?': 'Sol Worker (social worker)', 'What they should know (optional)': NOTE };

  it('gives the referral with a note to a colleague, and offers it no more to who held it', async () => {
    const reference = await hub.submit(aPoorAttender());
    await hub.claims(hub.screener, reference);
    const screener = await console.visitedBy(hub.screener);
    await passesOn(screener, reference);
    const page = await screener.press('Assign', toSol);
    expect([page.path, page.notices()]).toEqual([
      `/referrals/${reference}`,
      [`${reference} is with Sol Worker now. Take it back`],
    ]);
    expect(page.text).toContain('With Sol Worker');
    expect(page.buttons()).not.toContain('Pass it on');
    expect((await screener.open(`/referrals/${reference}/timeline`)).text).toContain(NOTE);
  });

  it('is taken back by the person who passed it on, on the page that follows', async () => {
    const reference = await hub.submit(aPoorAttender());
    await hub.claims(hub.screener, reference);
    const screener = await console.visitedBy(hub.screener);
    const confirm = await passesOn(screener, reference);
    expect(confirm.text).toContain('Sol Worker (social worker) Not on duty. Has no referrals');
    expect(confirm.text).toContain('Sam Screener (screener) Not on duty. Has 1: 1 green');
    await screener.press('Assign', toSol);
    const back = await screener.press('Take it back');
    expect([back.path, back.notices()]).toEqual([`/referrals/${reference}`, [`${reference} is where it was before.`]]);
    expect(back.text).toContain('With you');
    expect(back.buttons()).not.toContain('Take it back');
    expect((await screener.open(`/referrals/${reference}/timeline`)).text).toContain('it is with Sam Screener again');
  });

  it('is not taken back when the colleague has acted on it since', async () => {
    const reference = await hub.submit(aPoorAttender());
    await hub.claims(hub.screener, reference);
    const screener = await console.visitedBy(hub.screener);
    await passesOn(screener, reference);
    await screener.press('Assign', toSol);
    await hub.rates(hub.socialWorker, reference, 'amber');
    expect((await screener.press('Take it back')).text).toContain(
      `Not taken back, because a person has acted on it since: ${reference}.`,
    );
  });

  it('is done once when the form is sent twice', async () => {
    const reference = await hub.submit(aPoorAttender());
    await hub.claims(hub.screener, reference);
    const screener = await console.visitedBy(hub.screener);
    const confirm = await passesOn(screener, reference);
    await screener.press('Assign', toSol, confirm);
    expect((await screener.press('Assign', toSol, confirm)).path).toBe(`/referrals/${reference}`);
    const timeline = await screener.open(`/referrals/${reference}/timeline`);
    expect(timeline.text.split(NOTE)).toHaveLength(2);
  });

  it('is refused when the referral is with another person by then', async () => {
    const reference = await hub.submit(aPoorAttender());
    await hub.claims(hub.screener, reference);
    const screener = await console.visitedBy(hub.screener);
    const inOtherWindow = await passesOn(screener, reference);
    await passesOn(screener, reference);
    await screener.press('Assign', toSol);
    const toSam = { ...toSol, 'Who is to have it?': 'Sam Screener (screener)' };
    const back = await screener.press('Assign', toSam, inOtherWindow);
    expect([back.status, back.text]).toEqual([409, expect.stringContaining('This referral is with another person')]);
    expect((await screener.open(`/referrals/${reference}`)).text).toContain('With Sol Worker');
  });

  it('is refused when the form was sent before to pass it to another person', async () => {
    const reference = await hub.submit(aPoorAttender());
    await hub.claims(hub.screener, reference);
    const screener = await console.visitedBy(hub.screener);
    const confirm = await passesOn(screener, reference);
    await screener.press('Assign', toSol, confirm);
    const toSam = { ...toSol, 'Who is to have it?': 'Sam Screener (screener)' };
    const back = await screener.press('Assign', toSam, confirm);
    expect([back.status, back.text]).toEqual([409, expect.stringContaining('This form was sent before')]);
  });
});

describe('the end of a shift', () => {
  it('lets go of nothing when it is refused, and keeps what was chosen and written', async () => {
    const references: string[] = [];
    for (let count = 0; count < 52; count++) references.push(await hub.submit(aPoorAttender()));
    for (const reference of references) await hub.claims(hub.socialWorker, reference);
    const worker = await console.visitedBy(hub.socialWorker, '/shift');
    expect(worker.page.text).toContain('You have 52 referrals');
    const where = (reference: string) => `Where ${reference} goes`;
    const goTo = (whom: string) => Object.fromEntries(references.map((reference) => [where(reference), whom]));
    const chosen = () => references.map((reference) => worker.page.field(where(reference)).chosen);
    const note = 'What the next person should know (optional)';
    const long = await worker.press('Let go of everything', { ...goTo('Sam Screener'), [note]: 'x'.repeat(5_001) });
    expect([long.status, long.errors()]).toEqual([422, [expect.stringContaining('5,000 characters')]]);
    expect(chosen()).toEqual(references.map(() => 'Sam Screener'));

    worker.page.fill(goTo('Max Manager'));
    await hub.leaves(hub.otherManager);
    const gone = await worker.press('Let go of everything', { [note]: 'All of these wait for a call.' });
    expect([gone.status, gone.text]).toEqual([409, expect.stringContaining('That person does not work here any more')]);
    expect(gone.field(note).value).toBe('All of these wait for a call.');
    expect((await worker.open('/shift')).text).toContain('You have 52 referrals');
    await worker.press('Let go of everything');
    expect((await worker.open('/shift')).text).toContain('You have no referrals');
  });
});
