import type { SubmittedReferral } from '#domain';
import type { SearchCriteria } from '#triage';
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
  ]) {
    references.set(referral.children[0]!.lastName!, await hub.submit(referral));
  }
}, 60_000);
afterAll(() => hub.drop());

const find = async (criteria: Partial<SearchCriteria>) =>
  (await hub.search(criteria, hub.screener)).found.map(({ reference }) => reference);

describe('a name is found', () => {
  it.each([
    ['without its accents', 'zoe lukaszewicz', 'Łukaszewicz'],
    ['with them', 'ZOË ŁUKASZEWICZ', 'Łukaszewicz'],
    ['in decomposed form', 'Zoe\u0308 Łukaszewicz', 'Łukaszewicz'],
    ['misspelled', 'Zoe Lukasevicz', 'Łukaszewicz'],
    ['by the last name alone', 'lukaszewicz', 'Łukaszewicz'],
    ['last name first', 'Lukaszewicz, Zoe', 'Łukaszewicz'],
    ['without its apostrophe and hyphen', 'sian oshaughnessy wyn', "O'Shaughnessy-Ŵyn"],
    ['in another script', 'محمد', 'العربي'],
    ['as it sounds', 'Steven Smith', 'Smythe'],
  ])('%s: %s', async (_, name, lastName) => {
    expect(await find({ name })).toContain(references.get(lastName));
  });

  it('of an adult too', async () => {
    const { found } = await hub.search({ name: 'kieran pyke' }, hub.screener);
    expect(found[0]).toMatchObject({ person: 'Kieran Pyke', kind: 'adult' });
  });

  it('the best first', async () => {
    expect((await find({ name: 'Stephen Smythe' }))[0]).toBe(references.get('Smythe'));
  });
});

it.each<[string, Partial<SearchCriteria>]>([
  ['date of birth', { dateOfBirth: '2015-02-28' }],
  ['NHS number as people write it', { nhsNumber: '999 049 1321', name: 'zoe' }],
  ['postcode in any form', { postcode: 'OL69ZZ', dateOfBirth: '2015-02-28' }],
])('is found by %s', async (_, criteria) => {
  expect(await find(criteria)).toContain(references.get('Łukaszewicz'));
});

it('is found by its reference as it is said on the telephone', async () => {
  const reference = references.get('Smythe')!;
  expect(await find({ reference: reference.toLowerCase().replaceAll('-', ' ') })).toEqual([reference]);
});

it('everything that was said must fit', async () => {
  expect(await find({ name: 'zoe lukaszewicz', dateOfBirth: '2015-03-01' })).toEqual([]);
  expect(await find({ nhsNumber: 'not a number' })).toEqual([]);
  expect(await find({ reference: `MASH-0000-0000' OR true --` })).toEqual([]);
});

it('is capped, and says so', async () => {
  const { agencyId } = (await hub.database.row<{ agencyId: string }>('SELECT id AS "agencyId" FROM agency'))!;
  for (let count = 0; count < 12; count++) await hub.submit(aFamilyShortOfMoney());
  const { found, isCapped } = await hub.search({ agency: agencyId }, hub.screener);
  expect([found.length, isCapped]).toEqual([50, true]);
});

it('is on the record with its fields and its count, never with what was looked for', async () => {
  await hub.search({ name: 'Zoë Łukaszewicz', postcode: 'OL6 9ZZ' }, hub.screener);
  const entry = await hub.database.row<{ details: object }>(
    `SELECT details FROM audit_entry WHERE act = 'search.made' ORDER BY at DESC, id DESC LIMIT 1`,
  );
  expect(entry!.details).toEqual({ fields: ['name', 'postcode'], found: 1 });
});
