import fc from 'fast-check';
import { cohensKappa } from './kappa.ts';

it.each([
  // Cohen (1968), table 1: two judges and three diagnoses, of 100.
  [[[44, 5, 1], [7, 20, 3], [9, 5, 6]], 0.7, '0.492'],
  // Two readers of 50 proposals, as in most textbooks.
  [[[20, 5], [10, 15]], 0.7, '0.400'],
  [[[45, 15], [25, 15]], 0.6, '0.130'],
  [[[25, 35], [5, 35]], 0.6, '0.259'],
])('gives the published kappa of %j', (counts, agreed, kappa) => {
  const found = cohensKappa(counts);
  expect([found.agreed, found.kappa?.toFixed(3)]).toEqual([agreed, kappa]);
}); // prettier-ignore

it('gives kappa 1 where both agree on different levels, and below 0 where they agree less than by chance', () => {
  expect(cohensKappa([[5, 0], [0, 5]]).kappa).toBe(1); // prettier-ignore
  expect(cohensKappa([[0, 5], [5, 0]]).kappa).toBe(-1); // prettier-ignore
});

it('gives no kappa where nothing was judged, or where both gave one category to all', () => {
  expect(cohensKappa([])).toEqual({ n: 0, agreed: 0, kappa: null });
  expect(cohensKappa([[0, 0], [0, 0]])).toEqual({ n: 0, agreed: 0, kappa: null }); // prettier-ignore
  expect(cohensKappa([[7, 0], [0, 0]])).toEqual({ n: 7, agreed: 1, kappa: null }); // prettier-ignore
});

it('refuses people with different categories', () => {
  expect(() => cohensKappa([[1, 2]])).toThrow('the same categories');
});

it('gives the same kappa whichever person is named first', () => {
  const row = fc.tuple(...Array.from({ length: 3 }, () => fc.nat({ max: 20 })));
  fc.assert(
    fc.property(fc.tuple(row, row, row), (counts) => {
      const turned = counts.map((_, column) => counts.map((cells) => cells[column]!));
      expect(cohensKappa(turned).kappa).toBe(cohensKappa(counts).kappa);
    }),
  );
});
