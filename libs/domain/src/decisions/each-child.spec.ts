import fc from 'fast-check';
import { saysOfEachChild, type ChildDecision } from './each-child.ts';

const as = (position: number, more: Partial<ChildDecision> = {}): ChildDecision => ({
  ...{ position, leftOutBecause: null, other: null },
  ...more,
});
const other = { outcome: 'no_further_action', thresholdLevel: 1 } as const;

it.each([
  ['nothing: the same for all', [], 3, true],
  ['the same of each', [as(0), as(1)], 2, true],
  ['another outcome of one', [as(0), as(1, { other })], 2, true],
  ['that one is left out, with a reason', [as(0), as(1, { leftOutBecause: 'Lives with her father.' })], 2, true],
  ['that one is left out, without a reason', [as(0), as(1, { leftOutBecause: ' ' })], 2, false],
  ['that one is left out, and what happens to it', [as(0), as(1, { leftOutBecause: 'No.', other })], 2, false],
  ['that all are left out', [as(0, { leftOutBecause: 'No.' }), as(1, { leftOutBecause: 'No.' })], 2, false],
  ['nothing of the second', [as(0)], 2, false],
  ['two things of the first', [as(0), as(0)], 2, false],
  ['something of a child who is not there', [as(0), as(2)], 2, false],
] as [string, ChildDecision[], number, boolean][])('judges a decision that says %s', (_, children, count, is) => {
  expect(saysOfEachChild(children, count)).toBe(is);
});

it('needs each child once, in any order', () => {
  const whole = fc.integer({ min: 1, max: 8 }).chain((count) =>
    fc.tuple(
      fc.constant(count),
      fc.shuffledSubarray(
        Array.from({ length: count }, (_, position) => position),
        { minLength: count },
      ),
    ),
  );
  fc.assert(
    fc.property(whole, ([count, positions]) => {
      const children = positions.map((position) => as(position));
      expect(saysOfEachChild(children, count)).toBe(true);
      expect(saysOfEachChild(children, count + 1)).toBe(false);
      expect(saysOfEachChild(children.slice(1), count)).toBe(count === 1);
    }),
  );
});
