import fc from 'fast-check';
import { xmr, xmrAim, xmrLimits, type XmrSignal } from './xmr.ts';

/** From the vignette "Deviations from Excel defaults" of NHSRplotthedots, which prints 4.6, 1.94 and -0.72. */
const PUBLISHED = [1, 2, 1, 2, 10, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1];
/** A baseline with mean 10, moving ranges of 2, and so limits 4.68 and 15.32, near limits 6.4533 and 13.5467. */
const BASELINE = [9, 11, 9, 11, 9, 11, 9, 11, 9, 11, 9, 11];

const signalsOf = (values: readonly number[]) => xmr(values, true).points.map(({ signals }) => signals);
/** The signals of the points that follow the baseline. */
const after = (...values: number[]) => signalsOf([...BASELINE, ...values]).slice(BASELINE.length);
const places = (values: readonly number[], signal: XmrSignal) =>
  signalsOf(values).flatMap((signals, at) => (signals.includes(signal) ? [at] : []));

describe('the limits of an XmR chart', () => {
  it('are those that are published for a series with one freak value', () => {
    const { mean, lower, upper } = xmrLimits(PUBLISHED);
    expect([mean, lower, upper].map((value) => value.toFixed(2))).toEqual(['1.94', '-0.72', '4.60']);
  });

  it('lie 2.66 average moving ranges from the mean, and the near ones two thirds of that', () => {
    const { mean, lower, upper, nearLower, nearUpper } = xmrLimits(BASELINE);
    expect(mean).toBe(10);
    expect([lower, nearLower, nearUpper, upper].map((value) => value.toFixed(3))).toEqual(['4.680', '6.453', '13.547', '15.320']); // prettier-ignore
  });

  it('leave out a moving range of 3.267 average ones, and keep a smaller one', () => {
    // Ranges of 1 and two of x: the average is (14 + 2x) / 16, so that x is 3.267 average ones at 4.829 to 4.830.
    const withRange = (x: number) => xmrLimits([...Array.from({ length: 8 }, (_, at) => at % 2), 1 + x, ...Array.from({ length: 8 }, (_, at) => (at + 1) % 2)]); // prettier-ignore
    const spread = (x: number) => (withRange(x).upper - withRange(x).mean) / 2.66;
    expect(spread(4.9)).toBeCloseTo(1, 9);
    expect(spread(4.7)).toBeCloseTo((14 + 9.4) / 16, 9);
  });

  it('are the mean where all values are the same', () => {
    expect(xmrLimits([5, 5, 5, 5, 5, 5])).toEqual({ mean: 5, lower: 5, upper: 5, nearLower: 5, nearUpper: 5 });
  });

  it.each([[0], [1], [5]])('are none for %i points', (n) => {
    expect(xmr(BASELINE.slice(0, n), true)).toMatchObject({ limits: null, isTrial: true });
  });

  it.each([[6], [11], [12]])('are trial limits for %i points', (n) => {
    expect(xmr(BASELINE.slice(0, n), true)).toMatchObject({ limits: xmrLimits(BASELINE.slice(0, n)), isTrial: true });
  });

  it('stay those of the first twelve points as more points follow', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 30 }), (later) => {
        const chart = xmr([...BASELINE, ...later], true);
        expect(chart.limits).toEqual(xmrLimits(BASELINE));
        expect(chart.isTrial).toBe(false);
      }),
    ); // prettier-ignore
  });

  it('begin anew where a person rebased them', () => {
    const moved = BASELINE.map((value) => value + 20);
    const chart = xmr([...BASELINE, ...moved, 30], true, [12]);
    expect(chart.points[11]!.limits!.mean).toBe(10);
    expect(chart.points[12]!.limits!.mean).toBe(30);
    expect(chart.isTrial).toBe(false);
    expect(chart.points.filter(({ signals }) => signals.length > 0)).toEqual([]);
  });

  it('take no part of a last period that is not complete, and do not judge it', () => {
    const chart = xmr([...BASELINE.slice(0, 11), 500], false);
    expect(chart.limits).toEqual(xmrLimits(BASELINE.slice(0, 11)));
    expect(chart.points[11]).toEqual({ value: 500, limits: chart.limits, signals: [] });
    expect(xmr([1], false)).toMatchObject({ limits: null, points: [{ signals: [] }] });
    expect(xmr([], false).points).toEqual([]);
  });
});

