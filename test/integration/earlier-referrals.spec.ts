import type { SubmittedChild } from '#domain';
import { linkEarlierReferrals } from '#referrals';
import { SERVICE, sql } from '#store';
import { createHub, type Hub } from '../support/hub.ts';
import { aFamilyShortOfMoney } from '../support/referrals.ts';

let hub: Hub;
beforeAll(async () => {
  hub = await createHub();
});
beforeEach(() => hub.reset());
afterAll(() => hub.drop());

/** By what a referral of the second child is linked to an earlier one of the first; empty where it is not. */
async function linkOf(first: SubmittedChild, second: SubmittedChild): Promise<readonly string[]> {
  await hub.submit(aFamilyShortOfMoney({ children: [first], adults: [] }));
  await hub.moveBy({ hours: 1 });
  const reference = await hub.submit(aFamilyShortOfMoney({ children: [second], adults: [] }));
  await hub.database.as(SERVICE).transaction(async (tx) => {
    const referral = await tx.row<{ id: string }>(sql`SELECT id FROM referral WHERE reference = ${reference}`);
    await linkEarlierReferrals(tx, referral!.id);
  });
  return (await hub.read(reference)).earlier.map(({ matchedOn }) => matchedOn);
}

const BORN = { dateOfBirth: '2019-02-01' };

describe('a child who was referred before', () => {
  it.each<[string, SubmittedChild, SubmittedChild]>([
    ['spelled otherwise', { firstName: 'Đorđe', lastName: 'Þórsson' }, { firstName: 'DORDE', lastName: 'thorsson' }],
    ['with one name only', { firstName: 'Sukarno' }, { lastName: 'sukarno' }],
    ['with the names in one field', { firstName: 'Wei', lastName: 'Zhang' }, { firstName: 'ZhangWei' }],
    [
      'with the names the other way round',
      { firstName: 'Amy', lastName: 'Hale' },
      { firstName: 'Hale', lastName: 'Amy' },
    ],
  ])('is found by name and date of birth when written %s', async (_, first, second) => {
    expect(await linkOf({ ...first, ...BORN }, { ...second, ...BORN })).toEqual(['name_and_date_of_birth']);
  });

  it('is found by the number when a name differs', async () => {
    const number = { nhsNumber: '9434765919' };
    expect(await linkOf({ firstName: 'Amy', ...number }, { firstName: 'Amelia', ...number })).toEqual(['nhs_number']);
  });
});

describe('another child', () => {
  it.each<[string, SubmittedChild, SubmittedChild]>([
    ['of no known name', { firstName: 'Not known', lastName: 'Hale' }, { firstName: 'not known', lastName: 'Hale' }],
    ['called only a baby', { firstName: 'Baby', lastName: 'Hale' }, { firstName: 'BABY', lastName: 'Hale' }],
    [
      'with another NHS number',
      { firstName: 'Amy', nhsNumber: '9434765919' },
      { firstName: 'Amy', nhsNumber: '4010232137' },
    ],
    ['with another UPN', { firstName: 'Amy', upn: 'A950000178301' }, { firstName: 'Amy', upn: 'H243278544154' }],
    ['with another vowel of Devanagari', { firstName: 'नीता' }, { firstName: 'नेता' }],
  ])('is not taken for a child referred before: %s', async (_, first, second) => {
    expect(await linkOf({ ...first, ...BORN }, { ...second, ...BORN })).toEqual([]);
  });
});
