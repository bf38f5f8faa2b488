import pg from 'pg';
import { createHub, type Hub } from '../support/hub.ts';
import { RunningConsole, Visitor } from '../support/running-console.ts';
import { aPoorAttender } from '../support/referrals.ts';
import { until } from '../support/until.ts';

let hub: Hub;
let console: RunningConsole;
beforeAll(async () => {
  hub = await createHub();
  console = await RunningConsole.start(hub.url, async () => [hub.screener, hub.socialWorker]);
});
afterAll(async () => {
  await console.stop();
  await hub.drop();
});

const signedIn = async () => {
  const visitor = new Visitor(console);
  await visitor.signInAs(hub.screener.subject);
  return visitor;
};
const usual = { 'next-row': 'j', 'previous-row': 'k', open: 'o', 'take-next': 'c', search: '/', queue: 'q', help: '?' };

describe('preferences', () => {
  it('have shortcuts off until they are switched on, and then on every page', async () => {
    const visitor = await signedIn();
    expect((await visitor.get('/queue')).html).not.toContain('data-shortcuts');
    await visitor.get('/preferences');
    await visitor.submit('/preferences', { ...usual, shortcuts: 'on', density: 'compact', 'take-next': 'ł' });
    const { html } = await visitor.get('/queue');
    expect(html).toContain('&quot;take-next&quot;:&quot;ł&quot;');
    expect(html).toContain('mash-compact');
  });

  it.each<[Record<string, string>, string]>([
    [{ 'next-row': '' }, 'Give one character'],
    [{ 'next-row': 'ab' }, 'Give one character'],
    [{ 'next-row': 'k' }, '“k” does something else already'],
  ])('with %j are shown again with what is wrong', async (keys, said) => {
    const visitor = await signedIn();
    await visitor.get('/preferences');
    const { status, html } = await visitor.submit('/preferences', { ...usual, ...keys });
    expect([status, html.includes(said)]).toEqual([422, true]);
  });
});

