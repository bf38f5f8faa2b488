import fc from 'fast-check';
import type { SubmittedChild } from '../referral/submitted-referral.ts';
import { childProfile } from './child-profile.ts';
import { jaroWinkler } from './jaro-winkler.ts';
import { chanceOf, weighMatch, type MatchBand, type MatchReason } from './weigh-match.ts';

const ON = Temporal.PlainDate.from('2026-11-23');
const MIA: SubmittedChild = {
  firstName: 'Mia',
  lastName: 'Marsden-Pyke',
  dateOfBirth: '2019-03-14',
  sex: 'F',
  address: { postcode: 'OL6 7AB' },
};
const AMELIA = { ...MIA, firstName: 'Amelia' };
const LILY = { ...MIA, firstName: 'Lily' };
const ALI = { ...MIA, firstName: 'Muhammad' };
const [JAYDEN, KAYDEN] = [
  { ...MIA, firstName: 'Jayden' },
  { ...MIA, firstName: 'Kayden' },
];
const ZHANG_WEI = { ...MIA, firstName: 'Wei', lastName: 'Zhang' };
const JANUARY = { ...MIA, dateOfBirth: '2009-01-01' };
const soundsAlike = (one: string, other: string) => [one, other].every((name) => ['shaun', 'shawn'].includes(name));
const weigh = (one: SubmittedChild, other: SubmittedChild, knownChildren = 50_000) =>
  weighMatch(childProfile(one, ON), childProfile(other, ON), { knownChildren, soundsAlike });
const without = (child: SubmittedChild, ...names: (keyof SubmittedChild)[]): SubmittedChild =>
  Object.fromEntries(Object.entries(child).filter(([name]) => !names.includes(name as keyof SubmittedChild)));

// Winkler's own examples (The State of Record Linkage, 1999).
it.each([
  ['martha', 'marhta', 0.961],
  ['dwayne', 'duane', 0.84],
  ['dixon', 'dicksonx', 0.813],
  ['', '', 1],
  ['mia', '', 0],
  ['mia', 'zoe', 0],
])('%s and %s are alike by %f', (one, other, likeness) => {
  expect(jaroWinkler(one, other)).toBeCloseTo(likeness, 3);
});

it('weighs last name, first name and date of birth among 50,000 children as 99.96 %', () => {
  const [one, other] = [without(MIA, 'address', 'sex'), without(MIA, 'address', 'sex')];
  expect(chanceOf(weigh(one, other).weight)).toBeCloseTo(0.9996, 3);
});

it.each<[string, SubmittedChild, SubmittedChild, MatchBand | null]>([
  ['the same facts', MIA, MIA, 'probable'],
  ['names the other way round', MIA, { ...MIA, firstName: 'Marsden Pyke', lastName: 'MIA' }, 'probable'],
  ['both names in one field', ZHANG_WEI, { ...without(ZHANG_WEI, 'lastName'), firstName: 'ZhangWei' }, 'probable'],
  ['half of a double name', MIA, { ...MIA, lastName: 'Pyke' }, 'probable'],
  ['another last name at one address', MIA, { ...MIA, lastName: 'Okafor' }, 'probable'],
  ['another address', MIA, { ...MIA, address: { postcode: 'SW1A 1AA' } }, 'probable'],
  ['a twin', MIA, { ...MIA, firstName: 'Lily' }, null],
  [
    'a twin with the same number by mistake',
    { ...MIA, nhsNumber: '9' },
    { ...MIA, firstName: 'Lily', nhsNumber: '9' },
    'possible',
  ],
  ['a first name that is alike on one date of birth', AMELIA, { ...AMELIA, firstName: 'Ameila' }, 'possible'],
  ['a first name that is not known on one date of birth', MIA, without(MIA, 'firstName'), 'possible'],
  ['a twin with the same second name', { ...MIA, otherNames: ['Rose'] }, { ...LILY, otherNames: ['Rose'] }, null],
  ['a second name that says there is none', { ...MIA, otherNames: ['None'] }, { ...LILY, otherNames: ['None'] }, null],
  ['the name that one is called by', { ...MIA, otherNames: ['Rose'] }, { ...MIA, firstName: 'Rose' }, 'probable'],
  ['second names that differ', { ...ALI, otherNames: ['Ali'] }, { ...ALI, otherNames: ['Hassan'] }, 'possible'],
  ['the same in one field', { ...ALI, firstName: 'Muhammad Ali' }, { ...ALI, otherNames: ['Hassan'] }, 'possible'],
  ['a second name in one field', { ...MIA, otherNames: ['Rose'] }, { ...MIA, firstName: 'Mia Rose' }, 'probable'],
  ['a second name that only one has', { ...MIA, otherNames: ['Rose'] }, MIA, 'probable'],
  ['a brother with a name alike, one digit older', JAYDEN, { ...KAYDEN, dateOfBirth: '2017-03-14' }, 'possible'],
  ['a twin in another script', { ...MIA, firstName: 'Марк' }, { ...MIA, firstName: 'Артём' }, null],
  ['two other scripts', { ...MIA, firstName: 'Мария' }, { ...MIA, firstName: 'ماريا' }, 'possible'],
  ['a first of January elsewhere', JANUARY, { ...JANUARY, address: { postcode: 'SW1A 1AA' } }, 'possible'],
  ['a first of January at one address', JANUARY, JANUARY, 'probable'],
  ['numbers that differ', { ...MIA, nhsNumber: '1' }, { ...MIA, nhsNumber: '2' }, null],
  ['pupil numbers that differ', { ...MIA, upn: 'A' }, { ...MIA, upn: 'B' }, null],
  ['a sister two years younger', MIA, { ...MIA, firstName: 'Lily', dateOfBirth: '2021-06-02' }, null],
  ['a mother of the same name', MIA, { ...MIA, dateOfBirth: '1990-03-14' }, null],
  [
    'one number and one date of birth',
    { ...MIA, nhsNumber: '9' },
    { dateOfBirth: '2019-03-14', nhsNumber: '9' },
    'probable',
  ],
  [
    'one number and two dates of birth',
    { ...MIA, nhsNumber: '9' },
    { ...MIA, dateOfBirth: '2017-08-01', nhsNumber: '9' },
    'possible',
  ],
  ['an age that fits, with name and address', MIA, { ...without(MIA, 'dateOfBirth'), estimatedAge: 7 }, 'possible'],
  ['an age that does not fit', MIA, { ...without(MIA, 'dateOfBirth'), estimatedAge: 15 }, null],
  ['an age alone', { estimatedAge: 7 }, { estimatedAge: 7 }, null],
  ['only a date of birth', { dateOfBirth: '2019-03-14' }, { dateOfBirth: '2019-03-14' }, null],
  [
    'a placeholder for both names',
    { ...MIA, firstName: 'Unknown', lastName: 'Unknown' },
    { ...MIA, firstName: 'Unknown', lastName: 'Unknown' },
    'possible',
  ],
])('%s', (_, one, other, band) => {
  expect(weigh(one, other).band).toBe(band);
});

