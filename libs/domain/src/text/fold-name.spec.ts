import fc from 'fast-check';
import { foldName } from './fold-name.ts';

it('folds a name in ASCII as it folds the same letters beside one that is not', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary-ascii' }), (name) => {
      // A name with é goes letter by letter.
      expect(`${foldName(name)} e`.trim()).toBe(foldName(`${name} é`));
    }),
    { numRuns: 2_000 },
  );
});