describe('a session', () => {
  const activeMinutesAgo = (minutes: number) =>
    hub.database.rows(
      `UPDATE session SET sess = jsonb_set(sess::jsonb, '{activeAt}', to_jsonb($1::bigint))::json WHERE sess->>'staffId' IS NOT NULL`,
      [Date.now() - minutes * 60_000],
    );

  it('ends when nobody has done anything for half an hour, though a page was open and asked', async () => {
    const visitor = await signedIn();
    await activeMinutesAgo(29);
    expect((await visitor.get('/live/now?on=queue&since=1')).status).toBe(200);
    await activeMinutesAgo(32);
    expect((await visitor.get('/queue')).location).toBe(`${console.url}/sign-in`);
  });

  it('that ended leads back to the page that was open, whatever that page asked meanwhile', async () => {
    const visitor = await signedIn();
    await visitor.get('/queue');
    await activeMinutesAgo(32);
    expect((await visitor.get('/search')).location).toBe(`${console.url}/sign-in`);
    expect((await visitor.get('/live?on=queue&since=1')).status).toBe(401);
    await visitor.submit('/drafts/decision/MASH-AAAA-AAAA', { worries: 'x' });
    // The provider still knows the person, and sends them straight back.
    let page = await visitor.get('/sign-in');
    while (page.location !== null) page = await visitor.get(page.location);
    expect(page.html).toContain('<h1 class="govuk-heading-l">Search</h1>');
  });

  it('is begun for each page that somebody opened before they signed in, and each leads where it was going', async () => {
    const visitor = await signedIn();
    await activeMinutesAgo(32);
    const begun: string[] = [];
    for (const path of ['/queue', '/search']) {
      await visitor.get(path);
      begun.push((await visitor.get('/sign-in')).location!);
    }
    for (const [index, heading] of ['Waiting for a decision', 'Search'].entries()) {
      let page = await visitor.get(begun[index]!);
      while (page.location !== null) page = await visitor.get(page.location);
      expect(page.html).toContain(`<h1 class="govuk-heading-l">${heading}</h1>`);
    }
  });

  it('that ended shows what was written in a form without a draft, to be copied', async () => {
    const visitor = await signedIn();
    await visitor.get('/shift');
    await activeMinutesAgo(32);
    const sent = await visitor.submit('/shift', { note: 'The school rings back at noon.' });
    expect([sent.status, sent.html.includes('The school rings back at noon.')]).toEqual([403, true]);
    expect((await visitor.get('/shift')).location).toBe(`${console.url}/sign-in`);
  });

  it('that ended shows each answer with its question, one of a single word too', async () => {
    const visitor = await signedIn();
    const { location } = await visitor.get('/consultations/new');
    await visitor.get(location!);
    await activeMinutesAgo(32);
    const sent = await visitor.submit(location!, { caller: 'Okonkwo', question: 'May we tell his mother?' });
    expect(sent.status).toBe(403);
    expect(sent.html).toMatch(/>Caller<\/dt><dd [^>]*>Okonkwo</);
    expect(sent.html).toMatch(/>Question<\/dt><dd [^>]*>May we tell his mother\?</);
    expect(sent.html).not.toContain('>Form id<');
  });

  it('begun again in another tab leaves the forms of the first one as they can be sent', async () => {
    const visitor = await signedIn();
    await visitor.get('/queue');
    await hub.database.rows(
      `UPDATE session SET sess = (sess::jsonb - 'staffId')::json WHERE sess->>'staffId' IS NOT NULL`,
    );
    const tabs = [];
    for (const path of ['/consultations', '/search']) {
      await visitor.get(path);
      tabs.push((await visitor.get('/sign-in')).location!);
    }
    const follow = async (to: string) => {
      let page = await visitor.get(to);
      while (page.location !== null) page = await visitor.get(page.location);
    };
    await follow(tabs[0]!);
    const { location } = await visitor.get('/consultations/new');
    await visitor.get(location!);
    const typed = { ...visitor.hiddenFields(), question: 'May we tell his mother?' };
    await follow(tabs[1]!);
    expect((await visitor.send('POST', `/drafts/consultation/${location!.split('/').at(-1)!}`, typed)).status).toBe(
      204,
    );
  });

  it('stays ended, whatever was being answered when its person signed out', async () => {
    const visitor = await signedIn();
    await visitor.get('/queue');
    await activeMinutesAgo(5);
    const cookie = { Cookie: visitor.cookieHeader };
    const holder = new pg.Client({ connectionString: hub.url });
    await holder.connect();
    await holder.query('BEGIN; LOCK TABLE draft IN SHARE MODE');
    const late = visitor.submit('/drafts/decision/MASH-AAAA-AAAA', { worries: 'He is alone.' });
    const waiting = `SELECT count(*)::int AS n FROM pg_locks l JOIN pg_database d ON d.oid = l.database
      WHERE NOT l.granted AND d.datname = current_database()`;
    await until(async () => (await holder.query<{ n: number }>(waiting)).rows[0]!.n === 1);
    await visitor.submit('/sign-out');
    await holder.query('COMMIT');
    await holder.end();
    expect((await late).status).toBe(204);
    const after = await fetch(`${console.url}/queue`, { headers: cookie, redirect: 'manual' });
    expect([after.status, after.headers.get('Location')]).toEqual([303, '/sign-in']);
  });

  it('goes on for who says that they are still there', async () => {
    const visitor = await signedIn();
    await visitor.get('/queue');
    await activeMinutesAgo(29);
    expect((await visitor.submit('/stay')).status).toBe(204);
    const [session] = await hub.database.rows<{ activeAt: string }>(
      `SELECT sess->>'activeAt' AS "activeAt" FROM session WHERE sess->>'staffId' IS NOT NULL ORDER BY 1 DESC LIMIT 1`,
    );
    expect(Date.now() - Number(session!.activeAt)).toBeLessThan(60_000);
  });
});

it.each(['/help', '/accessibility', '/privacy'])('%s is there for anybody', async (path) => {
  expect((await new Visitor(console).get(path)).status).toBe(200);
});

