import { randomUUID } from 'node:crypto';
import { createHub, type Hub } from '../support/hub.ts';
import type { Answers } from '../support/page/form.ts';
import { RunningConsole } from '../support/running-console.ts';
import { aBruisedBaby } from '../support/referrals.ts';

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

const BOX = 'Who do you look for?';
const NAME = 'Name of a child or adult';

describe('a search', () => {
  it('never puts the answers into an address, and shows the results for an hour to the person who searched only', async () => {
    const reference = await hub.submit(aBruisedBaby());
    const visitor = await console.visitedBy(hub.screener, '/search');
    const found = await visitor.press('Search', { [NAME]: 'elodie marsden' });
    expect(found.path).toMatch(/^\/search\/[0-9a-f-]{36}$/);
    expect(found.heading).toBe('Search results');
    expect(found.link('Elodie Marsden-Pyke')).toBe(`/referrals/${reference}`);
    expect(found.field(NAME).value).toBe('elodie marsden');
    const other = await console.visitedBy(hub.socialWorker);
    expect((await other.get(found.path)).leadsTo).toBe('/search');
    await hub.moveTo('2026-11-23T11:01');
    expect((await visitor.get(found.path)).leadsTo).toBe('/search');
  });

  it.each<[string, Answers, string]>([
    ['nothing', {}, 'Say what you know of whom you look for'],
    ['31 February', { Day: '31', Month: '2', Year: '2020' }, 'Give a whole date'],
    ['a day alone', { Day: '3' }, 'Give a whole date'],
    ['29 February of the year 0', { Day: '29', Month: '2', Year: '0000' }, 'Give a whole date'],
    ['a day and a month', { Day: '3', Month: '2' }, 'Give a whole date'],
    ['a year of two digits', { Year: '20' }, 'Give the year with four digits'],
    ['a wrong check digit', { 'NHS number': '943 476 5918' }, 'This is not an NHS number'],
    ['a wrong pupil number', { 'Unique Pupil Number': 'A' }, 'This is not a Unique Pupil Number'],
    ['half a reference', { Reference: 'MASH-7K3F' }, 'Give the whole reference'],
    ['half a postcode', { Postcode: 'OL6' }, 'Give the whole postcode'],
    [
      'a script that is too long for a name',
      { [NAME]: `"><script>alert('${'x'.repeat(200)}')</script>` },
      'The name must be 200 characters or fewer',
    ],
  ])('is answered with what to do when it says %s', async (_, answers, said) => {
    const visitor = await console.visitedBy(hub.screener, '/search');
    const page = await visitor.press('Search', answers);
    expect([page.status, page.errors()]).toEqual([422, [expect.stringContaining(said)]]);
    for (const [label, answer] of Object.entries(answers)) expect(page.field(label).value).toBe(answer);
    expect(page.html).not.toContain("<script>alert('");
  });

  it.each<[string, (reference: string) => string, string]>([
    ['a name', () => 'elodie marsden', 'the name elodie marsden'],
    [
      'a reference without its dashes, in small letters',
      (it) => it.toLowerCase().replaceAll('-', ''),
      'the reference ',
    ],
    ['the telephone number of who referred', () => '+44 161 496 0112', 'the telephone number 0161 496 0112'],
  ])('knows %s in its one box, and says so', async (_, written, understood) => {
    const body = aBruisedBaby();
    const reference = await hub.submit({ ...body, referrer: { ...body.referrer, phone: '+441614960112' } });
    const visitor = await console.visitedBy(hub.screener, '/search');
    const found = await visitor.press('Search', { [BOX]: written(reference) });
    expect(found.text).toContain(`You searched for ${understood}`);
    expect(found.link('Elodie Marsden-Pyke')).toBe(`/referrals/${reference}`);
    expect(found.field(BOX).value).toBe(written(reference));
  });

  it('says what is wrong with a number in its one box, and searches for nothing', async () => {
    const visitor = await console.visitedBy(hub.screener, '/search');
    const page = await visitor.press('Search', { [BOX]: '943 476 5918' });
    expect([page.status, page.errors()]).toEqual([422, ['This is not an NHS number: check its ten digits']]);
  });

  it('refuses one answer that is given twice, and a telephone number beside other answers', async () => {
    const visitor = await console.visitedBy(hub.screener, '/search');
    const twice = await visitor.press('Search', { [BOX]: 'OL6 6DL', Postcode: 'OL6 6DN' });
    expect(twice.errors()).toEqual([expect.stringContaining('say it once')]);
    const beside = await visitor.press('Search', { [BOX]: '0161 496 0112', Postcode: 'OL6 6DN' });
    expect(beside.errors()).toEqual([expect.stringContaining('by itself')]);
  });

  it('is not found when it never came from the form', async () => {
    const visitor = await console.visitedBy(hub.screener, '/search');
    const id = randomUUID();
    const token = visitor.page.sendingBy('Sign out').pairs;
    await visitor.send('POST', `/drafts/search/${id}`, [...token, ['agency', 'abc']]);
    expect((await visitor.get(`/search/${id}`)).leadsTo).toBe('/search');
  });

  it('X5: says what to try when nothing matches', async () => {
    const visitor = await console.visitedBy(hub.screener, '/search');
    const page = await visitor.press('Search', { [NAME]: "Robert'); DROP TABLE referral;--" });
    expect([page.heading, page.text]).toEqual(['Search results', expect.stringContaining('Nothing matches')]);
  });
});
