import fc from 'fast-check';
import { Seal } from './seal.ts';

const seal = new Seal('a secret of the tests, of thirty-two characters', 'drafts');

it('opens what it closed, to the letter, in the same place', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme' }),
      fc.uuid(),
      (text, place) => seal.open(seal.close(text, place), place) === text,
    ),
  );
});

it('says nothing of what it closed, and never the same twice', () => {
  const [one, two] = [seal.close('Elodie', 'here'), seal.close('Elodie', 'here')];
  expect([one.includes('Elodie'), one.equals(two)]).toEqual([false, false]);
});

it.each([
  ['in another place', () => seal.open(seal.close('text', 'here'), 'there')],
  [
    'for another purpose',
    () => new Seal('a secret of the tests, of thirty-two characters', 'x').open(seal.close('text', 'here'), 'here'),
  ],
  [
    'with another secret',
    () => new Seal('another secret of the tests, as long', 'drafts').open(seal.close('text', 'here'), 'here'),
  ],
  ['when it is cut short', () => seal.open(seal.close('text', 'here').subarray(0, 20), 'here')],
])('does not open %s', (_, open) => expect(open()).toBeNull());

it('does not open when a single bit is changed', () => {
  fc.assert(
    fc.property(fc.nat(), (bit) => {
      const sealed = seal.close('what a person typed', 'here');
      sealed[(bit >> 3) % sealed.length]! ^= 1 << (bit & 7);
      return seal.open(sealed, 'here') === null;
    }),
  );
});
