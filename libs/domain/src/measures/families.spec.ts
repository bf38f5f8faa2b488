import fc from 'fast-check';
import { familiesOf, type SameChild } from './families.ts';

it('counts referrals that have a child in common through others as one family', () => {
  const pairs: SameChild[] = [
    ['c', 'b'],
    ['b', 'a'],
    ['y', 'x'],
    ['c', 'a'],
  ];
  expect([...familiesOf(pairs)].sort()).toEqual([2, 3]);
  expect(familiesOf([])).toEqual([]);
});

it('gives the same families in every order of the pairs, as a flood through the links does', () => {
  const name = fc.integer({ min: 0, max: 30 }).map(String);
  const pairsOf = fc.array(
    fc.tuple(name, name).filter(([a, b]) => a !== b),
    { maxLength: 40 },
  );
  fc.assert(
    fc.property(pairsOf, fc.infiniteStream(fc.integer()), (pairs, numbers) => {
      const mixed = pairs.map((pair) => [numbers.next().value as number, pair] as const);
      const shuffled = mixed.sort(([a], [b]) => a - b).map(([, pair]) => pair);
      const sorted = (sizes: readonly number[]) => [...sizes].sort((a, b) => a - b);
      expect(sorted(familiesOf(shuffled))).toEqual(sorted(flooded(pairs)));
    }),
  );
});

function flooded(pairs: readonly SameChild[]): readonly number[] {
  const left = new Set(pairs.flat());
  const sizes: number[] = [];
  for (const start of left) {
    const family = new Set([start]);
    for (const one of family) {
      for (const [a, b] of pairs) {
        if (a === one) family.add(b);
        if (b === one) family.add(a);
      }
    }
    for (const one of family) left.delete(one);
    sizes.push(family.size);
  }
  return sizes;
}
