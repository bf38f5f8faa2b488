import fc from 'fast-check';
import { rateRatio, shareRatio, type Ratio } from './ratio.ts';

const share = (numerator: number, denominator: number) => ({ numerator, denominator });
const rounded = (ratio: Ratio | null) => ratio && [ratio.ratio, ratio.lower, ratio.upper].map((n) => n.toFixed(2));

it('gives the published ratio of rates of breast cancer after X-rays and without', () => {
  // Boice and Monson (1977), as worked in Rothman's Episheet: 1.86, from 1.03 to 3.35.
  expect(rounded(rateRatio(share(41, 28010), share(15, 19017)))).toEqual(['1.86', '1.03', '3.35']);
});

it('gives the published ratio of shares of heart attacks with aspirin and with placebo', () => {
  // The Physicians' Health Study (1989), as worked by Agresti: 0.55, from 0.43 to 0.70.
  expect(rounded(shareRatio(share(104, 11037), share(189, 11034)))).toEqual(['0.55', '0.43', '0.70']);
});

it('gives shares of most of a group a narrower interval than rates of as many events', () => {
  // By hand: the logarithms spread by 1.959964 √(1/90 - 1/100 + 1/70 - 1/100), and without the hundredths.
  expect(rounded(shareRatio(share(90, 100), share(70, 100)))).toEqual(['1.29', '1.11', '1.48']);
  expect(rounded(rateRatio(share(90, 100), share(70, 100)))).toEqual(['1.29', '0.94', '1.76']);
});

it.each([
  [share(41, 28010), share(15, 19017), false], [share(10, 1000), share(9, 1000), true], [share(9, 1000), share(10, 1000), true],
  [share(10, 1000), share(40, 1000), false],
])('says of %j and %j whether they are too few to say: %s', (group, others, isTooFew) => {
  expect(rateRatio(group, others)?.isTooFewToSay).toBe(isTooFew);
  expect(shareRatio(group, others)?.isTooFewToSay).toBe(isTooFew);
}); // prettier-ignore

it.each([
  [share(0, 100), share(5, 100)], [share(5, 100), share(0, 100)], [share(0, 0), share(5, 100)], [share(5, 100), share(0, 0)],
])('gives no ratio of %j to %j', (group, others) => {
  expect([rateRatio(group, others), shareRatio(group, others)]).toEqual([null, null]);
}); // prettier-ignore

it('gives the inverse where the groups change places', () => {
  const some = fc.tuple(fc.integer({ min: 1, max: 500 }), fc.integer({ min: 0, max: 500 })).map(([n, more]) => share(n, n + more)); // prettier-ignore
  fc.assert(
    fc.property(some, some, fc.constantFrom(rateRatio, shareRatio), (one, other, ratioOf) => {
      const [there, back] = [ratioOf(one, other)!, ratioOf(other, one)!];
      expect(back.ratio).toBeCloseTo(1 / there.ratio, 9);
      expect(back.lower / (1 / there.upper)).toBeCloseTo(1, 9);
      expect(back.isTooFewToSay).toBe(there.isTooFewToSay);
    }),
  );
});
