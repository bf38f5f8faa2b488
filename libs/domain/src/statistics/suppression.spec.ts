import fc from 'fast-check';
import {
  suppress,
  suppressCounts,
  suppressQuantile,
  type Counted,
  type PublishedLine,
  type PublishedTable,
} from './suppression.ts';

const line = (numerator: number, denominator: number, notYetDue = 0): Counted => ({
  numerator,
  denominator,
  notYetDue,
});
const sumOf = (groups: readonly Counted[]): Counted =>
  groups.reduce(
    (sum, one) => line(sum.numerator + one.numerator, sum.denominator + one.denominator, sum.notYetDue + one.notYetDue),
    line(0, 0),
  );
const written = ({ groups, all }: PublishedTable) =>
  [...groups, all].map((one) => [one.numerator, one.denominator, one.notYetDue, one.value].join(' '));

describe('a column of counts', () => {
  it.each<[string, number[], string]>([
    ['without small numbers is as it was', [6, 40, 0], '6 40 0 = 46'],
    ['keeps a 0', [0, 0, 0], '0 0 0 = 0'],
    ['hides a small number and the next smallest', [3, 40, 50], 'c c 50 = 93'],
    ['hides both of two small numbers, and a third that their sum would give away', [1, 2, 50, 60], 'c c c 60 = 113'],
    ['leaves two small numbers that may be larger', [5, 5, 50], 'c c 50 = 60'],
    ['hides its sum where the groups are too few', [3, 3, 0], 'c c 0 = c'],
    ['hides its sum where it is small', [3, 0, 0], 'c 0 0 = c'],
    ['keeps a sum that is one group’s', [6, 0], '6 0 = 6'],
    ['hides its sum where each group has one', [1, 1, 1, 1, 1, 1], 'c c c c c c = c'],
  ])('%s', (_, counts, published) => {
    const all = counts.reduce((a, b) => a + b, 0);
    const { groups, all: sum } = suppressCounts(counts, all);
    expect(`${groups.join(' ')} = ${sum}`).toBe(published);
  });
});

describe('a table of numerators and denominators', () => {
  it.each<[string, Counted[], string[]]>([
    ['without small numbers is as it was', [line(30, 40), line(40, 50)], ['30 40 0 75', '40 50 0 80', '70 90 0 77.8']],
    [
      'hides what makes a small remainder: of 100, 97 did',
      [line(97, 100), line(40, 50), line(60, 80)],
      ['c 100 0 c', 'c 50 0 c', '60 80 0 75', '197 230 0 85.7'],
    ],
    [
      'hides the percentage where a small group did nothing',
      [line(0, 3), line(20, 40), line(30, 60)],
      ['0 c 0 c', 'c c 0 c', 'c 60 0 c', '50 103 0 48.5'],
    ],
    [
      'hides what is not yet due, and the denominator that would give it away',
      [line(30, 40, 2), line(30, 50, 20), line(40, 60, 0)],
      ['c c c c', 'c c c c', '40 60 0 66.7', '100 150 22 66.7'],
    ],
    ['says “not applicable” where none counts', [line(0, 0), line(30, 50)], ['0 0 0 z', '30 50 0 60', '30 50 0 60']],
    [
      'says that a share is not 0 but rounds to it',
      [line(6, 20_000), line(0, 9)],
      ['6 20000 0 k', '0 9 0 0', '6 20009 0 k'],
    ],
  ])('%s', (_, groups, published) => expect(written(suppress(groups, sumOf(groups)))).toEqual(published));
});

const isSmall = (count: number) => count >= 1 && count <= 5;

/** Every list of so many counts with a sum of at most so much. */
function* countsUpTo(most: number, length: number): Generator<number[], void> {
  if (length === 0) return void (yield []);
  for (let first = 0; first <= most; first++) {
    for (const rest of countsUpTo(most - first, length - 1)) yield [first, ...rest];
  }
}

/** The tables that a reader cannot tell from each other, and the values that each hidden number has in them. */
class LookAlikes {
  private readonly values = new Map<string, Set<number>[]>();

  /** @param numbers of a table; null for those that are shown */
  add(published: string, numbers: readonly (number | null)[]): void {
    const known = this.values.get(published) ?? numbers.map(() => new Set<number>());
    this.values.set(published, known);
    for (const [index, number] of numbers.entries()) if (number !== null) known[index]!.add(number);
  }

  /** The published tables in which a hidden number can be but one. */
  givenAway(): readonly string[] {
    const isGivenAway = (values: Set<number>, index: number) =>
      // A remainder may be known that is not small.
      values.size === 1 && (index % 4 !== 3 || isSmall([...values][0]!));
    return [...this.values].filter(([, numbers]) => numbers.some(isGivenAway)).map(([published]) => published);
  }

  get size(): number {
    return this.values.size;
  }
}

