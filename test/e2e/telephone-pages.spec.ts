import { SERVICE, sql } from '#store';
import { randomUUID } from 'node:crypto';
import { addAgency } from '../support/agencies-and-staff.ts';
import pg from 'pg';
import { createHub, type Hub } from '../support/hub.ts';
import { RunningConsole, Visitor } from '../support/running-console.ts';
import { until } from '../support/until.ts';

let hub: Hub;
let console: RunningConsole;
let agency: string;

beforeAll(async () => {
  hub = await createHub();
  console = await RunningConsole.start(hub.url, async () => [hub.screener, hub.socialWorker]);
  agency = (await hub.database.as(SERVICE).row<{ id: string }>(sql`SELECT id FROM agency`))!.id;
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

const call = () => ({
  agency,
  channel: 'telephone',
  '/immediateDanger': 'no',
  '/referrer/name': 'A neighbour',
  '/referrer/role': 'Neighbour',
  '/concern/summary': 'He is out on the street until midnight on school days.',
  '/concern/types#neglect': 'on',
  '/concern/source': 'first_hand',
  '/children/0/description': 'A boy of about six in a red coat',
  '/parentsInformed/informed': 'no',
  '/parentsInformed/notInformedReason': 'other',
  '/agreement/status': 'not_sought',
});

describe('a referral by telephone', () => {
  it('is received as one by the API is, and says who took it down', async () => {
    const at = `/telephone/${randomUUID()}`;
    const visitor = await signedIn(hub.screener);
    await visitor.get(at);
    const sent = await visitor.submit(at, call());
    expect(sent.location).toMatch(/\/referrals\/MASH-/);
    const reference = sent.location!.split('/').at(-1)!;
    const { timeline, rating, submitted, children } = await hub.readReferral.execute({ reference, by: hub.manager });
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
    // Pressed twice: the same one.
    await visitor.get(at);
    expect((await visitor.submit(at, call())).location).toBe(sent.location);
    // Saved late, and looked for again: it is no form any more.
    await visitor.get('/telephone');
    expect((await visitor.submit(`/drafts/referral/${at.split('/').at(-1)!}`, call())).status).toBe(409);
    expect((await visitor.get('/telephone')).html).not.toContain(at);
    expect((await visitor.get(at)).location).toBe(sent.location);
  });

  it('of two agencies in two windows is received once', async () => {
    const other = (await addAgency(hub.database)).agencyId;
    const at = `/telephone/${randomUUID()}`;
    const received = async () => (await hub.database.as(SERVICE).rows(sql`SELECT 1 FROM referral`)).length;
    const before = await received();
    const visitors = [await signedIn(hub.screener), await signedIn(hub.socialWorker)];
    await Promise.all(visitors.map((visitor) => visitor.get(at)));
    // Both wait for this lock as late as they can.
    const holder = new pg.Client({ connectionString: hub.url });
    await holder.connect();
    await holder.query('BEGIN; LOCK TABLE referral IN SHARE MODE');
    const sent = Promise.all(
      visitors.map((visitor, index) => visitor.submit(at, { ...call(), agency: index === 0 ? agency : other })),
    );
    const waiting = `SELECT count(*)::int AS n FROM pg_locks JOIN pg_database d ON d.oid = database
      WHERE NOT granted AND datname = current_database()`;
    await until(async () => (await holder.query<{ n: number }>(waiting)).rows[0]!.n === 2);
    await holder.query('COMMIT');
    await holder.end();
    expect((await sent).map(({ status }) => status).sort()).toEqual([303, 409]);
    expect(await received()).toBe(before + 1);
  });

  it('changed after it was received keeps what was changed, and says that nobody has it yet', async () => {
    const at = `/telephone/${randomUUID()}`;
    const visitor = await signedIn(hub.screener);
    await visitor.get(at);
    await visitor.submit(at, call());
    await visitor.get(at);
    const again = await visitor.submit(at, { ...call(), '/concern/location': 'Behind the bus station' });
    expect(again.status).toBe(409);
    expect(again.html).toContain('This form has been received already');
    expect((await visitor.get(at)).html).toContain('Behind the bus station');
    const anew = await visitor.submit(`${at}/anew`, { ...call(), '/concern/location': 'Behind the bus station' });
    expect((await visitor.get(anew.location!)).html).toContain('Behind the bus station');
    await visitor.get(anew.location!);

    const { agencyId } = await addAgency(hub.database);
    const received = async () => (await hub.database.as(SERVICE).rows(sql`SELECT 1 FROM referral`)).length;
    const before = await received();
    const ofAnother = await visitor.submit(at, { ...call(), agency: agencyId });
    expect([ofAnother.status, await received()]).toEqual([409, before]);
  });

  it('with answers missing comes back with each named, and everything that was typed', async () => {
    const at = `/telephone/${randomUUID()}`;
    const visitor = await signedIn(hub.screener);
    await visitor.get(at);
    const back = await visitor.submit(at, { '/children/0/nhsNumber': '123 <b>', '/concern/summary': 'Too short' });
    expect(back.status).toBe(422);
    for (const said of [
      'Select how it came',
      'Select an agency',
      'Answer “Is a child in danger now?”',
      'What has happened: ',
      'Child 1, NHS number: ',
      'Answer “Do the parents know of this referral?”',
      'Answer “Has the family agreed?”',
      'Too short',
      '123 &lt;b&gt;',
    ]) {
      expect(back.html).toContain(said);
    }
    // Resumed after anything.
    const again = await signedIn(hub.screener);
    expect((await again.get(at)).html).toContain('123 &lt;b&gt;');
    expect((await again.get('/telephone')).html).toContain(at);
    const other = await signedIn(hub.socialWorker);
    expect((await other.get('/telephone')).html).not.toContain(at);
    expect((await other.get(at)).html).not.toContain('123 &lt;b&gt;');
    await again.get('/telephone');
    await again.submit(`${at}/discard`);
    expect((await again.get('/telephone')).html).not.toContain(at);
  });

  it('makes room for another child and keeps what is there', async () => {
    const at = `/telephone/${randomUUID()}`;
    const visitor = await signedIn(hub.screener);
    await visitor.get(at);
    const more = await visitor.submit(at, { ...call(), more: '/children' });
    expect([more.status, more.html.includes('Child 2'), more.html.includes('in a red coat')]).toEqual([
      200,
      true,
      true,
    ]);
    const sent = await visitor.submit(at, { ...call(), '/children/1/firstName': 'Sophie' });
    const reference = sent.location!.split('/').at(-1)!;
    expect((await hub.readReferral.execute({ reference, by: hub.manager })).children).toHaveLength(2);
  });

  it('is not there under an address that is no form', async () => {
    const visitor = await signedIn(hub.screener);
    expect((await visitor.get('/telephone/nonsense')).status).toBe(404);
  });
});

describe('advice that was given', () => {
  const advice = () => ({
    agency,
    caller: 'Ms Bell',
    role: 'Teacher',
    question: 'Should I <i>refer</i>?',
    advice: 'Speak to the parents first.',
    outcome: 'advice_only',
  });
  const begin = async (visitor: Visitor) => {
    const { location } = await visitor.get('/consultations/new');
    await visitor.get(location!);
    return location!;
  };

  it('is recorded with who gave it, once for each form, and cannot be changed', async () => {
    const visitor = await signedIn(hub.screener);
    const at = await begin(visitor);
    const incomplete = await visitor.submit(at, { question: 'Should I <i>refer</i>?' });
    expect([incomplete.status, incomplete.html.includes('Say what you advised')]).toEqual([422, true]);
    expect((await visitor.get(at)).html).toContain('Should I &lt;i&gt;refer&lt;/i&gt;?');
    await Promise.all([visitor.submit(at, advice()), visitor.submit(at, advice())]);
    expect((await visitor.get(at)).location).toBe(`${console.url}/consultations`);
    // Sent again with other words it is another record, when it is sent once more.
    const other = await visitor.submit(at, { ...advice(), advice: 'Ring the police.' });
    expect([other.status, other.html.includes('Ring the police.')]).toEqual([409, true]);
    const another = /<form method="post" action="([^"]+)"/.exec(other.html.split('Record advice given</h1>')[1]!)![1]!;
    expect(console.url + another).not.toBe(at);
    await visitor.submit(another, { ...advice(), advice: 'Ring the police.' });
    const { html } = await visitor.get('/consultations');
    expect(html.split('Ring the police.')).toHaveLength(2);
    expect(html.split('Speak to the parents first.')).toHaveLength(2);
    expect(html).toContain('Should I &lt;i&gt;refer&lt;/i&gt;?');
    expect(html).toContain('Sam Screener');
    await expect(hub.database.as(SERVICE).rows(sql`DELETE FROM consultation`)).rejects.toThrow(/append-only/);
  });

  it('to two callers is two forms: neither takes the other’s away, and a late save is of neither', async () => {
    const visitor = await signedIn(hub.screener);
    const [first, second] = [await begin(visitor), await begin(visitor)];
    const id = (at: string) => at.split('/').at(-1)!;
    await visitor.submit(`/drafts/consultation/${id(second)}`, { caller: 'Mr Okonkwo' });
    await visitor.get(first);
    expect((await visitor.submit(first, advice())).status).toBe(303);
    await visitor.get('/telephone');
    expect((await visitor.submit(`/drafts/consultation/${id(first)}`, advice())).status).toBe(409);
    const { html } = await visitor.get('/telephone');
    expect(html).toContain('Advice to Mr Okonkwo');
    expect(html).not.toContain('Ms Bell');
    await visitor.submit(`/consultations/${id(second)}/discard`);
    await visitor.get('/telephone');
    expect((await visitor.get('/telephone')).html).not.toContain('Okonkwo');
  });
});
