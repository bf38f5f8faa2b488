import { randomUUID } from 'node:crypto';
import { addThePublic } from '../support/agencies-and-staff.ts';
import { createHub, type Hub } from '../support/hub.ts';
import type { Page } from '../support/page/page.ts';
import { aCoachMessagingChildren } from '../support/referrals.ts';
import { RunningConsole } from '../support/running-console.ts';

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

const RECEIVE = 'Receive this referral';
const WHO = 'Who refers the child?';
const SOURCE = 'Source of the referral';
const PUBLIC = { 'For which agency?': 'Members of the public' };
const call = {
  'How did it come?': 'By telephone',
  'For which agency?': 'Loomgate School',
  'Is a child in danger now?': 'No',
  'Name of the caller': 'Pat Lowe',
  'Role of the caller': 'Not said',
  'What has happened?': 'He is out on the street until midnight on school days.',
  Neglect: true,
  'How does the caller know?': 'First-hand',
  Description: 'A boy of about six in a red coat',
  'Do the parents know of this referral?': 'No',
  'If not, why not?': 'Other',
  'Has the family agreed?': 'Not sought',
};
const sourceOf = async ({ path }: Page) => (await hub.read(path.split('/').at(-1)!)).sourceCode;

describe('the source of a referral by telephone', () => {
  it.each([
    ['A family member, relative or carer', '1A', 'Individual: family member, relative or carer'],
    ['An acquaintance, such as a neighbour or child minder', '1B', 'Individual: acquaintance, such as'],
    ['The child', '1C', 'Individual: the child'],
    ['Another person, such as a stranger or an MP', '1D', 'Individual: another person'],
    ['A person who does not give their name', '9', 'Anonymous'],
    ['Not known', '10', 'Not known'],
  ])('is the caller’s own when it is %s, whichever agency is chosen', async (who, code, words) => {
    await addThePublic(hub.database);
    for (const agency of [PUBLIC, {}]) {
      const visitor = await console.visitedBy(hub.screener, `/telephone/${randomUUID()}`);
      const received = await visitor.press(RECEIVE, { ...call, ...agency, [WHO]: who });
      expect([await sourceOf(received), received.fact(SOURCE)]).toEqual([code, expect.stringContaining(words)]);
      expect((await visitor.open(`${received.path}/print`)).fact(SOURCE)).toContain(words);
    }
  });

  it.each([{}, { [WHO]: 'A person of the agency' }])('is the agency’s when a person of it calls: %j', async (who) => {
    const visitor = await console.visitedBy(hub.screener, `/telephone/${randomUUID()}`);
    const received = await visitor.press(RECEIVE, { ...call, ...who });
    expect([await sourceOf(received), received.fact(SOURCE)]).toEqual(['2A', 'Schools']);
  });

  it.each([
    ['1A', {}],
    ['9', { [WHO]: 'A person of the agency' }],
  ])('is asked for when the agency stands for the public (%s): %j; what was typed is kept', async (code, who) => {
    await addThePublic(hub.database, code);
    const visitor = await console.visitedBy(hub.screener, `/telephone/${randomUUID()}`);
    const asked = await visitor.press(RECEIVE, { ...call, ...PUBLIC, ...who });
    expect([asked.status, asked.errors()]).toEqual([
      422,
      ['Select who refers the child: the agency stands for members of the public'],
    ]);
    expect(asked.field('What has happened?').value).toBe(call['What has happened?']);
    expect(await hub.receivedCount()).toBe(0);
    await visitor.types(RECEIVE, { [WHO]: 'The child' });
    const kept = await visitor.open(asked.path);
    expect(kept.field(WHO).chosen).toBe('The child');
    expect(await sourceOf(await visitor.press(RECEIVE))).toBe('1C');
  });

  it('is refused when it is no source of a caller', async () => {
    const visitor = await console.visitedBy(hub.screener, `/telephone/${randomUUID()}`);
    const { action, pairs } = visitor.page.sendingBy(RECEIVE, call);
    const refused = await visitor.send('POST', action, [...pairs, ['caller', '2A']]);
    expect([refused.status, refused.errors()]).toEqual([422, ['Select who refers the child']]);
    expect(await hub.receivedCount()).toBe(0);
  });
});

it('the page of a referral by the API says the source that its agency has', async () => {
  const reference = await hub.submit(aCoachMessagingChildren());
  const { page } = await console.visitedBy(hub.screener, `/referrals/${reference}`);
  expect(page.fact(SOURCE)).toBe('Schools');
});
