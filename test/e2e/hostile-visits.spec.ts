import { MODULE_METADATA } from '@nestjs/common/constants.js';
import type { Type } from '@nestjs/common';
import { PAGES } from '../../apps/console/src/console.module.ts';
import { postRoutesOf } from '../../apps/console/src/shell/forms/post-routes.ts';
import { createHub, type Hub } from '../support/hub.ts';
import { aDecision, decide } from '../support/page/answers.ts';
import { aCoachMessagingChildren, aRoutineAmber } from '../support/referrals.ts';
import { RunningConsole } from '../support/running-console.ts';
import { entriesOf } from '../support/verbs/record.ts';
import { refusalsOnRecord } from '../support/verbs/refusals.ts';

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

const TEN_HOURS = 601;
const asCookie = (cookie: string) => ({ Cookie: cookie });
const opens = (path: string, cookie: string) =>
  fetch(`${console.url}${path}`, { headers: asCookie(cookie), redirect: 'manual' });

describe('a form', () => {
  it('S1: changes nothing with the token of another person, and shows what was written', async () => {
    const reference = await hub.submit(aRoutineAmber());
    const path = `/referrals/${reference}/rating`;
    const [other, visitor] = [await console.visitedBy(hub.manager), await console.visitedBy(hub.socialWorker, path)];
    const theirs = other.page.sendingBy('Sign out').pairs.find(([name]) => name === '_csrf')!;
    const { pairs, action } = visitor.page.sendingBy('Give this rating', {
      'How urgent is it?': 'Red',
      'Why?': 'He is back, and afraid.',
    });
    const forged = [theirs, ...pairs.filter(([name]) => name !== '_csrf')];
    const refused = await visitor.send('POST', action, forged);
    expect([refused.status, refused.text]).toEqual([403, expect.stringContaining('He is back, and afraid.')]);
    expect(await hub.ratingOf(reference)).toBe('amber');
  });

  it('S2: is sent to no address by another site, whatever the browser says of the request', async () => {
    const CONTROLLERS = PAGES.flatMap(
      (page) => Reflect.getMetadata(MODULE_METADATA.CONTROLLERS, page) as readonly Type[],
    );
    const reference = await hub.submit(aCoachMessagingChildren());
    const visitor = await console.visitedBy(hub.manager);
    const token = visitor.page.sendingBy('Sign out').pairs;
    const stored = async () => [await hub.storedCount(), await hub.read(reference).then(({ version }) => version)];
    const before = await stored();
    const done: unknown[] = [];
    for (const { path } of postRoutesOf(CONTROLLERS)) {
      const address = path.replaceAll(/:(\w+)/g, (_, name: string) => (name === 'reference' ? reference : 'x'));
      for (const site of ['cross-site', 'same-site']) {
        const { status } = await visitor.send('POST', address, token, { 'Sec-Fetch-Site': site });
        if (status !== 403) done.push([address, site, status]);
      }
      // An image, a link that is fetched ahead, an address that is typed: none of them sends a form.
      const { status } = await visitor.send('GET', address, undefined, {
        'Sec-Fetch-Site': 'cross-site',
        'Sec-Fetch-Dest': 'image',
        'Sec-Purpose': 'prefetch',
      });
      if (status >= 500) done.push([address, status]);
    }
    expect(done).toEqual([]);
    expect(await stored()).toEqual(before);
    expect((await visitor.open('/queue')).heading).toBe('Waiting for a decision');
  });
});

