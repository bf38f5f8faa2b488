import fc from 'fast-check';
import { funnelLimits, funnelPlace } from './funnel.ts';

/** The chance of at most `k` of `n`, from the whole numbers of Pascal's triangle: logarithms play no part. */
function upTo(k: number, n: number, numerator: number, denominator: number): number {
  let [choices, ways] = [1n, 0n];
  for (let r = 0; r <= k; r++) {
    ways += choices * BigInt(numerator) ** BigInt(r) * BigInt(denominator - numerator) ** BigInt(n - r);
    choices = (choices * BigInt(n - r)) / BigInt(r + 1);
  }
  return Number((ways * 10n ** 18n) / BigInt(denominator) ** BigInt(n)) / 1e18;
}

describe('the limits of a funnel', () => {
  it('are interpolated between the counts of a binomial table', () => {
    // Ten tosses: at most 1 head has a chance of 11/1024, at most 2 of 56/1024; between them lies 2.5 %.
    expect(funnelLimits(0.5, 10).lower95).toBeCloseTo((2 - (56 / 1024 - 0.025) / (45 / 1024)) / 10, 9);
    expect(funnelLimits(0.5, 10).lower998).toBeCloseTo((1 - (11 / 1024 - 0.001) / (10 / 1024)) / 10, 9);
  });

  it('are beyond a group just when its tail has less than 2.5 %, or 0.1 %', () => {
    const hundredths = fc.integer({ min: 1, max: 99 });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 120 }), hundredths, fc.nat(), (n, share, some) => {
        const k = some % (n + 1);
        const tail = Math.min(upTo(k, n, share, 100), upTo(n - k, n, 100 - share, 100));
        const place = tail < 0.001 ? 'beyond chance' : tail < 0.025 ? 'unusual' : 'as expected';
        expect(funnelPlace(k / n, funnelLimits(share / 100, n))).toBe(place);
      }),
      { numRuns: 1000 },
    );
  });

  it('do not depend on whether those in time are counted or those that are late', () => {
    const { lower95, upper95, lower998, upper998 } = funnelLimits(0.9, 57);
    const late = funnelLimits(0.1, 57);
    for (const [one, other] of [
      [late.lower95, upper95],
      [late.upper95, lower95],
      [late.lower998, upper998],
      [late.upper998, lower998],
    ]) {
      expect(one!).toBeCloseTo(1 - other!, 9);
    }
  });

  it('are those of the normal distribution where the group is large', () => {
    const { lower95, upper998 } = funnelLimits(0.3, 1_000_000);
    const deviation = Math.sqrt((0.3 * 0.7) / 1_000_000);
    expect((lower95 - 0.3) / deviation).toBeCloseTo(-1.96, 2);
    expect((upper998 - 0.3) / deviation).toBeCloseTo(3.09, 2);
  });

  it('keep the order in which they are named, within 0 and 1, around the share', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), fc.integer({ min: 1, max: 3000 }), (share, n) => {
        const { lower998, lower95, upper95, upper998 } = funnelLimits(share, n);
        const inOrder = [0, lower998, lower95, upper95, upper998, 1];
        expect(inOrder).toEqual([...inOrder].sort((a, b) => a - b));
      }),
    );
  });

  it('leave no place for chance where all groups have all or nothing', () => {
    expect(funnelLimits(0, 20)).toEqual({ lower95: 0, upper95: 0, lower998: 0, upper998: 0 });
    expect(funnelLimits(1, 20)).toEqual({ lower95: 1, upper95: 1, lower998: 1, upper998: 1 });
  });
});

it.each([
  [0.5, 'as expected'], [0.3, 'as expected'], [0.29, 'unusual'], [0.71, 'unusual'], [0.2, 'unusual'], [0.19, 'beyond chance'],
  [0.81, 'beyond chance'],
] as const)('calls a share of %d %s', (share, place) => {
  expect(funnelPlace(share, { lower998: 0.2, lower95: 0.3, upper95: 0.7, upper998: 0.8 })).toBe(place);
}); // prettier-ignore
