import { shareRatio } from '#domain';
import { load } from 'cheerio';
import fc from 'fast-check';
import { HOSTILE_NAME } from '../../../../../test/support/sample-charts.ts';
import type { About, Chart } from './chart.ts';
import { daysBetweenChart } from './days-between-chart.ts';
import { funnelChart } from './funnel-chart.ts';
import { heatTable } from './heat-table.ts';
import { paretoChart } from './pareto-chart.ts';
import { ratioChart } from './ratio-chart.ts';
import { spreadChart } from './spread-chart.ts';
import { stackedBars } from './stacked-bars.ts';
import { stepsChart } from './steps-chart.ts';
import { xmrChart } from './xmr-chart.ts';

const about: About = {
  subject: 'Anything',
  unit: { one: 'referral', many: 'referrals' },
  period: 'Any period',
  asOf: '5:42pm on Wednesday 25 November 2026',
  csvHref: null,
  definitionHref: null,
};
const group = { one: 'group', many: 'groups' };
const count = fc.oneof(
  fc.integer({ min: 0, max: 3 }),
  fc.integer({ min: 0, max: 40 }),
  fc.integer({ min: 0, max: 9_999_999 }),
);
const part = fc.tuple(count, count).map(([numerator, more]) => ({ numerator, denominator: numerator + more }));
const label = fc.oneof(fc.constantFrom('Red', HOSTILE_NAME, '', 'W'.repeat(120)), fc.string({ unit: 'grapheme' }));
const minutes = fc.option(fc.oneof(fc.integer({ min: 0, max: 600 }), fc.integer({ min: 0, max: 3_000_000 })));
const months = (n: number) =>
  Array.from({ length: n }, (_, at) => Temporal.PlainDate.from('2024-02-01').add({ months: at }).toString());
const day = fc
  .integer({ min: 0, max: 900 })
  .map((days) => Temporal.PlainDate.from('2024-06-01').add({ days }).toString());
const list = <T>(one: fc.Arbitrary<T>, maxLength = 14) => fc.array(one, { maxLength });

const CHARTS: Readonly<Record<string, fc.Arbitrary<Chart>>> = {
  'an XmR chart': fc
    .record({ parts: list(part, 30), isShare: fc.boolean(), isLastComplete: fc.boolean(), aim: fc.option(fc.constantFrom(0, 0.5, 0.95, 1)), better: fc.option(fc.constantFrom('more', 'less')), rebased: fc.nat(40) })
    .map(({ parts, isShare, rebased, ...others }) => {
      const froms = months(41);
      const points = parts.map(({ numerator, denominator }, at) => ({ from: froms[at]!, numerator, denominator: isShare ? denominator : null, notYetDue: 0 }));
      return xmrChart({ about, did: 'decided', every: 'month', points, rebasedAt: [froms[rebased]!], ...others });
    }),
  'a spread chart': list(fc.record({ label, count, median: minutes, p90: minutes, limit: minutes })).map((rows) =>
    spreadChart({ about, did: 'decided', group, day: { minutes: 510, noun: { one: 'working day', many: 'working days' } }, rows }),
  ),
  'stacked bars': list(fc.record({ label, cells: fc.array(fc.tuple(count, fc.boolean()).map(([all, isLate]) => ({ count: all, late: isLate ? all : 0 })), { minLength: 7, maxLength: 7 }) }), 8).map((rows) =>
    stackedBars({ about, group, bands: ['a', 'b', 'c', 'd', 'e', 'f', 'g'], rows, oldest: null }),
  ),
  'a steps chart': fc.tuple(list(fc.record({ received: count, decided: count, open: count }), 30), fc.boolean()).map(([points, isLastComplete]) =>
    stepsChart({ about, every: 'month', points: points.map((point, at) => ({ ...point, from: months(31)[at]! })), isLastComplete }),
  ),
  'a heat table': fc.array(fc.array(count, { minLength: 7, maxLength: 7 }), { minLength: 24, maxLength: 24 }).map((hours) => heatTable({ about, did: 'received', hours })),
  'a funnel chart': list(fc.tuple(label, part), 40).map((groups) =>
    funnelChart({ about, group, did: 'decided', groups: groups.map(([name, share]) => ({ label: name, ...share })) }),
  ),
  'a Pareto chart': list(count, 200).map((counts) => paretoChart({ about, part: group, counts })),
  'a ratio chart': list(fc.tuple(label, part, part), 10).map((rows) =>
    ratioChart({ about, group, of: 'referrals', comparedWith: 'all others', rows: rows.map(([name, one, others]) => ({ label: name, count: one.numerator, ratio: shareRatio(one, others) })) }),
  ),
  'a days-between chart': list(day, 40).map((days) => daysBetweenChart({ about, event: 'a red was late', days, on: '2026-11-25' })),
}; // prettier-ignore

describe.each(Object.entries(CHARTS))('%s of any figures', (_, charts) => {
  it('is drawn with numbers only, from text, path and rect, and holds no more than its words', () => {
    fc.assert(
      fc.property(charts, ({ svg }) => {
        expect(svg).not.toMatch(/NaN|Infinity|undefined|null/);
        const page = load(svg, null, false);
        expect(page('svg *:not(text, path, rect), script, img, [style], [id], [onload], [onerror]').length).toBe(0);
        for (const one of page('path').toArray()) {
          expect(page(one).attr('d')).toMatch(/^(M-?[\d.]+,-?[\d.]+([a-zA-Z][-\d., ]*)*)?$/);
        }
        expect(svg.length).toBeLessThan(20_000);
      }),
      { numRuns: 60 },
    );
  });

  it('says something, with a cell for each column in each row', () => {
    fc.assert(
      fc.property(charts, ({ headline, says, subtitle, table }) => {
        for (const words of [headline, says, subtitle, ...table.rows.flat()]) expect(words).not.toMatch(/NaN|Infinity|undefined|null/);
        for (const words of [headline, says, subtitle]) expect(words.length).toBeGreaterThan(0);
        for (const row of table.rows) expect(row).toHaveLength(table.columns.length);
      }),
      { numRuns: 60 },
    ); // prettier-ignore
  });
});