describe('a signal of an XmR chart', () => {
  it('is a point outside the limits, and no point on them', () => {
    expect(xmr([...PUBLISHED.slice(5), 10], true).points.at(-1)!.signals).toEqual(['outside limits']);
    expect(after(15.33, 15.32, 4.68, 4.67)).toEqual([['outside limits'], [], [], ['outside limits']]);
  });

  it('is a run of seven on one side of the mean, all of them marked, and no run of six', () => {
    expect(after(9, 9.1, 9, 9.1, 9, 9.1).flat()).toEqual([]);
    expect(after(9, 9.1, 9, 9.1, 9, 9.1, 9, 11)).toEqual([...Array.from({ length: 7 }, () => ['run']), []]);
    expect(places([...BASELINE, 11.1, 11, 11.1, 11, 11.1, 11, 11.1, 11], 'run')).toEqual([11, 12, 13, 14, 15, 16, 17, 18, 19]); // prettier-ignore
  });

  it('is no run where a point lies on the mean', () => {
    expect(after(9, 9.1, 9, 10, 9, 9.1, 9, 9.1).flat()).toEqual([]);
  });

  it('is a trend of seven points that all rise or all fall, all of them marked, and none where a tie breaks it', () => {
    expect(places([...BASELINE, 8, 8.5, 9, 9.5, 10.5, 11, 11.5, 11], 'trend')).toEqual([12, 13, 14, 15, 16, 17, 18]);
    expect(places([...BASELINE, 12, 11.5, 11, 10.5, 9.5, 9, 8.5], 'trend')).toEqual([12, 13, 14, 15, 16, 17, 18]);
    expect(places([...BASELINE, 8, 8.5, 9, 9.5, 10.5, 11, 10], 'trend')).toEqual([]);
    expect(places([...BASELINE, 8, 8.5, 9, 9, 9.5, 10.5, 11, 11.5], 'trend')).toEqual([]);
  });

  it('is two of three in a row near one limit with the third on that side, of which the near ones are marked', () => {
    expect(after(14, 11, 14)).toEqual([['near limit'], [], ['near limit']]);
    expect(after(9, 6, 6)).toEqual([[], ['near limit'], ['near limit']]);
    expect(after(6, 6).flat()).toEqual([]);
    expect(after(14, 9, 14).flat()).toEqual([]);
    expect(after(14, 11, 11.1, 14).flat()).toEqual([]);
    expect(after(14, 6).flat()).toEqual([]);
    // A point outside the limits is not near them.
    expect(after(16, 14, 9)).toEqual([['outside limits'], [], []]);
  });

  it('is none where the same value comes again and again, however a computer writes it', () => {
    expect(signalsOf(Array.from({ length: 20 }, () => 0.1)).flat()).toEqual([]);
    expect(signalsOf(Array.from({ length: 20 }, (_, at) => (at % 2 === 0 ? 0.3 : 0.1 + 0.2))).flat()).toEqual([]);
  });

  it('is the same for values and for their mirror image', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 30 }), { maxLength: 40 }), (values) => {
        expect(signalsOf(values.map((value) => -value))).toEqual(signalsOf(values));
      }),
    );
  });
});

describe('an aim', () => {
  const limits = xmrLimits(BASELINE);
  it.each([
    [16, 'more', 'will not be met'], [15, 'more', 'hit or miss'], [5, 'more', 'hit or miss'], [4, 'more', 'will be met'],
    [16, 'less', 'will be met'], [15, 'less', 'hit or miss'], [5, 'less', 'hit or miss'], [4, 'less', 'will not be met'],
  ] as const)('of %d where %s is better is judged: %s', (aim, better, judged) => {
    expect(xmrAim(limits, aim, better)).toBe(judged);
  }); // prettier-ignore

  it('that is a limit itself is hit or miss', () => {
    expect(xmrAim(limits, limits.upper, 'more')).toBe('hit or miss');
    expect(xmrAim(limits, limits.lower, 'less')).toBe('hit or miss');
  });
});
