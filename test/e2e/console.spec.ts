import { createHub, type Hub } from '../support/hub.ts';
import { aDecision, decide } from '../support/page/answers.ts';
import { A_STRANGER, RunningConsole } from '../support/running-console.ts';
import {
  aBruisedBaby,
  aCoachMessagingChildren,
  aMotherInPsychosis,
  anExpectantMother,
  aPoorAttender,
  aRoutineAmber,
  aSelfHarmingTeenager,
  aStrangulation,
} from '../support/referrals.ts';
import { until } from '../support/until.ts';

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

describe('signing in', () => {
  it('sends a person who is not signed in to sign in, and then to the page they asked for', async () => {
    const reference = await hub.submit(aPoorAttender());
    const visitor = console.visitor();
    expect((await visitor.get(`/referrals/${reference}`)).leadsTo).toBe('/sign-in');
    const page = await visitor.signInAs(hub.screener, `/referrals/${reference}`);
    expect([page.status, page.path]).toEqual([200, `/referrals/${reference}`]);
    expect(page.text).toContain(`${reference} from Loomgate School`);
  });

  it('refuses a person whom the provider knows and the hub does not', async () => {
    const visitor = console.visitor();
    const page = await visitor.signInAs(A_STRANGER);
    expect([page.status, page.heading]).toEqual([403, 'You could not be signed in']);
    expect(page.text).toContain('nobody-of-ours');
    expect((await visitor.get('/queue')).leadsTo).toBe('/sign-in');
  });

  it('refuses the callback of a sign-in that nobody began', async () => {
    const page = await console.visitor().open('/sign-in/callback?code=abc&state=def');
    expect([page.status, page.heading]).toEqual([400, 'You could not be signed in']);
  });

  it('ends the session at sign-out, and the session of a person who has left', async () => {
    const visitor = await console.visitedBy(hub.screener);
    const { url } = visitor.page;
    await visitor.press('Sign out');
    expect((await visitor.get(url)).leadsTo).toBe('/sign-in');

    const leaver = await console.visitedBy(hub.otherManager);
    expect((await leaver.open('/queue')).heading).toBe('Waiting for a decision');
    await hub.leaves(hub.otherManager);
    expect((await leaver.get('/queue')).leadsTo).toBe('/sign-in');
  });
});

