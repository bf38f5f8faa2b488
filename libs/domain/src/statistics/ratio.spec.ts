import fc from 'fast-check';
import { shareRatio, type Ratio } from './ratio.ts';

const share = (numerator: number, denominator: number) => ({ numerator, denominator });
const rounded = (ratio: Ratio | null) => ratio && [ratio.ratio, ratio.lower, ratio.upper].map((n) => n.toFixed(2));

it('gives the published ratio of shares of heart attacks with aspirin and with placebo', () => {
  // The Physicians' Health Study (1989), as worked by Agresti: 0.55, from 0.43 to 0.70.
  expect(rounded(shareRatio(share(104, 11037), share(189, 11034)))).toEqual(['0.55', '0.43', '0.70']);
});

it('gives the interval that is worked out by hand for shares of most of a group', () => {
  // The logarithms spread by 1.959964 √(1/90 - 1/100 + 1/70 - 1/100).
  expect(rounded(shareRatio(share(90, 100), share(70, 100)))).toEqual(['1.29', '1.11', '1.48']);
});

it.each([
  [share(41, 28010), share(15, 19017), false], [share(10, 1000), share(9, 1000), true], [share(9, 1000), share(10, 1000), true],
  [share(10, 1000), share(40, 1000), false],
])('says of %j and %j whether they are too few to say: %s', (group, others, isTooFew) => {
  expect(shareRatio(group, others)?.isTooFewToSay).toBe(isTooFew);
}); // prettier-ignore

it.each([
  [share(0, 100), share(5, 100)], [share(5, 100), share(0, 100)], [share(0, 0), share(5, 100)], [share(5, 100), share(0, 0)],
])('gives no ratio of %j to %j', (group, others) => {
  expect(shareRatio(group, others)).toBeNull();
}); // prettier-ignore

it('gives the inverse where the groups change places', () => {
  const some = fc.tuple(fc.integer({ min: 1, max: 500 }), fc.integer({ min: 0, max: 500 })).map(([n, more]) => share(n, n + more)); // prettier-ignore
  fc.assert(
    fc.property(some, some, (one, other) => {
      const [there, back] = [shareRatio(one, other)!, shareRatio(other, one)!];
      expect(back.ratio).toBeCloseTo(1 / there.ratio, 9);
      expect(back.lower / (1 / there.upper)).toBeCloseTo(1, 9);
      expect(back.isTooFewToSay).toBe(there.isTooFewToSay);
    }),
  );
});