describe('with a database that is slow to write sessions', () => {
  it('what was said is on the page that a redirect leads to at once', async () => {
    const visitor = await signedIn();
    const { html } = await visitor.get('/preferences');
    await hub.database.rows(`CREATE FUNCTION slowly() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN PERFORM pg_sleep(0.5); RETURN NEW; END $$`);
    await hub.database.rows(
      `CREATE TRIGGER slowly BEFORE INSERT OR UPDATE ON session FOR EACH ROW EXECUTE FUNCTION slowly()`,
    );
    // As a browser follows it: when the head of the answer has come.
    const body = new URLSearchParams({ ...usual, _csrf: /name="_csrf" value="([^"]+)"/.exec(html)![1]! });
    const headers = { Cookie: visitor.cookieHeader };
    const page = await fetch(`${console.url}/preferences`, { method: 'POST', headers, body });
    expect(await page.text()).toContain('Your preferences are saved.');
    await hub.database.rows('DROP FUNCTION slowly CASCADE');
  });
});

it('who holds a referral passes it on with a note, and only while they hold it', async () => {
  const reference = await hub.submit(aPoorAttender());
  await hub.claim.execute({ reference, by: hub.screener });
  const screener = await signedIn();
  const page = `/referrals/${reference}`;
  await screener.get(page);
  const answers = {
    references: reference,
    here: page,
    to: hub.socialWorker.id,
    note: 'The school rings back at noon.',
  };
  const confirm = await screener.submit('/queue/assign', answers);
  expect([confirm.status, confirm.html.includes('What they should know')]).toEqual([200, true]);
  const passed = await screener.submit('/queue/assign/confirm', answers);
  expect(passed.location).toBe(console.url + page);
  const { html } = await screener.get(page);
  expect(html).toContain(`${reference} is with Sol Worker now.`);
  expect(html).toContain('Held by Sol Worker');
  expect(html).not.toContain('/queue/assign');
  expect((await screener.get(`${page}/timeline`)).html).toContain('The school rings back at noon.');

  // Pressed twice: it is done, and done once.
  expect((await screener.submit('/queue/assign/confirm', answers)).status).toBe(303);
  expect((await screener.get(`${page}/timeline`)).html.split('The school rings back at noon.')).toHaveLength(2);

  const back = await screener.submit('/queue/assign/confirm', { ...answers, to: hub.screener.id });
  expect([back.status, back.html.includes('Somebody else holds this referral')]).toEqual([409, true]);
  expect((await screener.get(page)).html).toContain('Held by Sol Worker');
  await hub.giveBack.execute({ reference, by: hub.socialWorker });
});

describe('the end of a shift', () => {
  it('refused lets go of nothing, and keeps what was chosen and written', async () => {
    const references: string[] = [];
    for (let count = 0; count < 52; count++) references.push(await hub.submit(aPoorAttender()));
    const worker = new Visitor(console);
    await worker.signInAs(hub.socialWorker.subject);
    for (const reference of references) await hub.claim.execute({ reference, by: hub.socialWorker });
    const page = await worker.get('/shift');
    expect(page.html).toContain('You hold 52 referrals');
    const to = (who: string) => Object.fromEntries(references.map((reference) => [reference, who]));
    const long = await worker.submit('/shift', { ...to(hub.screener.id), note: 'x'.repeat(5_001) });
    expect([long.status, long.html.split('Sam Screener</option>').length - 1]).toEqual([422, 52]);
    expect(long.html.split(`value="${hub.screener.id}" selected`)).toHaveLength(53);
    await hub.database.rows('UPDATE staff_member SET is_active = false WHERE id = $1', [hub.otherManager.id]);
    const gone = await worker.submit('/shift', { ...to(hub.otherManager.id), note: 'All of these wait for a call.' });
    expect([gone.status, gone.html.includes('All of these wait for a call.')]).toEqual([409, true]);
    expect(gone.html).toContain('That person does not work here any more');
    await worker.submit('/shift', to(''));
    expect((await worker.get('/shift')).html).toContain('You hold nothing');
  }, 30_000);
});