describe('a session', () => {
  it('S3: gets a new id at each sign-in, and the one before is worth nothing', async () => {
    const visitor = await console.visitedBy(hub.screener);
    const fixed = visitor.cookieHeader;
    expect((await opens('/queue', fixed)).status).toBe(200);
    await visitor.open('/sign-in');
    expect((await opens('/queue', visitor.cookieHeader)).status).toBe(200);
    expect((await opens('/queue', fixed)).headers.get('Location')).toBe('/sign-in');
  });

  it('S3: is begun by no id that a person brings along', async () => {
    const planted = 'mash=s%3Aplanted.c2lnbmF0dXJl';
    expect((await opens('/queue', planted)).headers.get('Location')).toBe('/sign-in');
    expect(await hub.sessionCount()).toBe(0);
  });

  it('has an id of 24 bytes of chance: each bit is now 0 and now 1', async () => {
    const visitor = await console.visitedBy(hub.screener);
    const ids: Buffer[] = [];
    // That one bit is the same forty times is as likely as a coin that falls on one side so often.
    for (let signIn = 0; signIn < 40; signIn++) {
      await visitor.open('/sign-in');
      const [, id] = /(?:^|; )mash=s%3A([\w-]{32})\./.exec(visitor.cookieHeader)!;
      ids.push(Buffer.from(id!, 'base64url'));
    }
    const bitsOf = (id: Buffer) => [...id].map((byte) => byte.toString(2).padStart(8, '0')).join('');
    const all = ids.map(bitsOf);
    expect(all[0]).toHaveLength(192);
    const fixed = [...all[0]!].filter((bit, at) => all.every((bits) => bits[at] === bit));
    expect(fixed).toEqual([]);
  });

  it('S4: ends ten hours after its sign-in, however busy its person, and the draft is there again', async () => {
    const reference = await hub.submit(aRoutineAmber());
    const path = `/referrals/${reference}/decision`;
    const visitor = await console.visitedBy(hub.socialWorker, path);
    await visitor.types('Check your answers', { Rationale: 'The school will ring the mother.' });
    await hub.signedInMinutesAgo(TEN_HOURS);
    expect((await visitor.get(path)).leadsTo).toBe('/sign-in');
    // The provider still knows the person, and sends them straight back.
    const back = await visitor.open(path);
    expect(back.field('Rationale').value).toBe('The school will ring the mother.');
  });

  it('S9: leaves no page of a referral with the browser that it could show after signing out', async () => {
    const reference = await hub.submit(aRoutineAmber());
    const visitor = await console.visitedBy(hub.socialWorker, `/referrals/${reference}`);
    expect(visitor.page.headers.get('Cache-Control')).toBe('no-store');
    const signedOut = await visitor.send('POST', '/sign-out', visitor.page.sendingBy('Sign out').pairs);
    expect([signedOut.status, signedOut.headers.get('Clear-Site-Data')]).toEqual([303, '"cache"']);
    expect(new URL(signedOut.location!).searchParams.get('post_logout_redirect_uri')).toMatch(/\/signed-out$/);
    expect((await visitor.get(`/referrals/${reference}`)).leadsTo).toBe('/sign-in');
  });

  it('has the browser forget every page when it ends by itself, or everywhere', async () => {
    const visitor = await console.visitedBy(hub.socialWorker);
    const timedOut = await visitor.send('POST', '/timed-out', [['here', '/queue']]);
    expect([timedOut.heading, timedOut.headers.get('Clear-Site-Data')]).toEqual(['You are signed out', '"cache"']);
    const other = await console.visitedBy(hub.socialWorker, '/preferences');
    const { action, pairs } = other.page.sendingBy('Sign out everywhere');
    const everywhere = await other.send('POST', action, pairs);
    expect([everywhere.leadsTo, everywhere.headers.get('Clear-Site-Data')]).toEqual(['/signed-out', '"cache"']);
  });
});

describe('a sign-in', () => {
  /** Goes through the provider up to the callback, and does not open it. */
  async function callbackOf(visitor: ReturnType<RunningConsole['visitor']>): Promise<string> {
    let { location } = await visitor.get('/sign-in');
    while (!location!.startsWith(`${console.url}/sign-in/callback`)) location = (await visitor.get(location!)).location;
    return location!;
  }

  it('S8: is refused when its code is used a second time, or under the state of another sign-in', async () => {
    const visitor = await console.visitedBy(hub.screener);
    await hub.allAreSignedOut();
    const callback = await callbackOf(visitor);
    const begun = visitor.cookieHeader;
    expect((await visitor.get(callback)).status).toBe(303);
    const sessions = await hub.sessionCount();
    const replayed = await fetch(callback, { headers: asCookie(begun), redirect: 'manual' });
    expect(replayed.status).toBe(400);

    const [one, other] = [await callbackOf(visitor), await callbackOf(visitor)];
    const mixed = new URL(one);
    mixed.searchParams.set('state', new URL(other).searchParams.get('state')!);
    expect((await visitor.get(mixed.toString())).status).toBe(400);
    expect(await hub.sessionCount()).toBe(sessions);
    const refused = (await refusalsOnRecord(hub.database)).map(({ act, details }) => [act, details]);
    expect(refused).toEqual(expect.arrayContaining([['sign-in.failed', { why: 'refused' }]]));
  });

  it.each(['//evil.example', 'javascript:alert(1)', '\\\\evil.example', 'https://evil.example/queue', '/\\evil'])(
    'S6: goes to the home of its person and not to %s, which a link says it must',
    async (address) => {
      for (const name of ['returnTo', 'page', 'next']) {
        const visitor = console.visitor();
        const asked = await visitor.get(`/sign-in?${new URLSearchParams({ [name]: address }).toString()}`);
        expect(new URL(asked.location!).hostname).toBe('127.0.0.1');
        const page = await visitor.signInAs(hub.screener, `/queue?${name}=${encodeURIComponent(address)}`);
        expect(page.url.startsWith(`${console.url}/`)).toBe(true);
      }
      const visitor = await console.visitedBy(hub.screener);
      const begun = await visitor.open(`/sign-in/again?page=${encodeURIComponent(address)}`);
      expect(new URL(begun.url).hostname).toBe('127.0.0.1');
    },
  );
});

