import type { SubmittedReferral } from '#domain';
import type { SearchCriteria } from '#referrals';
import { createHub, type Hub } from '../support/hub.ts';
import { aFamilyShortOfMoney } from '../support/referrals.ts';
import { SCENARIOS } from '../support/scenarios.ts';

let hub: Hub;
const references = new Map<string, string>();
const called = (firstName: string, lastName: string, more: object = {}): SubmittedReferral =>
  aFamilyShortOfMoney({ children: [{ firstName, lastName, ...more }], adults: [] });

beforeAll(async () => {
  hub = await createHub();
  for (const { body } of SCENARIOS) await hub.submit(body);
  for (const referral of [
    called('Zoë', 'Łukaszewicz', {
      dateOfBirth: '2015-02-28',
      nhsNumber: '9990491321',
      address: { postcode: 'ol6 9zz' },
    }),
    called('Siân', "O'Shaughnessy-Ŵyn"),
    called('محمد', 'العربي'),
    called('Stephen', 'Smythe'),
    called('小明', '王'),
    called('नीता', 'शर्मा'),
  ]) {
    references.set(referral.children[0]!.lastName!, await hub.submit(referral));
  }
});
afterAll(() => hub.drop());

const find = async (criteria: Partial<SearchCriteria>) =>
  (await hub.search(criteria, hub.screener)).found.map(({ reference }) => reference);

describe('a search by name', () => {
  it.each([
    ['without its accents', 'zoe lukaszewicz', 'Łukaszewicz'],
    ['with its accents, in capitals', 'ZOË ŁUKASZEWICZ', 'Łukaszewicz'],
    ['in decomposed form', 'Zoe\u0308 Łukaszewicz', 'Łukaszewicz'],
    ['misspelled', 'Zoe Lukasevicz', 'Łukaszewicz'],
    ['by the last name alone', 'lukaszewicz', 'Łukaszewicz'],
    ['last name first', 'Lukaszewicz, Zoe', 'Łukaszewicz'],
    ['without its apostrophe and hyphen', 'sian oshaughnessy wyn', "O'Shaughnessy-Ŵyn"],
    ['in another script', 'محمد', 'العربي'],
    ['as it sounds', 'Steven Smith', 'Smythe'],
    ['without a space, family name first', '王小明', '王'],
    ['in Devanagari', 'नीता शर्मा', 'शर्मा'],
    ['in one word', 'SmytheStephen', 'Smythe'],
  ])('I15: finds a name %s: %s', async (_, name, lastName) => {
    expect(await find({ name })).toContain(references.get(lastName));
  });

  it('finds an adult by name', async () => {
    const { found } = await hub.search({ name: 'kieran pyke' }, hub.screener);
    expect(found[0]).toMatchObject({ person: 'Kieran Pyke', kind: 'adult' });
  });

  it('shows the best match of a name first', async () => {
    expect((await find({ name: 'Stephen Smythe' }))[0]).toBe(references.get('Smythe'));
  });
});

it.each<[string, Partial<SearchCriteria>]>([
  ['date of birth', { dateOfBirth: '2015-02-28' }],
  ['NHS number as people write it', { nhsNumber: '999 049 1321', name: 'zoe' }],
  ['postcode in any form', { postcode: 'OL69ZZ', dateOfBirth: '2015-02-28' }],
])('finds a child by %s', async (_, criteria) => {
  expect(await find(criteria)).toContain(references.get('Łukaszewicz'));
});

it('finds a referral by its reference as it is said on the telephone', async () => {
  const reference = references.get('Smythe')!;
  expect(await find({ reference: reference.toLowerCase().replaceAll('-', ' ') })).toEqual([reference]);
});

it('finds nothing when one of the answers does not fit', async () => {
  expect(await find({ name: 'zoe lukaszewicz', dateOfBirth: '2015-03-01' })).toEqual([]);
  expect(await find({ nhsNumber: 'not a number' })).toEqual([]);
  expect(await find({ reference: `MASH-0000-0000' OR true --` })).toEqual([]);
});

it('shows fifty referrals at most, and says so', async () => {
  for (let count = 0; count < 12; count++) await hub.submit(aFamilyShortOfMoney());
  const { found, isCapped } = await hub.search({ agency: hub.agency.agencyId }, hub.screener);
  expect([found.length, isCapped]).toEqual([50, true]);
});

it('records the fields and the count of a search, and never the answers', async () => {
  await hub.search({ name: 'Zoë Łukaszewicz', postcode: 'OL6 9ZZ' }, hub.screener);
  expect((await hub.recordOf('search.made')).at(-1)).toEqual({ fields: ['name', 'postcode'], found: 1 });
});