it.each<[SubmittedChild, readonly MatchReason[]]>([
  [MIA, ['born_same', 'first_name_same', 'last_name_same', 'postcode_same']],
  [
    { ...MIA, lastName: 'Pyke', address: { postcode: 'OL6 7ZZ' } },
    ['born_same', 'first_name_same', 'last_name_part', 'postcode_near'],
  ],
  [{ ...MIA, dateOfBirth: '2019-03-15' }, ['born_one_digit', 'first_name_same', 'last_name_same', 'postcode_same']],
  [{ ...MIA, sex: 'M' }, ['born_same', 'first_name_same', 'last_name_same', 'postcode_same', 'sex_differs']],
])('says why, the strongest first (%#)', (other, reasons) => {
  expect(weigh(MIA, other).reasons).toEqual(reasons);
});

it('says of names that sound alike that they do', () => {
  const reasons = weigh({ ...MIA, firstName: 'Shaun' }, { ...MIA, firstName: 'Shawn' }).reasons;
  expect(reasons).toEqual(expect.arrayContaining(['first_name_sounds', 'may_be_twin']));
});

const name = fc.constantFrom('Mia', 'Maia', 'Lily', 'Marsden', 'Pyke', 'Marsden-Pyke', 'Unknown', 'Мария', '');
const anyChild: fc.Arbitrary<SubmittedChild> = fc.record(
  {
    firstName: name,
    lastName: name,
    dateOfBirth: fc.constantFrom('2019-03-14', '2019-03-15', '2019-01-01', '2012-07-30'),
    sex: fc.constantFrom('F', 'M', 'U'),
    nhsNumber: fc.constantFrom('1', '2'),
    address: fc.constantFrom({ postcode: 'OL6 7AB' }, { postcode: 'OL6 7XY' }, { noFixedAbode: true }),
  },
  { requiredKeys: [] },
);

it('weighs two children alike in both directions', () => {
  fc.assert(
    fc.property(anyChild, anyChild, (one, other) => {
      expect(weigh(one, other)).toEqual(weigh(other, one));
    }),
  );
});

it('finds two texts alike in both directions', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 9 });
  fc.assert(fc.property(text, text, (one, other) => jaroWinkler(one, other) === jaroWinkler(other, one)));
});

it('takes a brother or sister with another first name for no match, however few children are known', () => {
  fc.assert(
    fc.property(anyChild, fc.constantFrom('2019-03-14', '2017-03-14', '2019-04-01', undefined), (one, dateOfBirth) => {
      const child = { ...without(one, 'nhsNumber'), firstName: 'Mia', dateOfBirth: '2019-03-14' };
      const { dateOfBirth: _, ...sibling } = { ...child, firstName: 'Zoe' };
      expect(weigh(child, dateOfBirth === undefined ? sibling : { ...sibling, dateOfBirth }, 0).band).toBeNull();
    }),
  );
});

it('never calls two children with one date of birth and other first names probable without a number', () => {
  fc.assert(
    fc.property(anyChild, fc.constantFrom('Lily', 'Zoe', 'Noah'), (one, firstName) => {
      const child = { ...without(one, 'nhsNumber'), firstName: 'Mia', dateOfBirth: '2019-03-14' };
      expect(weigh(child, { ...child, firstName }).band).toBeNull();
    }),
  );
});

it('is never surer among more children', () => {
  fc.assert(
    fc.property(anyChild, anyChild, (one, other) => {
      expect(weigh(one, other, 1_000_000).weight).toBeLessThanOrEqual(weigh(one, other, 2_000).weight);
    }),
  );
});
