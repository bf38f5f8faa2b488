import fc from 'fast-check';
import { kaplanMeierQuantile } from './survival.ts';

function counts(times: readonly number[]): Map<number, number> {
  const byTime = new Map<number, number>();
  for (const time of times) byTime.set(time, (byTime.get(time) ?? 0) + 1);
  return byTime;
}

const quantile = (ended: readonly number[], censored: readonly number[], q: number) =>
  kaplanMeierQuantile(counts(ended), counts(censored), q);

// Weeks of remission under 6-mercaptopurine and placebo: Freireich and others (1963), as worked by Cox and Oakes (1984).
const MERCAPTOPURINE = { ended: [6, 6, 6, 7, 10, 13, 16, 22, 23], censored: [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35] }; // prettier-ignore
const PLACEBO = { ended: [1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23], censored: [] };
// Weeks of survival with acute myelogenous leukaemia, chemotherapy maintained and not: Miller (1981), "aml" of R's survival.
const MAINTAINED = { ended: [9, 13, 18, 23, 31, 34, 48], censored: [13, 28, 45, 161] };
const NOT_MAINTAINED = { ended: [5, 5, 8, 8, 12, 23, 27, 30, 33, 43, 45], censored: [16] };

describe('the quantile of Kaplan and Meier', () => {
  it.each([
    ['6-mercaptopurine', MERCAPTOPURINE, 23],
    ['placebo', PLACEBO, 8],
    ['maintained', MAINTAINED, 31],
    ['not maintained', NOT_MAINTAINED, 23],
  ])('is the published median of the patients with %s', (_, { ended, censored }, median) => {
    expect(quantile(ended, censored, 0.5)).toBe(median);
  });

  // The published curve: each share still waiting, rounded to three places, is reached at its time and not before.
  it.each([
    ['6-mercaptopurine', MERCAPTOPURINE, [[6, 0.857], [7, 0.807], [10, 0.753], [13, 0.69], [16, 0.627], [22, 0.538], [23, 0.448]]],
    ['maintained', MAINTAINED, [[9, 0.909], [13, 0.818], [18, 0.716], [23, 0.614], [31, 0.491], [34, 0.368], [48, 0.184]]],
    ['not maintained', NOT_MAINTAINED, [[5, 0.833], [8, 0.667], [12, 0.583], [23, 0.486], [27, 0.389], [30, 0.292], [33, 0.194], [43, 0.097], [45, 0]]],
  ] as [string, { ended: number[]; censored: number[] }, [number, number][]][])(
    'follows the published curve of the patients with %s',
    (_, { ended, censored }, curve) => {
      let before = 0;
      for (const [time, waiting] of curve) {
        const reached = 1 - waiting;
        expect(quantile(ended, censored, before + 0.001)).toBe(time);
        expect(quantile(ended, censored, Math.min(1, reached - 0.001))).toBe(time);
        before = reached;
      }
    },
  ); // prettier-ignore

  it('is not reached where more are open than the share allows', () => {
    expect(quantile(MERCAPTOPURINE.ended, MERCAPTOPURINE.censored, 0.9)).toBeNull();
    expect(quantile([10], [10, 20], 0.5)).toBeNull();
    expect(quantile([], [5, 6], 0.5)).toBeNull();
    expect(quantile([], [], 0.5)).toBeNull();
  });

  it('counts one that has waited just as long as still waiting', () => {
    expect(quantile([10, 20], [10], 0.5)).toBe(20);
    expect(quantile([10, 20], [9], 0.5)).toBe(10);
  });

  it.each([0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1])('is exact at %d of ten', (q) => {
    expect(quantile([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], [], q)).toBe(Math.round(q * 10));
  });

  it.each([0, -0.1, 1.1, Number.NaN])('is refused for the share %d', (q) => {
    expect(() => quantile([1], [], q)).toThrow('above 0, up to 1');
  });

  const times = fc.array(fc.integer({ min: 0, max: 60 }), { maxLength: 40 });
  const share = fc.integer({ min: 1, max: 20 }).map((twentieths) => twentieths / 20);
  const lateOr = (minutes: number | null) => minutes ?? Infinity;

  it('is the ordinary quantile where none is open', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 60 }), { minLength: 1, maxLength: 60 }), fc.integer({ min: 1, max: 20 }), (ended, twentieths) => {
        const inOrder = [...ended].sort((a, b) => a - b);
        expect(quantile(ended, [], twentieths / 20)).toBe(inOrder[Math.ceil((twentieths * ended.length) / 20) - 1]);
      }),
    ); // prettier-ignore
  });

  it('never falls when one more is open, and never rises when an open one ends at that minute', () => {
    fc.assert(
      fc.property(times, times, fc.integer({ min: 0, max: 60 }), share, (ended, censored, minute, q) => {
        const before = lateOr(quantile(ended, censored, q));
        const withOneOpen = lateOr(quantile(ended, [...censored, minute], q));
        expect(withOneOpen).toBeGreaterThanOrEqual(before);
        expect(lateOr(quantile([...ended, minute], censored, q))).toBeLessThanOrEqual(withOneOpen);
      }),
    );
  });

  it('does not depend on the order in which the referrals come', () => {
    fc.assert(
      fc.property(times, times, share, (ended, censored, q) => {
        expect(quantile([...ended].reverse(), [...censored].reverse(), q)).toBe(quantile(ended, censored, q));
      }),
    );
  });

  it('does not change when every count is a thousand times as large', () => {
    fc.assert(
      fc.property(times, times, share, (ended, censored, q) => {
        const thousandfold = (of: readonly number[]) => new Map([...counts(of)].map(([time, count]) => [time, count * 1000])); // prettier-ignore
        expect(kaplanMeierQuantile(thousandfold(ended), thousandfold(censored), q)).toBe(quantile(ended, censored, q));
      }),
    );
  });
});
