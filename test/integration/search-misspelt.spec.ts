import type { SubmittedReferral } from '#domain';
import { believesInNames, foundByComparingAll, wordsOfNames } from '../support/found-before.ts';
import { createHub, type Hub } from '../support/hub.ts';
import { aFamilyShortOfMoney } from '../support/referrals.ts';
import { SCENARIOS } from '../support/scenarios.ts';

/** First and last name; one of them empty for a person of one name. */
const NAMES = [
  ['Stephen', 'Smythe'],
  ['Stefan', 'Smithson'],
  ['Zoë', 'Łukaszewicz'],
  ['Siân', "O'Shaughnessy-Ŵyn"],
  ['Mohammed', 'Al-Rashid'],
  ['Muhammad', 'Rasheed'],
  ['Aoife', 'Ní Bhriain'],
  ['Caoimhe', "O'Brien"],
  ['Jon', 'Lee'],
  ['Joan', 'Leigh'],
  ['Nguyễn', 'Thị Minh Khai'],
  ['Thandiwe Grace Nomvula', 'Mbeki'],
  ['محمد', 'العربي'],
  ['小明', '王'],
  ['नीता', 'शर्मा'],
  ['Оксана', 'Шевченко'],
  ['Ελένη', 'Παπαδοπούλου'],
  ['Madonna', ''],
  ['', 'Featherstonehaugh'],
  ['Catherine', 'Cholmondeley'],
  ['Katharine', 'Chumley'],
  ['Ann', 'Wu'],
] as const;

let hub: Hub;
const referrals: { readonly reference: string; readonly firstName: string; readonly lastName: string }[] = [];
beforeAll(async () => {
  hub = await createHub();
  for (const { body } of SCENARIOS) await hub.submit(body);
  for (const [firstName, lastName] of NAMES) {
    const child = { ...(firstName === '' ? {} : { firstName }), ...(lastName === '' ? {} : { lastName }) };
    const referral: SubmittedReferral = aFamilyShortOfMoney({ children: [child], adults: [] });
    referrals.push({ reference: await hub.submit(referral), firstName, lastName });
  }
});
afterAll(() => hub.drop());

/** Ways in which people type a name. */
const WAYS: Readonly<Record<string, (first: string, last: string) => readonly string[]>> = {
  'as it is': (first, last) => [`${first} ${last}`],
  'with a letter missing': (first, last) => eachPlace(`${first} ${last}`, (name, at) => name.toSpliced(at, 1)),
  'with two letters changed about': (first, last) =>
    eachPlace(`${first} ${last}`, (name, at) => name.toSpliced(at, 2, name[at + 1] ?? '', name[at]!)),
  'with a letter twice': (first, last) => eachPlace(`${first} ${last}`, (name, at) => name.toSpliced(at, 0, name[at]!)),
  'with a wrong letter': (first, last) => eachPlace(`${first} ${last}`, (name, at) => name.toSpliced(at, 1, 'q')),
  'written together': (first, last) => [`${first}${last}`, `${last}${first}`],
  'the last name first': (first, last) => [`${last}, ${first}`],
  'without the first name': (_, last) => [last],
  'by the first name': (first) => [first],
  'with a second name that is not stored': (first, last) => [`${first} Bartholomew ${last}`, `${first} ${last} Xu`],
  'without its other names': (first, last) => [`${first.split(' ')[0]} ${last.split(' ').at(-1)}`],
  'cut off': (first, last) => [`${first} ${last.slice(0, 4)}`, `${first.slice(0, 3)} ${last}`],
};

function eachPlace(name: string, misspell: (letters: string[], at: number) => string[]): readonly string[] {
  const letters = [...name.trim()];
  // Each fourth place, another of the four for each name.
  const places = letters.map((_, at) => at).filter((at) => at % 4 === letters.length % 4);
  return places.map((at) => misspell(letters, at).join(''));
}

const shown = async (name: string) =>
  (await hub.search({ name }, hub.screener)).found.map(({ reference }) => reference);

describe.each(Object.keys(WAYS))('a name that is typed %s', (way) => {
  const typed = () =>
    referrals.flatMap(({ reference, firstName, lastName }) =>
      WAYS[way]!(firstName, lastName)
        .filter((name) => name.trim() !== '')
        .map((name) => ({ reference, name })),
    );

  it('shows in a hub of some names what comparing every name shows', async () => {
    await believesInNames(hub.database, 100);
    for (const { name } of typed()) {
      expect([name, await shown(name)]).toEqual([name, await foundByComparingAll(hub.database, name)]);
    }
  });

  it('finds in a hub of a million names whom comparing every name finds', async () => {
    await believesInNames(hub.database, 1_000_000);
    for (const { name, reference } of typed()) {
      const before = await foundByComparingAll(hub.database, name);
      const now = await shown(name);
      if (before.includes(reference)) expect([name, now.includes(reference)]).toEqual([name, true]);
      expect([name, now.filter((one) => !before.includes(one))]).toEqual([name, []]);
    }
  });
});

it('reads only names with near words in a hub of a million names, once one is convincing', async () => {
  await believesInNames(hub.database, 1_000_000);
  const fewer: string[] = [];
  for (const { firstName, lastName } of referrals) {
    const name = `${firstName} ${lastName}`;
    if ((await shown(name)).length < (await foundByComparingAll(hub.database, name)).length) fewer.push(lastName);
  }
  expect(fewer.length).toBeGreaterThan(0);
});

it('knows every word of every name, and no other', async () => {
  const { used, known } = await wordsOfNames(hub.database);
  expect(used.length).toBeGreaterThan(100);
  expect(known).toEqual(used);
});