describe('a referral', () => {
  it('goes from the queue to a decision that is signed off and timed', async () => {
    const reference = await hub.submit(aBruisedBaby());
    const worker = await console.visitedBy(hub.socialWorker);
    expect(worker.page.link('Elodie Marsden-Pyke')).toBe(`/referrals/${reference}`);
    const page = await worker.press('Take the next one');
    expect(page.path).toBe(`/referrals/${reference}`);
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
      expect(page.text).toContain(shown);
    }

    await worker.press('Decide');
    const empty = await worker.press('Check your answers');
    expect([empty.status, empty.title]).toEqual([422, 'Error: Decide – MASH triage – Loomshire Council']);
    expect(empty.errors()).toEqual([
      'Select what is to happen',
      'Select the level of need',
      expect.stringContaining('Give your rationale'),
    ]);
    expect(empty.field('What is to happen?')).toMatchObject({ error: 'Select what is to happen', chosen: null });
    expect(empty.field('Which level of need?').chosen).toBeNull();

    const check = await worker.press('Check your answers', {
      'What is to happen?': 'Strategy discussion',
      'Which level of need?': 'Level 4: Acute',
      Rationale: 'Unexplained bruising in a baby who cannot move about.',
    });
    expect([check.path, check.heading]).toEqual([`/referrals/${reference}/decision/check`, 'Check your answers']);
    expect(check.text).toContain('Somebody else will have to sign it off because');
    expect(check.fact('Rationale')).toBe('Unexplained bruising in a baby who cannot move about.');
    const recorded = await worker.press('Record the decision');
    expect(recorded.notices()[0]).toContain('It takes effect when somebody else signs it off');
    expect(recorded.under('Decision')).toContain('A child under one or unborn');
    expect((await worker.open(`/referrals/${reference}/sign-off`)).status).toBe(404);

    const manager = await console.visitedBy(hub.manager, `/referrals/${reference}/sign-off`);
    const silent = await manager.press('Send', {
      'Do you agree with the decision?': 'No: return it to be decided again',
    });
    expect(silent.errors()).toEqual(['Say why you return it']);
    const done = await manager.press('Send', { 'Do you agree with the decision?': 'Yes: it takes effect now' });
    expect(done.headings()).toContain('Response time: on time, statutory limit kept');
  });

  it('tells the second of two deciders what the first decided, and keeps the words of the second', async () => {
    const reference = await hub.submit(aRoutineAmber());
    const first = await console.visitedBy(hub.manager);
    const second = await console.visitedBy(hub.otherManager, `/referrals/${reference}/decision`);
    await second.press(
      'Check your answers',
      aDecision('Early help', { Rationale: 'My own words about <b>this</b> child.' }),
    );
    await decide(first, reference, aDecision());
    const told = await second.press('Record the decision');
    expect([told.status, told.heading]).toEqual([409, 'This referral has been decided']);
    expect(told.under('What others did')).toContain('Mel Manager: Decided (Early help)');
    expect(told.under('What others did')).toContain('Early help, agreed with the school.');
    expect(told.fact('Rationale')).toBe('My own words about <b>this</b> child.');
  });

  it('tells a decider what changed before the answers were complete, although the form was sent once before', async () => {
    const reference = await hub.submit(aCoachMessagingChildren());
    const decider = await console.visitedBy(hub.manager, `/referrals/${reference}/decision`);
    const other = await console.visitedBy(hub.otherManager, `/referrals/${reference}/rating`);
    await other.press('Give this rating', { 'How urgent is it?': 'Red', 'Why?': 'He is with children now.' });
    const incomplete = await decider.press('Check your answers', { 'What is to happen?': 'Early help' });
    expect(incomplete.status).toBe(422);
    const rationale = 'Written before the rating was raised.';
    const told = await decider.press('Check your answers', aDecision('Early help', { Rationale: rationale }));
    expect([told.status, told.heading]).toEqual([409, 'This referral changed while you were writing']);
    expect(told.under('What others did')).toContain('Max Manager: Rated it (Amber to red)');
    expect((await decider.press('Check my answers again')).heading).toBe('Check your answers');
    expect((await decider.press('Record the decision')).notices()[0]).toContain('is recorded');
  });

  it('shows a text as it was written when it looks like a date', async () => {
    const reference = await hub.submit(aPoorAttender({ senderReference: '2026-45-12' }));
    const { page } = await console.visitedBy(hub.screener, `/referrals/${reference}`);
    expect([page.status, page.text]).toEqual([200, expect.stringContaining('2026-45-12')]);
  });

  it('lets a screener raise a rating, and neither lower a rating nor decide', async () => {
    const reference = await hub.submit(aSelfHarmingTeenager());
    const visitor = await console.visitedBy(hub.screener, `/referrals/${reference}/rating`);
    expect(visitor.page.text).toContain('Only a manager can lower a rating');
    const raised = await visitor.press('Give this rating', { 'How urgent is it?': 'Red', 'Why?': 'She has a plan.' });
    expect([raised.status, raised.path]).toEqual([200, `/referrals/${reference}`]);
    const form = await visitor.open(`/referrals/${reference}/rating`);
    expect(form.field('How urgent is it?').choices).toEqual(['Red']);
    const { pairs, action } = form.sendingBy('Give this rating', {
      'How urgent is it?': 'Red',
      'Why?': 'Second thoughts.',
    });
    const asGreen = pairs.map(([name, value]) => [name, name === 'rating' ? 'green' : value] as const);
    const lowered = await visitor.send('POST', action, asGreen);
    expect([lowered.status, lowered.refusal]).toEqual([409, expect.stringContaining('Only a manager can lower')]);
    expect(lowered.field('Why?').value).toBe('Second thoughts.');
    expect((await visitor.open(`/referrals/${reference}/decision`)).status).toBe(404);
    const decision = [...pairs, ['outcome', 'early_help']] as const;
    expect((await visitor.send('POST', `/referrals/${reference}/decision`, decision)).status).toBe(404);
  });

  it('shows on the page of alerts since when it is overdue, and that an acknowledgement pauses its alerts', async () => {
    const reference = await hub.submit(aStrangulation());
    await hub.moveTo('2026-11-23T14:05');
    await hub.fireDue.execute();
    const visitor = await console.visitedBy(hub.manager, '/alerts');
    const row = (page = visitor.page) => page.rowsOf('Alerts, most urgent first')[0]!;
    expect([row()[0], row()[2]]).toEqual([
      reference,
      expect.stringContaining('was due 2pm today, overdue by 5 minutes'),
    ]);
    await visitor.press(`Acknowledge the alerts of ${reference}`);
    expect(row(await visitor.open('/alerts'))[5]).toBe('By Mel Manager, paused until 2:35pm today');
  });

  it('keeps a rationale that is longer than allowed, and says so', async () => {
    const reference = await hub.submit(aMotherInPsychosis());
    const visitor = await console.visitedBy(hub.manager, `/referrals/${reference}/decision`);
    const typed = 'ع'.repeat(40_000);
    const refused = await visitor.press('Check your answers', aDecision('Early help', { Rationale: typed }));
    expect([refused.status, refused.field('Rationale').value]).toEqual([422, typed]);
    expect(refused.errors()).toEqual([expect.stringContaining('20,000 characters or fewer')]);
    expect((await visitor.open('/referrals/%E0%A4%A')).status).toBe(400);
  });

  it.each(['/referrals/MASH-0000-0000', '/referrals/nonsense', '/nowhere'])('is not found at %s', async (path) => {
    const { page } = await console.visitedBy(hub.manager, path);
    expect([page.status, page.heading]).toEqual([404, 'Page not found']);
  });
});

