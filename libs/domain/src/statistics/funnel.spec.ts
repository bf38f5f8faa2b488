import fc from 'fast-check';
import { funnelLimits, funnelPlace } from './funnel.ts';

/** From the whole numbers of Pascal's triangle: what the limits are where logarithms play no part. */
function limitByHand(n: number, [numerator, denominator]: readonly [number, number], wanted: number): number {
  const chance = (r: number) => {
    let choices = 1n;
    for (let k = 1; k <= r; k++) choices = (choices * BigInt(n - k + 1)) / BigInt(k);
    const ways = choices * BigInt(numerator) ** BigInt(r) * BigInt(denominator - numerator) ** BigInt(n - r);
    return Number((ways * 10n ** 18n) / BigInt(denominator) ** BigInt(n)) / 1e18;
  };
  let upTo = 0;
  for (let r = 0; ; r++) {
    upTo += chance(r);
    if (upTo > wanted) return Math.min(1, Math.max(0, (r - (upTo - wanted) / chance(r)) / n));
  }
}

describe('the limits of a funnel', () => {
  it('are interpolated between the counts of a binomial table', () => {
    // Ten tosses: at most 1 head has a chance of 11/1024, at most 2 of 56/1024; between them lies 2.5 %.
    expect(funnelLimits(0.5, 10).lower95).toBeCloseTo((2 - (56 / 1024 - 0.025) / (45 / 1024)) / 10, 9);
    expect(funnelLimits(0.5, 10).lower998).toBeCloseTo((1 - (11 / 1024 - 0.001) / (10 / 1024)) / 10, 9);
  });

  it.each([
    [1, [1, 2]], [5, [1, 10]], [12, [9, 10]], [40, [19, 20]], [94, [86, 100]], [250, [1, 3]], [400, [1, 200]],
  ] as const)('of %i referrals are exact for a share of %j', (n, share) => {
    const { lower95, upper95, lower998, upper998 } = funnelLimits(share[0] / share[1], n);
    for (const [limit, wanted] of [[lower998, 0.001], [lower95, 0.025], [upper95, 0.975], [upper998, 0.999]] as const) {
      expect(limit).toBeCloseTo(limitByHand(n, share, wanted), 7);
    }
  }); // prettier-ignore

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
