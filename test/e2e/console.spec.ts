import { createHub, type Hub } from '../support/hub.ts';
import { RunningConsole, Visitor } from '../support/running-console.ts';
import {
  aBruisedBaby,
  aCoachMessagingChildren,
  aMotherInPsychosis,
  aPoorAttender,
  aRoutineAmber,
  aSelfHarmingTeenager,
  aStrangulation,
  anExpectantMother,
} from '../support/referrals.ts';
import { until } from '../support/until.ts';

let hub: Hub;
let console: RunningConsole;

beforeAll(async () => {
  hub = await createHub();
  const people = async () =>
    hub.database.rows<{ subject: string; name: string; role: string }>(
      `SELECT subject, name, role FROM staff_member UNION SELECT 'nobody-of-ours', 'A visitor', 'nobody'`,
    );
  console = await RunningConsole.start(hub.url, people);
});
afterAll(async () => {
  await console.stop();
  await hub.drop();
});

const signedIn = async (person: { subject: string }) => {
  const visitor = new Visitor(console);
  await visitor.signInAs(person.subject);
  return visitor;
};

/** Answers, checks and sends a decision. */
async function decideAs(visitor: Visitor, reference: string, answers: Record<string, string>) {
  await visitor.get(`/referrals/${reference}/decision`);
  const answered = await visitor.submit(`/referrals/${reference}/decision`, answers);
  await visitor.get(answered.location!);
  return visitor.submit(`/referrals/${reference}/decision/check`);
}

it('sends somebody unknown to sign in, and back to the page they asked for', async () => {
  const reference = await hub.submit(aPoorAttender());
  const visitor = new Visitor(console);
  expect((await visitor.get(`/referrals/${reference}`)).location).toBe(`${console.url}/sign-in`);
  const page = await visitor.signInAs(hub.screener.subject, `/referrals/${reference}`);
  expect(page.status).toBe(200);
  expect(page.html).toContain(`${reference} from Loomgate School`);
});

it('refuses somebody whom the provider knows and the hub does not', async () => {
  const visitor = new Visitor(console);
  const page = await visitor.signInAs('nobody-of-ours');
  expect(page.status).toBe(403);
  expect(page.html).toContain('nobody-of-ours');
  expect((await visitor.get('/queue')).location).toBe(`${console.url}/sign-in`);
});

it('refuses a callback that nobody began', async () => {
  const page = await new Visitor(console).get('/sign-in/callback?code=abc&state=def');
  expect(page.status).toBe(400);
});

it('takes a referral from the queue to a decision that is signed off and timed', async () => {
  const reference = await hub.submit(aBruisedBaby());
  const worker = await signedIn(hub.socialWorker);
  const queue = await worker.get('/queue');
  expect(queue.html).toContain('Elodie Marsden-Pyke');
  const taken = await worker.submit('/queue/next');
  expect([taken.status, taken.location]).toEqual([303, `${console.url}/referrals/${reference}`]);
  const page = await worker.get(`/referrals/${reference}`);
  for (const shown of [
    'Injury to a child who is not yet mobile',
    'Held by you',
    'thumb pad',
    'Bernadette Owusu-Lacey',
    '9990491321',
    'Teddy',
    'Kieran Pyke',
    'Same-day medical; strategy discussion',
    '4 hours after receipt at the latest (policy version 1, calendar version 1)',
  ]) {
    expect(page.html).toContain(shown);
  }

  await worker.get(`/referrals/${reference}/decision`);
  const empty = await worker.submit(`/referrals/${reference}/decision`);
  expect(empty.status).toBe(422);
  for (const said of ['Select what is to happen', 'Select the level of need', 'Give your rationale', 'Error: Decide']) {
    expect(empty.html).toContain(said);
  }
  expect(empty.html).not.toContain('checked');

  const decided = await worker.submit(`/referrals/${reference}/decision`, {
    outcome: 'strategy_discussion',
    thresholdLevel: '4',
    rationale: 'Unexplained bruising in a baby who cannot move about.',
  });
  expect(decided.location).toBe(`${console.url}/referrals/${reference}/decision/check`);
  const check = await worker.get(decided.location!);
  expect(check.html).toContain('Somebody else will have to sign it off because');
  expect(check.html).toContain('Unexplained bruising in a baby who cannot move about.');
  const sent = await worker.submit(decided.location!);
  const notice = await worker.get(sent.location!);
  expect(notice.html).toContain('It takes effect when somebody else signs it off');
  expect(notice.html).toContain('A child under one or unborn');
  expect((await worker.get(`/referrals/${reference}/sign-off`)).status).toBe(404);

  const manager = await signedIn(hub.manager);
  await manager.get(`/referrals/${reference}/sign-off`);
  const returned = await manager.submit(`/referrals/${reference}/sign-off`, { result: 'returned', comments: '' });
  expect(returned.html).toContain('Say why you return it');
  await manager.submit(`/referrals/${reference}/sign-off`, { result: 'agreed', comments: '' });
  const done = await manager.get(`/referrals/${reference}`);
  expect(done.html).toContain('Response time: on time');
});

