import { pareto } from './pareto.ts';

it('orders the parts by their counts, with the running share', () => {
  expect(pareto([1, 5, 0, 2])).toEqual({
    total: 8,
    parts: [{ parts: 1, count: 5, share: 0.625 }, { parts: 2, count: 2, share: 0.875 }, { parts: 3, count: 1, share: 1 }],
    fewestForHalf: 1,
  }); // prettier-ignore
});

it.each([
  [[], null], [[0, 0], null], [[3], 1], [[1, 1], 1], [[1, 1, 1], 2], [[1, 1, 1, 1], 2], [[4, 3, 2, 1], 2],
  [[9, ...Array.from({ length: 9 }, () => 1)], 1],
])('says of %j that the fewest parts that give half are %s', (counts, fewest) => {
  expect(pareto(counts).fewestForHalf).toBe(fewest);
}); // prettier-ignore
