import fc from 'fast-check';
import { backoffSeconds } from './backoff.ts';

const BACKOFF = { firstSeconds: 2, slowestSeconds: 300 };

describe('backoff', () => {
  it.each([
    [1, 2],
    [2, 4],
    [3, 8],
    [8, 256],
    [9, 300],
    [1_000, 300],
  ])('waits after failure %i at the longest %i seconds', (failures, seconds) => {
    expect(backoffSeconds(failures, BACKOFF, 0)).toBe(seconds);
  });

  it('takes off a fifth at the most, by chance', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 100 }),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (failures, chance) => {
          const longest = backoffSeconds(failures, BACKOFF, 0);
          const wait = backoffSeconds(failures, BACKOFF, chance);
          expect(wait).toBeLessThanOrEqual(longest);
          expect(wait).toBeGreaterThanOrEqual(0.8 * longest);
        },
      ),
    );
  });
});