it('tells the second of two deciders what changed, and keeps their text', async () => {
  const reference = await hub.submit(aRoutineAmber());
  const [first, second] = [await signedIn(hub.manager), await signedIn(hub.otherManager)];
  await first.get(`/referrals/${reference}/decision`);
  await second.get(`/referrals/${reference}/decision`);
  const decision = { outcome: 'early_help', thresholdLevel: '2', rationale: 'Early help, agreed with the school.' };
  await second.submit(`/referrals/${reference}/decision`, {
    ...decision,
    rationale: 'My own words about <b>this</b> child.',
  });
  await second.get(`/referrals/${reference}/decision/check`);
  await decideAs(first, reference, decision);
  const told = await second.submit(`/referrals/${reference}/decision/check`);
  expect(told.status).toBe(409);
  expect(told.html).toContain('This referral has been decided');
  expect(told.html).toContain('Mel Manager: Decided (Early help)');
  expect(told.html).toContain('Early help, agreed with the school.');
  expect(told.html).toContain('My own words about &lt;b&gt;this&lt;/b&gt; child.');
});

it('does not take a decision for one made after what changed, because the form was first sent incomplete', async () => {
  const reference = await hub.submit(aCoachMessagingChildren());
  const [decider, other] = [await signedIn(hub.manager), await signedIn(hub.otherManager)];
  await decider.get(`/referrals/${reference}/decision`);
  await other.get(`/referrals/${reference}/rating`);
  await other.submit(`/referrals/${reference}/rating`, { rating: 'red', reason: 'He is with children now.' });
  const incomplete = await decider.submit(`/referrals/${reference}/decision`, { outcome: 'early_help' });
  expect(incomplete.status).toBe(422);
  const decision = { outcome: 'early_help', thresholdLevel: '2', rationale: 'Written before the rating was raised.' };
  await decider.submit(`/referrals/${reference}/decision`, decision);
  const told = await decider.get(`/referrals/${reference}/decision/check`);
  expect(told.status).toBe(409);
  expect(told.html).toContain('Max Manager: Rated it (Amber to red)');
  expect((await decider.get(`/referrals/${reference}/decision/check`)).html).toContain('Check your answers');
  const sent = await decider.submit(`/referrals/${reference}/decision/check`);
  expect((await decider.get(sent.location!)).html).toContain('is recorded');
});

it('shows text as it was written, even where it looks like a date', async () => {
  const reference = await hub.submit(aPoorAttender({ senderReference: '2026-45-12' }));
  const visitor = await signedIn(hub.screener);
  const page = await visitor.get(`/referrals/${reference}`);
  expect([page.status, page.html.includes('2026-45-12')]).toEqual([200, true]);
});