describe('a form', () => {
  it('changes nothing when it comes without its token or from another site', async () => {
    const reference = await hub.submit(anExpectantMother());
    const visitor = await console.visitedBy(hub.screener, `/referrals/${reference}`);
    const claim = `/referrals/${reference}/claim`;
    expect((await visitor.send('POST', claim, [])).status).toBe(403);
    const { pairs } = visitor.page.sendingBy('Take it');
    const other = { 'Sec-Fetch-Site': 'cross-site' };
    expect((await visitor.send('POST', claim, pairs, other)).status).toBe(403);
    expect(await hub.holderOf(reference)).toBeNull();
    await visitor.press('Take it');
    expect(await hub.holderOf(reference)).toBe('Sam Screener');
  });

  it('shows hostile text as it was written', async () => {
    const hostile = `"><script>alert(1)</script>{{7*7}}\${7*7}<img src=x onerror=alert(1)>`;
    const reference = await hub.submit(
      anExpectantMother({ child: { firstName: hostile.slice(0, 100) }, summary: hostile.repeat(2) }),
    );
    const visitor = await console.visitedBy(hub.screener);
    for (const path of ['/queue', `/referrals/${reference}`, `/referrals/${reference}/rating`]) {
      const page = await visitor.open(path);
      expect(page.text).toContain(hostile.slice(0, 100));
      expect(page.html).not.toContain('<script>alert');
      expect(page.html).not.toContain('<img src=x');
    }
  });

  it('shows what a person wrote in a form that can no longer be sent', async () => {
    const visitor = await console.visitedBy(hub.screener);
    const page = await visitor.send('POST', '/consultations/new', [
      ['_csrf', 'of an earlier session'],
      ['advice', 'Speak to <b>both</b> parents.'],
    ]);
    expect([page.status, page.under('What you wrote')]).toEqual([
      403,
      expect.stringContaining('Speak to <b>both</b> parents.'),
    ]);
  });
});

describe('every page', () => {
  it('comes with a policy that lets no inline script run', async () => {
    const { page } = await console.visitedBy(hub.screener);
    const policy = page.headers.get('Content-Security-Policy')!;
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain('unsafe');
    expect(['Cache-Control', 'X-Powered-By', 'Referrer-Policy'].map((name) => page.headers.get(name))).toEqual([
      'no-store',
      null,
      'no-referrer',
    ]);
  });

  it('keeps the navigation on the pages for everybody when a person is signed in', async () => {
    const { page } = await console.visitedBy(hub.screener, '/help');
    expect([page.link('Queue'), page.text]).toEqual(['/queue', expect.stringContaining('Next row of the queue')]);
    expect(page.buttons()).toContain('Sign out');
    const forNobody = await console.visitor().open('/help');
    expect([forNobody.status, forNobody.heading, forNobody.buttons()]).toEqual([200, page.heading, []]);
  });
});

describe('the stream of events', () => {
  it.each(['on=queue', 'on=queue&since=x', 'on=queue&since=1&since=2'])(
    'refuses a page that asks for %s, and the console goes on',
    async (query) => {
      const visitor = await console.visitedBy(hub.screener);
      expect((await visitor.get(`/live?${query}`)).status).toBe(400);
      expect((await visitor.get('/queue')).status).toBe(200);
    },
  );

  it('leaves nothing behind when a person goes on to another page at once, forty times', async () => {
    const visitor = await console.visitedBy(hub.socialWorker);
    const headers = { Cookie: visitor.cookieHeader };
    for (let count = 0; count < 40; count++) {
      const leaving = new AbortController();
      const asked = fetch(`${console.url}/live`, { headers, signal: leaving.signal }).catch(() => undefined);
      // At one of several moments of the asking, and whichever it is, the outcome below is the same.
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

  it('serves twenty pages of a person and no more, and ends when this person signs out', async () => {
    const visitor = await console.visitedBy(hub.manager);
    const open = () => fetch(`${console.url}/live`, { headers: { Cookie: visitor.cookieHeader } });
    const streams = await Promise.all(Array.from({ length: 20 }, open));
    expect(streams.map(({ status }) => status)).toEqual(streams.map(() => 200));
    expect((await open()).status).toBe(429);
    await visitor.press('Sign out');
    // Each ends by itself: this would wait for ever otherwise.
    await Promise.all(streams.map((stream) => stream.text()));
  });
});
