import { createHub, type Hub } from '../support/hub.ts';
import { RunningConsole, Visitor } from '../support/running-console.ts';
import {
  aBruisedBaby,
  aCoachMessagingChildren,
  aFracturedToddler,
  aMotherInPsychosis,
  aPoorAttender,
} from '../support/referrals.ts';
import { SCENARIOS } from '../support/scenarios.ts';

let hub: Hub;
let console: RunningConsole;
beforeAll(async () => {
  hub = await createHub();
  console = await RunningConsole.start(hub.url, async () => [hub.screener, hub.manager]);
});
afterAll(async () => {
  await console.stop();
  await hub.drop();
});

/** What each line of the hub's figures says, by where it leads. */
const figures = (html: string): Record<string, number> =>
  Object.fromEntries(
    [...html.matchAll(/href="(\/[^"]*)">(\d+)</g)].map(([, href, figure]) => [href!, Number(figure)] as const),
  );

it('who signs in begins with what they hold, what nobody holds, and what nobody has answered for', async () => {
  const visitor = new Visitor(console);
  const empty = await visitor.signInAs(hub.screener.subject, '/');
  expect(empty.html).toContain('You hold nothing.');
  expect(figures(empty.html)).toEqual({
    '/queue': 0,
    '/queue?view=unclaimed': 0,
    '/queue?view=sign-off': 0,
    '/alerts': 0,
  });

  const mine = await hub.submit(aPoorAttender());
  await hub.claim.execute({ reference: mine, by: hub.screener });
  await hub.moveTo('2026-11-23T10:10');
  const longest = await hub.submit(aMotherInPsychosis());
  await hub.moveTo('2026-11-23T10:20');
  const red = await hub.submit(aFracturedToddler());
  await hub.moveTo('2026-11-23T10:51');
  await hub.fireDue.execute();
  const { html } = await visitor.get('/');
  expect(figures(html)).toEqual({ '/queue': 3, '/queue?view=unclaimed': 2, '/queue?view=sign-off': 0, '/alerts': 1 });
  const [held, unclaimed] = html.split('Oldest that nobody holds');
  expect([held!.includes(mine), held!.includes(longest), held!.includes(red)]).toEqual([true, false, false]);
  expect([unclaimed!.includes(longest), unclaimed!.includes('10:10am today')]).toEqual([true, true]);

  await visitor.submit(`/referrals/${red}/acknowledge`);
  expect(figures((await visitor.get('/')).html)['/alerts']).toBe(0);
});

it('what is decided says what was decided, and by whom', async () => {
  const reference = await hub.submit(aCoachMessagingChildren());
  const { version } = await hub.readReferral.execute({ reference, by: hub.manager });
  await hub.decide.execute({
    reference, outcome: 'early_help', thresholdLevel: 2, rationale: 'Agreed with the school.', version, by: hub.manager,
  }); // prettier-ignore
  const visitor = new Visitor(console);
  const { html } = await visitor.signInAs(hub.manager.subject, '/queue?view=decided');
  expect(html).toMatch(new RegExp(`${reference}[\\s\\S]*Early help<br><small>Mel Manager`));
});

it('what whoever had it last wrote is on its page for the next, until it is decided', async () => {
  const reference = await hub.submit(aCoachMessagingChildren());
  await hub.claim.execute({ reference, by: hub.screener });
  await hub.giveBack.execute({ reference, note: 'The school rings back at 2.', by: hub.screener });
  const visitor = new Visitor(console);
  const { html } = await visitor.signInAs(hub.manager.subject, `/referrals/${reference}`);
  expect(html).toMatch(/Sam Screener, [^<]* today:<\/p><p [^>]*>The school rings back at 2\./);
  const { version } = await hub.readReferral.execute({ reference, by: hub.manager });
  const decision = { outcome: 'early_help', thresholdLevel: 2, rationale: 'Agreed with the school.' } as const;
  await hub.decide.execute({ reference, ...decision, version, by: hub.manager });
  expect((await visitor.get(`/referrals/${reference}`)).html).not.toContain('The school rings back at 2.');
});