it('lets a screener raise a rating but neither lower one nor decide', async () => {
  const reference = await hub.submit(aSelfHarmingTeenager());
  const visitor = await signedIn(hub.screener);
  const form = await visitor.get(`/referrals/${reference}/rating`);
  expect(form.html).toContain('Only a manager can lower a rating');
  const raised = await visitor.submit(`/referrals/${reference}/rating`, { rating: 'red', reason: 'She has a plan.' });
  expect(raised.status).toBe(303);
  await visitor.get(`/referrals/${reference}/rating`);
  const lowered = await visitor.submit(`/referrals/${reference}/rating`, {
    rating: 'green',
    reason: 'Second thoughts.',
  });
  expect([lowered.status, lowered.html.includes('Second thoughts.')]).toEqual([409, true]);
  expect((await visitor.get(`/referrals/${reference}/decision`)).status).toBe(404);
  expect((await visitor.submit(`/referrals/${reference}/decision`, { outcome: 'early_help' })).status).toBe(404);
});

it('shows what is overdue and since when, and an acknowledgement pauses it', async () => {
  const reference = await hub.submit(aStrangulation());
  await hub.moveTo('2026-11-23T14:05');
  await hub.fireDue.execute();
  const visitor = await signedIn(hub.manager);
  const alerts = await visitor.get('/alerts');
  expect(alerts.html).toContain(reference);
  expect(alerts.html).toContain('was due 2pm today, overdue by 5 minutes');
  await visitor.submit(`/referrals/${reference}/acknowledge`);
  const after = await visitor.get('/alerts');
  expect(after.html).toContain('paused until 2:35pm');
  await hub.moveTo('2026-11-23T10:00');
});

it('keeps what was typed when it is longer than allowed, and says so', async () => {
  const reference = await hub.submit(aMotherInPsychosis());
  const visitor = await signedIn(hub.manager);
  await visitor.get(`/referrals/${reference}/decision`);
  const typed = 'ع'.repeat(40_000);
  const refused = await visitor.submit(`/referrals/${reference}/decision`, {
    outcome: 'early_help',
    thresholdLevel: '2',
    rationale: typed,
  });
  expect([refused.status, refused.html.includes(typed)]).toEqual([422, true]);
  expect(refused.html).toContain('20,000 characters or fewer');
  expect((await visitor.get('/referrals/%E0%A4%A')).status).toBe(400);
});

it('answers 404 for a referral that is not there', async () => {
  const visitor = await signedIn(hub.manager);
  for (const path of ['/referrals/MASH-0000-0000', '/referrals/nonsense', '/nowhere']) {
    expect((await visitor.get(path)).status).toBe(404);
  }
});

describe('a form', () => {
  it('without its token, or from another site, changes nothing', async () => {
    const reference = await hub.submit(anExpectantMother());
    const visitor = await signedIn(hub.screener);
    expect((await visitor.send('POST', `/referrals/${reference}/claim`, {})).status).toBe(403);
    await visitor.get(`/referrals/${reference}`);
    const other = { 'Sec-Fetch-Site': 'cross-site' };
    expect((await visitor.send('POST', `/referrals/${reference}/claim`, {}, other)).status).toBe(403);
    const held = await hub.database.row<{ by: string | null }>(
      'SELECT claimed_by AS by FROM referral WHERE reference = $1',
      [reference],
    );
    expect(held!.by).toBeNull();
  });

  it('shows hostile text literally', async () => {
    const hostile = `"><script>alert(1)</script>{{7*7}}\${7*7}<img src=x onerror=alert(1)>`;
    const reference = await hub.submit(
      anExpectantMother({ child: { firstName: hostile.slice(0, 100) }, summary: hostile.repeat(2) }),
    );
    const visitor = await signedIn(hub.screener);
    for (const path of ['/queue', `/referrals/${reference}`, `/referrals/${reference}/rating`]) {
      const { html } = await visitor.get(path);
      expect(html).not.toContain('<script>alert');
      expect(html).not.toContain('<img src=x');
      expect(html).toContain('{{7*7}}');
    }
  });
});

