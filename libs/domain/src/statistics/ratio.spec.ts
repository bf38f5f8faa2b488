import fc from 'fast-check';
import { shareRatio, type Ratio } from './ratio.ts';

const share = (numerator: number, denominator: number) => ({ numerator, denominator });
const rounded = (ratio: Ratio | null) => ratio && [ratio.ratio, ratio.lower, ratio.upper].map((n) => n.toFixed(2));

it('gives the published ratio of shares of heart attacks with aspirin and with placebo', () => {
  // The Physicians' Health Study (1989), as worked by Agresti: 0.55, from 0.43 to 0.70.
  expect(rounded(shareRatio(share(104, 11037), share(189, 11034)))).toEqual(['0.55', '0.43', '0.70']);
});

/** Koopman's score interval (1984), found by halving: another way than the one that is tried. */
function koopman(one: { numerator: number; denominator: number }, other: { numerator: number; denominator: number }) {
  const [x, m, y, n] = [one.numerator, one.denominator, other.numerator, other.denominator];
  const score = (ratio: number) => {
    // The share of the others that is likeliest where the ratio is this one.
    const [a, b, c] = [(m + n) * ratio, -(ratio * (m + y) + x + n), x + y];
    const q = (-b - Math.sqrt(Math.max(0, b * b - 4 * a * c))) / (2 * a);
    const p = ratio * q;
    return ((x - m * p) ** 2 / (m * p * (1 - p))) * (1 + (m * (ratio - p)) / (n * (1 - p)));
  };
  const end = (from: number, to: number) => {
    let [inside, outside] = [from, to];
    for (let step = 0; step < 200; step++) {
      const middle = Math.sqrt(inside * outside);
      if (score(middle) <= 1.959964 ** 2) inside = middle;
      else outside = middle;
    }
    return inside;
  };
  const ratio = x / m / (y / n);
  return { lower: end(ratio, ratio / 1000), upper: end(ratio, ratio * 1000) };
}

it.each([
  [share(90, 100), share(70, 100)], [share(7, 34), share(1, 34)], [share(40, 60), share(500, 700)], [share(5, 9), share(880, 1000)],
])('gives for %j and %j nearly the interval of the score, which is found by another way', (one, other) => {
  const [found, score] = [shareRatio(one, other)!, koopman(one, other)];
  for (const quotient of [found.lower / score.lower, found.upper / score.upper]) {
    expect(quotient).toBeGreaterThan(0.9);
    expect(quotient).toBeLessThan(1.1);
  }
}); // prettier-ignore

it.each([
  ['all of a small group have it, and most others', share(14, 14), share(880, 1000), 'about the same'],
  ['all of a large group have it, and most others', share(400, 400), share(880, 1000), 'more'],
  ['a large group has it nearly as often', share(420, 433), share(980, 1000), 'about the same'],
  ['a rare event comes twice as often by few', share(10, 1000), share(9, 1000), 'too few to say'],
  ['it comes less often by many', share(10, 1000), share(40, 1000), 'less'],
  ['it comes more often by many', share(40, 1000), share(10, 1000), 'more'],
])('says what chance leaves open where %s', (_, group, others, verdict) => {
  expect(shareRatio(group, others)?.verdict).toBe(verdict);
});

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
      expect(back.upper / (1 / there.lower)).toBeCloseTo(1, 9);
    }),
  );
});