describe('a reader who knows the rule, and tries every table that there is,', () => {
  it.each([
    [1, 30],
    [2, 30],
    [3, 24],
    [4, 16],
    [6, 10],
  ])('cannot work out a hidden count among %d groups', (groups, most) => {
    const tables = new LookAlikes();
    for (const counts of countsUpTo(most, groups)) {
      const all = counts.reduce((a, b) => a + b, 0);
      const published = suppressCounts(counts, all);
      const cells = [...published.groups, published.all];
      tables.add(
        cells.join(' '),
        [...counts, all].map((count, index) => (cells[index] === 'c' ? count : null)),
      );
    }
    expect(tables.size).toBeGreaterThan(10);
    expect(tables.givenAway()).toEqual([]);
  });

  /** @param later whether some are not yet due */
  it.each([
    [1, 30, true],
    [2, 24, false],
    [2, 14, true],
    [3, 13, false],
    [3, 7, true],
  ])('cannot work out a hidden number of %d groups, nor a remainder, from how many came', (groups, most, later) => {
    const tables = new LookAlikes();
    const parts = later ? 3 : 2;
    for (const counts of countsUpTo(most, groups * parts)) {
      const part = (group: number, at: number) => counts[group * parts + at]!;
      const lines = Array.from({ length: groups }, (_, group) =>
        line(part(group, 0), part(group, 0) + part(group, 1), later ? part(group, 2) : 0),
      );
      const all = sumOf(lines);
      const table = suppress(lines, all);
      const received = suppressCounts(lines.map(receivedOf), receivedOf(all));
      tables.add(
        `${written(table).join(', ')} of ${[...received.groups, received.all].join(' ')}`,
        [...lines, all].flatMap((one, index) => hiddenOf(one, [...table.groups, table.all][index]!)),
      );
    }
    expect(tables.size).toBeGreaterThan(10);
    expect(tables.givenAway().slice(0, 5)).toEqual([]);
  });
});

const receivedOf = ({ denominator, notYetDue }: Counted) => denominator + notYetDue;

/** The numbers of a line that are hidden or should be; null for the others. */
function hiddenOf({ numerator, denominator, notYetDue }: Counted, shown: PublishedLine): readonly (number | null)[] {
  const remainder = denominator - numerator;
  return [
    shown.numerator === 'c' ? numerator : null,
    shown.denominator === 'c' ? denominator : null,
    shown.notYetDue === 'c' ? notYetDue : null,
    // It is no column: numerator and denominator together show it.
    isSmall(remainder) || shown.value === 'c' ? remainder : null,
  ];
}

describe('a reader of a table of any size', () => {
  const group = fc
    .tuple(fc.constantFrom(0, 1, 3, 5, 6, 20, 300), fc.constantFrom(0, 1, 4, 5, 6, 40), fc.constantFrom(0, 0, 2, 6, 30))
    .map(([did, didNot, later]) => line(did, did + didNot, later));

  it('finds other tables like it, in which each hidden number is another, and each that is small is not small', () => {
    fc.assert(
      fc.property(fc.array(group, { minLength: 1, maxLength: 7 }), (groups) => {
        const all = sumOf(groups);
        const table = suppress(groups, all);
        const hidden = [...groups, all].flatMap((one, index) => hiddenOf(one, [...table.groups, table.all][index]!));
        for (const [index, number] of hidden.entries()) {
          const isRemainder = index % 4 === 3;
          if (number === null || (isRemainder && !isSmall(number))) continue;
          const isFound = (other: number) => other !== number && !(isSmall(number) && isSmall(other));
          expect(([1, -1] as const).some((by) => climbs(groups, table, index, by, isFound))).toBe(true);
        }
      }),
      { numRuns: 60 },
    );
  });
});

const numbersOf = (groups: readonly Counted[]) =>
  [...groups, sumOf(groups)].flatMap((one) => [
    one.numerator,
    one.denominator,
    one.notYetDue,
    one.denominator - one.numerator,
  ]);

/**
 * Looks for a table that shows the same, in which one number is what is looked for: people are moved between hidden
 * numbers again and again, and never so that the number goes the other way.
 */
function climbs(
  groups: readonly Counted[],
  table: PublishedTable,
  index: number,
  by: 1 | -1,
  isFound: (number: number) => boolean,
): boolean {
  const pick = choicesFrom(index + 1);
  let now = groups;
  for (let tried = 0; tried < 30_000; tried++) {
    const moved = now.map((one): Record<keyof Counted, number> => ({ ...one }));
    const people = pick(2) === 0 ? 1 : pick(2) === 0 ? pick(6) + 1 : pick(400) + 1;
    // A numerator may move with its denominator.
    const moving = pick(3) === 0 ? COLUMNS.slice(0, 2) : [COLUMNS[pick(3)]!];
    // The last is outside of all groups: their sum tells.
    const [from, to] = [moved[pick(groups.length + 1)], moved[pick(groups.length + 1)]];
    for (const column of moving) {
      if (from !== undefined) from[column] -= people;
      if (to !== undefined) to[column] += people;
    }
    const number = numbersOf(moved)[index]!;
    if ((number - numbersOf(now)[index]!) * by < 0 || !isLike(moved, table)) continue;
    if (isFound(number)) return true;
    now = moved;
  }
  return false;
}

const COLUMNS = ['numerator', 'denominator', 'notYetDue'] as const;

/** Numbers from 0 to less than so many, which look like chance and are always the same. (Park and Miller) */
function choicesFrom(seed: number): (howMany: number) => number {
  let state = seed;
  return (howMany) => {
    state = (state * 48_271) % 2_147_483_647;
    return Math.floor((state / 2_147_483_647) * howMany);
  };
}

function isLike(groups: readonly Counted[], table: PublishedTable): boolean {
  const fits = (one: Counted, shown: PublishedLine) =>
    one.numerator <= one.denominator &&
    COLUMNS.every((column) => (shown[column] === 'c' ? one[column] >= 1 : one[column] === shown[column]));
  return groups.every((one, index) => fits(one, table.groups[index]!)) && fits(sumOf(groups), table.all);
}

it.each([
  [130, 6, 130],
  [130, 5, 'c'],
  [130, 1, 'c'],
  [null, 1, 'c'],
  [null, 6, ':'],
  [null, 0, 'z'],
])('gives a median of %s minutes among %d as %s', (minutes, of, published) =>
  expect(suppressQuantile(minutes, of)).toBe(published),
);