it('sends a policy with every page that lets no inline script run', async () => {
  const visitor = await signedIn(hub.screener);
  const { headers } = await visitor.get('/queue');
  const policy = headers.get('Content-Security-Policy')!;
  expect(policy).toContain("default-src 'none'");
  expect(policy).not.toContain('unsafe');
  expect([headers.get('Cache-Control'), headers.get('X-Powered-By'), headers.get('Referrer-Policy')]).toEqual([
    'no-store',
    null,
    'no-referrer',
  ]);
});

it('shows what was written in a form that can no longer be sent, and only to who wrote it', async () => {
  const visitor = await signedIn(hub.screener);
  const { status, html } = await visitor.send('POST', '/consultations/new', {
    _csrf: 'of an earlier session',
    advice: 'Speak to <b>both</b> parents.',
  });
  expect([status, html.includes('Speak to &lt;b&gt;both&lt;/b&gt; parents.')]).toEqual([403, true]);
});

it('the pages for everybody keep their navigation for who is signed in', async () => {
  const visitor = await signedIn(hub.screener);
  const { html } = await visitor.get('/help');
  expect([html.includes('href="/queue"'), html.includes('Next row of the queue')]).toEqual([true, true]);
  const nobody = await new Visitor(console).get('/help');
  expect([nobody.status, nobody.html.includes('Sign out')]).toEqual([200, false]);
});

describe('the stream of events', () => {
  it('asked for wrongly is refused, and the console goes on', async () => {
    const visitor = await signedIn(hub.screener);
    for (const query of ['on=queue', 'on=queue&since=x', 'on=queue&since=1&since=2']) {
      expect((await visitor.get(`/live?${query}`)).status).toBe(400);
    }
    expect((await visitor.get('/queue')).status).toBe(200);
  });

  it('left at once by somebody who goes on quickly leaves nothing behind', async () => {
    const visitor = await signedIn(hub.socialWorker);
    const headers = { Cookie: visitor.cookieHeader };
    for (let count = 0; count < 40; count++) {
      const leaving = new AbortController();
      const asked = fetch(`${console.url}/live`, { headers, signal: leaving.signal }).catch(() => undefined);
      await Promise.race([asked, new Promise((soon) => setTimeout(soon, count % 7))]);
      leaving.abort();
      await asked;
    }
    await until(async () => {
      const stream = await fetch(`${console.url}/live`, { headers });
      await stream.body?.cancel();
      return stream.status === 200;
    });
  });

  it('is for so many pages of a person, and ends when they sign out', async () => {
    const visitor = await signedIn(hub.manager);
    await visitor.get('/queue');
    const open = () => fetch(`${console.url}/live`, { headers: { Cookie: visitor.cookieHeader } });
    const streams = await Promise.all(Array.from({ length: 20 }, open));
    expect(streams.map(({ status }) => status)).toEqual(streams.map(() => 200));
    expect((await open()).status).toBe(429);
    await visitor.submit('/sign-out');
    // Each ends by itself: this would wait for ever otherwise.
    await Promise.all(streams.map((stream) => stream.text()));
  }, 30_000);
});

it('ends the session at sign-out, and for somebody who has left', async () => {
  const visitor = await signedIn(hub.screener);
  await visitor.get('/queue');
  await visitor.submit('/sign-out');
  expect((await visitor.get(`${console.url}/queue`)).location).toBe(`${console.url}/sign-in`);

  const leaver = await signedIn(hub.otherManager);
  await hub.database.rows('UPDATE staff_member SET is_active = false WHERE id = $1', [hub.otherManager.id]);
  expect((await leaver.get('/queue')).location).toBe(`${console.url}/sign-in`);
});