describe('a page', () => {
  it('S7: may be framed by no site', async () => {
    const { page } = await console.visitedBy(hub.screener);
    expect(page.headers.get('Content-Security-Policy')).toContain("frame-ancestors 'none'");
    expect(page.headers.get('X-Frame-Options')).toBe('SAMEORIGIN');
    const forVisitor = await console.visitor().open('/help');
    expect(forVisitor.headers.get('Content-Security-Policy')).toContain("frame-ancestors 'none'");
  });

  it('M8: shows a child of whom no name is known by the description', async () => {
    const description = 'A girl of about six in a red coat';
    const reference = await hub.submit(aRoutineAmber({ children: [{ description }] }));
    const visitor = await console.visitedBy(hub.screener);
    expect(visitor.page.rowsOf('Waiting for a decision').flat().join()).toContain(description);
    expect((await visitor.open(`/referrals/${reference}`)).text).toContain(description);
  });

  it('X3: makes a link of no address that a person wrote', async () => {
    const summary = 'See javascript:alert(1) and https://evil.example/a and [here](javascript:alert(2)) for it.';
    const reference = await hub.submit(aRoutineAmber({ summary }));
    const { page } = await console.visitedBy(hub.screener, `/referrals/${reference}`);
    expect(page.text).toContain(summary);
    expect(page.attributes('href').filter((href) => /evil|javascript/.test(href))).toEqual([]);
  });

  it('X5: searches, sorts and goes on by text that looks like SQL without any harm', async () => {
    const reference = await hub.submit(aRoutineAmber());
    const visitor = await console.visitedBy(hub.manager);
    const hostile = [
      "' OR 1=1 --",
      "'; DROP TABLE referral; --",
      '1; SELECT pg_sleep(9)',
      '%_\\',
      "') UNION SELECT",
      '$1 $$',
    ];
    for (const text of hostile) {
      const value = encodeURIComponent(text);
      for (const address of ['/queue', '/oversight/decided', '/oversight/record', '/oversight/figures/received.csv']) {
        const names = ['view', 'order', 'sort', 'agency', 'holder', 'after', 'from', 'to', 'by', 'kind'];
        for (const name of names) {
          const { status } = await visitor.get(`${address}?${name}=${value}`);
          expect([address, name, text, [200, 302, 303, 400, 404, 422].includes(status)]).toEqual([
            address,
            name,
            text,
            true,
          ]);
        }
      }
      await visitor.open('/search');
      const found = await visitor.press('Search', { 'Name of a child or adult': text });
      expect([[200, 422].includes(found.status), found.html.includes(reference)]).toEqual([true, false]);
    }
    expect(await hub.receivedCount()).toBe(1);
  });
});

describe('who does an act', () => {
  it('Z13: is the person of the session, whatever a form says', async () => {
    const reference = await hub.submit(aCoachMessagingChildren());
    const visitor = await console.visitedBy(hub.socialWorker, `/referrals/${reference}/decision`);
    const { pairs, action } = visitor.page.sendingBy('Check your answers', aDecision());
    const other = [hub.manager.id, 'max@hub.example.org'] as const;
    const claimed = ['decidedBy', 'workerEmail', 'by', 'staffId', 'actor'].map(
      (name, at) => [name, other[at % 2]!] as const,
    );
    await visitor.send('POST', action, [...pairs, ...claimed]);
    await decide(visitor, reference);
    const { decisions } = await hub.read(reference);
    expect(decisions.map(({ by }) => by)).toEqual(['Sol Worker']);
    const entries = await entriesOf(hub.database, 'referral.decided');
    expect(entries.map((one) => [one.reference, JSON.stringify(one.details).includes(hub.manager.id)])).toEqual([
      [reference, false],
    ]);
  });

  it('R2: one of two people who take one referral has it, and the other reads who', async () => {
    const reference = await hub.submit(aRoutineAmber());
    const path = `/referrals/${reference}`;
    const [one, other] = [await console.visitedBy(hub.screener, path), await console.visitedBy(hub.socialWorker, path)];
    const sending = [one, other].map((who) => who.page.sendingBy('Take it'));
    const answers = await Promise.all(
      [one, other].map((who, at) =>
        who.send('POST', new URL(sending[at]!.action, who.page.url).toString(), sending[at]!.pairs),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 409]);
    const holder = await hub.holderOf(reference);
    const loser = holder === 'Sam Screener' ? other : one;
    const refused = answers.find(({ status }) => status === 409)!;
    expect(refused.text).toContain('Another person has taken this referral');
    expect((await loser.open(path)).text).toContain(`With ${holder}`);
  });
});
