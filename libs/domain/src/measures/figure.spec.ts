import fc from 'fast-check';
import { anyStanding, MOMENT } from '../../test/standings.ts';
import { BREAKDOWNS } from './breakdown.ts';
import { MEASURES } from './definitions/index.ts';
import { addTallies, countFigure, countFigures, type Tallies } from './figure.ts';
import { addTally, emptyTally, percentage, spreadOf } from './tally.ts';

const standings = fc.array(anyStanding, { maxLength: 12 });
const measure = fc.constantFrom(...MEASURES);
const by = fc.constantFrom(null, ...BREAKDOWNS);

/** Sums of hours differ in their last digit by the order in which they are added. */
const rounded = ({ all, groups }: Tallies) => {
  const one = (tally: Tallies['all']) => ({ ...tally, numerator: Math.round(tally.numerator * 1e6) / 1e6 });
  return { all: one(all), groups: new Map([...groups].map(([code, tally]) => [code, one(tally)])) };
};

it('the tally of two groups without a referral in common is the sum of both', () => {
  fc.assert(
    fc.property(standings, standings, measure, by, (some, others, of, brokenBy) => {
      const count = (ones: typeof some) => countFigure(of, brokenBy, ones, MOMENT);
      const { all, groups } = count([...some, ...others]);
      expect(rounded(addTallies([count(some), count(others)]))).toEqual(rounded({ all, groups }));
    }),
  );
});

it('a sum of tallies leaves the second as it was, and nothing added changes nothing', () => {
  const [some, none] = [emptyTally(), emptyTally()];
  some.numerator = 2;
  some.ended.elapsed.set(60, 2);
  const before = structuredClone(some);
  addTally(none, some);
  addTally(none, some);
  addTally(some, emptyTally());
  expect(some).toEqual(before);
  expect([none.numerator, none.ended.elapsed.get(60)]).toEqual([4, 4]);
});

it('figures that are counted beside each other are those that each is alone', () => {
  const figures = fc.array(fc.record({ measure, by }), { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(standings, figures, (ones, asked) => {
      const alone = asked.map(({ measure: of, by: brokenBy }) => {
        const { all, groups } = countFigure(of, brokenBy, ones, MOMENT);
        return { all, groups };
      });
      expect(countFigures(asked, ones, MOMENT)).toEqual(alone);
    }),
  );
});

it('the rows of a figure are those that it counts, in all and in each group', () => {
  fc.assert(
    fc.property(standings, measure, by, (ones, of, brokenBy) => {
      const { all, groups, rows } = countFigure(of, brokenBy, ones, MOMENT);
      for (const [code, tally] of [['all', all] as const, ...groups]) {
        const within = rows.filter((row) => code === 'all' || row.groups.includes(code));
        const those = (...which: string[]) => within.filter(({ countedAs }) => which.includes(countedAs)).length;
        expect(tally.denominator).toBe(within.length - those('not_yet_due'));
        if (of.kind !== 'amount') expect(tally.numerator).toBe(those('met', 'ended'));
        if (of.kind === 'share') expect(tally.notYetDue).toBe(those('not_yet_due'));
      }
    }),
  );
});

it('a share of nothing is no number, and half of what waits is not reached', () => {
  expect([percentage(emptyTally()), percentage({ numerator: 1, denominator: 3 })]).toEqual([null, 33.3]);
  const tally = emptyTally();
  tally.waiting.elapsed.set(60, 2);
  tally.ended.elapsed.set(30, 1);
  expect(spreadOf(tally, 'elapsed')).toEqual({ median: null, p90: null });
});
