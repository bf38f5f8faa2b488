import { createHub, type Hub } from '../support/hub.ts';
import { A_STRANGER, RunningConsole } from '../support/running-console.ts';
import { anExpectantMother, aPoorAttender } from '../support/referrals.ts';
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
    expect(page.text).toContain('a-stranger');
    expect((await visitor.get('/queue')).leadsTo).toBe('/sign-in');
  });

  it('S8: refuses the callback of a sign-in that no person began', async () => {
    const page = await console.visitor().open('/sign-in/callback?code=abc&state=def');
    expect([page.status, page.heading]).toEqual([400, 'You could not be signed in']);
  });

  it('S4, Z8: ends the session at sign-out, and the session of a person who has left', async () => {
    const visitor = await console.visitedBy(hub.screener);
    const { url } = visitor.page;
    await visitor.press('Sign out');
    expect((await visitor.get(url)).leadsTo).toBe('/sign-in');

    const leaver = await console.visitedBy(hub.otherManager);
    expect((await leaver.open('/queue')).heading).toBe('Waiting for a decision');
    await hub.leaves(hub.otherManager);
    expect((await leaver.get('/queue')).leadsTo).toBe('/sign-in');
  });

  it('S4: ends every session of a person who signs out everywhere, and none of another', async () => {
    const elsewhere = await console.visitedBy(hub.screener);
    const colleague = await console.visitedBy(hub.otherManager);
    const here = await console.visitedBy(hub.screener, '/preferences');
    expect((await here.press('Sign out everywhere')).heading).toBe('You are signed out');
    for (const one of [here, elsewhere]) expect((await one.get('/queue')).leadsTo).toBe('/sign-in');
    expect((await colleague.open('/queue')).status).toBe(200);
  });

  it('shows a person where they are signed in, and ends every session of theirs but the one that asks', async () => {
    const elsewhere = await console.visitedBy(hub.screener);
    const colleague = await console.visitedBy(hub.otherManager);
    await hub.signedInMinutesAgo(120);
    await hub.lastActiveMinutesAgo(15);
    const here = await console.visitedBy(hub.screener, '/preferences');
    const places = () => here.page.rowsOf('Where you are signed in').map(([where]) => where);
    expect(places()).toEqual(['Here', 'Elsewhere']);
    const [mine, other] = here.page.rowsOf('Where you are signed in');
    expect([mine![1] === other![1], other![1] === other![2]]).toEqual([false, false]);
    const page = await here.press('Sign out everywhere else');
    expect([page.path, page.notices()]).toEqual(['/preferences', ['You are signed in here alone.']]);
    expect([places(), page.buttons().includes('Sign out everywhere else')]).toEqual([['Here'], false]);
    expect((await elsewhere.get('/queue')).leadsTo).toBe('/sign-in');
    expect((await colleague.open('/queue')).status).toBe(200);
    const manager = await console.visitedBy(hub.manager, `/oversight/record?person=${hub.screener.id}`);
    expect(manager.page.text).toContain('Signed a person out everywhere: Sam Screener, but where they asked for it');
  });

  it.each(['a person of an agency', 'an administrator'])(
    'shows %s where they are signed in, and none of what is for the desk, and ends their sessions',
    async (who) => {
      const { partner } = await hub.anAgency('Hillbrook Primary');
      const person = who === 'an administrator' ? await hub.another('administrator') : partner;
      const elsewhere = await console.visitedBy(person);
      const colleague = await console.visitedBy(hub.screener);
      const here = await console.visitedBy(person, '/help');
      expect(here.page.links()).not.toContain('Preferences');
      const shown = await here.click('Where you are signed in');
      expect([shown.status, shown.heading]).toEqual([200, 'Where you are signed in']);
      expect(shown.buttons()).toEqual(expect.arrayContaining(['Sign out everywhere else', 'Sign out everywhere']));
      expect(shown.buttons()).not.toContain('Save');
      expect(shown.text).not.toContain('Keyboard shortcuts');
      expect(shown.rowsOf('Where you are signed in').map(([where]) => where)).toEqual(['Here', 'Elsewhere']);
      const { pairs } = shown.sendingBy('Sign out everywhere');
      expect((await here.send('POST', '/preferences', pairs)).status).toBe(404);
      const alone = await here.press('Sign out everywhere else', {}, shown);
      expect([alone.status, alone.notices()]).toEqual([200, ['You are signed in here alone.']]);
      expect(alone.rowsOf('Where you are signed in').map(([where]) => where)).toEqual(['Here']);
      expect((await elsewhere.get('/help')).text).not.toContain(person.name);
      expect((await here.press('Sign out everywhere')).heading).toBe('You are signed out');
      expect((await here.get('/preferences')).leadsTo).toBe('/sign-in');
      expect((await colleague.open('/queue')).status).toBe(200);
    },
  );

  it('shows a person no session that has ended, nor one of a colleague', async () => {
    await console.visitedBy(hub.screener);
    await hub.signedInMinutesAgo(601);
    await console.visitedBy(hub.manager);
    const { page } = await console.visitedBy(hub.screener, '/preferences');
    expect(page.rowsOf('Where you are signed in').map(([where]) => where)).toEqual(['Here']);
  });
});

describe('a form', () => {
  it('S1, S2: changes nothing when it comes without its token or from another site', async () => {
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

  it('X1: shows hostile text as it was written', async () => {
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

  it('S1: shows what a person wrote in a form that can no longer be sent', async () => {
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
  it('S9, X4: comes with a policy that lets no inline script run', async () => {
    const { page } = await console.visitedBy(hub.screener);
    const policy = page.headers.get('Content-Security-Policy')!;
    for (const part of ["default-src 'none'", "object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"]) {
      expect(policy).toContain(part);
    }
    expect(policy).toMatch(/script-src 'self' 'nonce-[\w+/]{22}=='/);
    expect(policy).not.toContain('unsafe');
    expect(['Cache-Control', 'X-Powered-By', 'Referrer-Policy'].map((name) => page.headers.get(name))).toEqual([
      'no-store',
      null,
      'no-referrer',
    ]);
    expect(page.headers.get('Permissions-Policy')).toContain('camera=(), ');
    expect(['Opener', 'Resource'].map((name) => page.headers.get(`Cross-Origin-${name}-Policy`))).toEqual([
      'same-origin',
      'same-origin',
    ]);
  });

  it('keeps the navigation on the pages for all when a person is signed in', async () => {
    const { page } = await console.visitedBy(hub.screener, '/help');
    expect([page.link('Queue'), page.text]).toEqual(['/queue', expect.stringContaining('Next row of the queue')]);
    expect(page.buttons()).toContain('Sign out');
    const forVisitor = await console.visitor().open('/help');
    expect([forVisitor.status, forVisitor.heading, forVisitor.buttons()]).toEqual([200, page.heading, []]);
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
