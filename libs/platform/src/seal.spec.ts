import fc from 'fast-check';
import { Seal } from './seal.ts';

const seal = new Seal('a secret of the tests, of thirty-two characters', 'drafts');

it('opens a sealed text to the letter, in the place for which it was sealed', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme' }),
      fc.uuid(),
      (text, place) => seal.open(seal.close(text, place), place) === text,
    ),
  );
});

it('seals the same text differently each time, and shows nothing of it', () => {
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
])('refuses to open a sealed text %s', (_, open) => expect(open()).toBeNull());

it('refuses to open a sealed text when a single bit is changed', () => {
  fc.assert(
    fc.property(fc.nat(), (bit) => {
      const sealed = seal.close('what a person typed', 'here');
      sealed[(bit >> 3) % sealed.length]! ^= 1 << (bit & 7);
      return seal.open(sealed, 'here') === null;
    }),
  );
});
