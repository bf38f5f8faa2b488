import fc from 'fast-check';
import { nameKey, smallestTurn } from './name-key.ts';

const keyOf = (firstName: string, lastName: string) => nameKey({ firstName, lastName });

describe('the key of a name', () => {
  it.each([
    ['Mary Ann', 'O’Neil', 'mary-ann', 'ONEIL'],
    ['Amy', 'Smith', 'Smith', 'Amy'],
    ['Amy', 'Smith', 'Amy Smith', ''],
    ['Wei', 'Zhang', '', 'ZhangWei'],
    ['小明', '王', '王小明', ''],
    ['Đorđe', 'Þór', 'DORDE', 'Thor'],
    ['Sukarno', '', '', 'sukarno'],
  ])('of %s %s is that of %s %s', (first, last, otherFirst, otherLast) => {
    expect(keyOf(first, last)).not.toBeNull();
    expect(keyOf(otherFirst, otherLast)).toBe(keyOf(first, last));
  });

  it.each([
    ['Not known', 'Smith'],
    ['Unknown', 'Unknown'],
    ['N/A', 'Smith'],
    ['n.k.', 'Smith'],
    ['Amy', 'Not known'],
    ['Amy', 'TBC'],
    ['Unknown1', 'Smith'],
    ['Older brother', 'Smith'],
    ['Unidentified', 'Male'],
    ['FNU', 'LNU'],
    ['?', 'Smith'],
    ['x', 'x'],
    ['My baby', 'Smith'],
    ['Test1', 'Test2'],
    ['Nil', 'Null'],
    ['', 'Unknown'],
    ['Baby', 'Smith'],
    ['Baby Boy', 'Smith'],
    ['BABY 2', 'Smith'],
    ['Baby Girl Smith', ''],
    ['Twin A', 'Jones'],
    ['Unborn Baby', 'of Smith'],
    ['Child', 'Smith'],
    ['Test', 'Test'],
    ['xxx', 'Jones'],
    ['Not', 'Known'],
    ['—', '?'],
    ['', ''],
  ])('is none of a name that says that there is none: %s %s', (first, last) => {
    expect(keyOf(first, last)).toBeNull();
  });

  it.each([
    ['Min-jun', 'Son'],
    ['Amy', 'Child'],
    ['Na-ri', 'Na'],
    ['Testimony', 'Babatunde'],
    ['Tessa', 'Test-Hughes'],
    ['Al', 'Li'],
    ['Son', 'Heung'],
    ['Na', 'Li'],
    ['Nil', 'Patel'],
    ['Amy', 'Null'],
    ['Amy', 'Test'],
    ['Amy', 'Baby'],
  ])('is one of a name that only looks like none: %s %s', (first, last) => {
    expect(keyOf(first, last)).not.toBeNull();
  });
});

it('turns a text to the same place wherever it begins', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 12 }), fc.nat(), (text, by) => {
      const letters = [...text];
      const at = letters.length === 0 ? 0 : by % letters.length;
      const turned = [...letters.slice(at), ...letters.slice(0, at)].join('');
      expect(smallestTurn(turned)).toBe(smallestTurn(text));
    }),
  );
});

it('turns a text to the smallest of all its turns', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 1, maxLength: 9 }), (text) => {
      const turns = [...text].map((_, at) => text.slice(at) + text.slice(0, at));
      expect(smallestTurn(text)).toBe(turns.toSorted()[0]);
    }),
  );
});