it('a decision that was returned is shown as one, with why, and what is due first comes first', async () => {
  const reference = await hub.submit(aPoorAttender());
  const read = () => hub.readReferral.execute({ reference, by: hub.manager });
  const decision = { outcome: 'no_further_action', thresholdLevel: 1, rationale: 'Nothing was found.' } as const;
  const version = async () => (await read()).version;
  await hub.decide.execute({ reference, ...decision, version: await version(), by: hub.socialWorker });
  const comments = 'Ask the school first.';
  await hub.signOff.execute({ reference, result: 'returned', comments, version: await version(), by: hub.manager });
  const visitor = new Visitor(console);
  const { html } = await visitor.signInAs(hub.screener.subject, `/referrals/${reference}`);
  expect(html).toContain('Returned: to be decided again');
  expect(html).toMatch(/Returned by Mel Manager, [^<]*:<\/p><p [^>]*>Ask the school first\./);
  expect(html).toContain('Decision that was returned');
  const [limit, due] = ['Statutory limit of one working day:', 'Decision (green):'].map((name) => html.indexOf(name));
  expect(limit).toBeGreaterThan(0);
  expect(limit).toBeLessThan(due!);
});

it('who assigns sees whom, how urgent, and who holds it', async () => {
  const reference = await hub.submit(aBruisedBaby());
  await hub.claim.execute({ reference, by: hub.screener });
  const visitor = new Visitor(console);
  await visitor.signInAs(hub.manager.subject, '/queue');
  const { html } = await visitor.submit('/queue/assign', { references: reference });
  expect(html).toMatch(new RegExp(`Elodie Marsden-Pyke[\\s\\S]*Red[\\s\\S]*${reference}</span>, held by Sam Screener`));
});

it.each([
  ['/queue', true],
  ['/queue?view=unclaimed', true],
  ['/queue?view=mine', false],
  ['/queue?view=waiting&rating=red', false],
  ['/', false],
])('new referrals are told as such only where they would be shown: on %s, %s', async (path, isTold) => {
  const visitor = new Visitor(console);
  const { html } = await visitor.signInAs(hub.manager.subject, path);
  expect(html.includes('data-shows-new')).toBe(isTold);
});

it('a tab counts what it leads to', async () => {
  for (const referral of [aBruisedBaby(), aPoorAttender(), aPoorAttender()]) await hub.submit(referral);
  const visitor = new Visitor(console);
  const { html } = await visitor.signInAs(hub.manager.subject, '/queue?view=waiting&rating=red');
  const tabs = [...html.matchAll(/href="([^"]*)"[^>]*>\s*(?:Held by nobody|Waiting for a decision) \((\d+)\)/g)];
  expect(tabs).toHaveLength(2);
  for (const [, href, count] of tabs) {
    const page = await visitor.get(href!.replaceAll('&amp;', '&'));
    expect(page.html.split(' data-row').length - 1).toBe(Number(count));
  }
});

it('a page that everything has gone from leads to what is left', async () => {
  const visitor = new Visitor(console);
  const { html } = await visitor.signInAs(hub.manager.subject, '/queue?sort=newest');
  expect(html).toContain(' data-row');
  const beyond = Buffer.from('1970-01-01T00:00:00Z 00000000-0000-7000-8000-000000000000').toString('base64url');
  const gone = await visitor.get(`/queue?sort=newest&after=${beyond}`);
  expect(gone.location).toBe(`${console.url}/queue?view=waiting&sort=newest`);
});

it('a full page of the queue is less than 120 kB, for who works at the end of a slow line; all of it is chosen at once', async () => {
  for (let count = 0; count < 60; count++) await hub.submit(SCENARIOS[count % 40]!.body);
  const visitor = new Visitor(console);
  const { html } = await visitor.signInAs(hub.manager.subject, '/queue');
  expect(html.split(' data-row').length - 1).toBe(50);
  expect(Buffer.byteLength(html)).toBeLessThan(120_000);

  const all = /href="([^"]*choose=all)"/.exec(html)![1]!.replaceAll('&amp;', '&');
  expect((await visitor.get(all)).html.split(' checked').length - 1).toBe(50);
}, 30_000);
