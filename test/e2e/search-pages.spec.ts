import { randomUUID } from 'node:crypto';
import { createHub, type Hub } from '../support/hub.ts';
import { RunningConsole, Visitor } from '../support/running-console.ts';
import { aBruisedBaby } from '../support/referrals.ts';

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

const signedIn = async (person: { subject: string }) => {
  const visitor = new Visitor(console);
  await visitor.signInAs(person.subject);
  return visitor;
};

it('what is searched for is never in an address, and is there for who searched only', async () => {
  const reference = await hub.submit(aBruisedBaby());
  const visitor = await signedIn(hub.screener);
  await visitor.get('/search');
  const { status, location } = await visitor.submit('/search', { name: 'elodie marsden' });
  expect([status, location]).toEqual([303, expect.stringMatching(/\/search\/[0-9a-f-]{36}$/)]);
  const found = await visitor.get(location!);
  expect(found.html).toContain(`/referrals/${reference}`);
  expect(found.html).toContain('value="elodie marsden"');
  const other = await signedIn(hub.socialWorker);
  expect((await other.get(location!)).location).toBe(`${console.url}/search`);
  await hub.moveTo('2026-11-23T11:01');
  expect((await visitor.get(location!)).location).toBe(`${console.url}/search`);
});

it.each<[Record<string, string>, string]>([
  [{}, 'Say what you know of whom you look for'],
  [{ day: '31', month: '2', year: '2020' }, 'Give a whole date'],
  [{ day: '3' }, 'Give a whole date'],
  [{ day: '29', month: '2', year: '0000' }, 'Give a whole date'],
  [{ day: '3', month: '2' }, 'Give a whole date'],
  [{ nhsNumber: '943 476 5918' }, 'This is not an NHS number'],
  [{ upn: 'A' }, 'This is not a Unique Pupil Number'],
  [{ reference: 'MASH-7K3F' }, 'Give the whole reference'],
  [{ postcode: 'OL6' }, 'Give the whole postcode'],
  [{ year: '20' }, 'Give the year with four digits'],
  [{ name: `"><script>alert('${'x'.repeat(200)}')</script>` }, 'The name must be 200 characters or fewer'],
])('%j is answered with what to do', async (fields, said) => {
  const visitor = await signedIn(hub.screener);
  await visitor.get('/search');
  const { status, html } = await visitor.submit('/search', fields);
  expect([status, html.includes(said), html.includes("<script>alert('")]).toEqual([422, true, false]);
});

it('that never came from the form is none', async () => {
  const visitor = await signedIn(hub.screener);
  await visitor.get('/search');
  const id = randomUUID();
  await visitor.submit(`/drafts/search/${id}`, { agency: 'abc' });
  expect((await visitor.get(`/search/${id}`)).location).toBe(`${console.url}/search`);
});

it('that fits nothing says what to try', async () => {
  const visitor = await signedIn(hub.screener);
  await visitor.get('/search');
  const { location } = await visitor.submit('/search', { name: "Robert'); DROP TABLE referral;--" });
  expect((await visitor.get(location!)).html).toContain('Nothing matches');
});
