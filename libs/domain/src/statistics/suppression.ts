/**
 * Small numbers are hidden in all that leaves the hub, so that no child is known by them (DfE, children in need: "any
 * number between 1 and 5 inclusive" becomes `c`, with secondary suppression). This file hides them in one table: lines of
 * groups that add up to a line of all.
 *
 * What holds: of no hidden number can a reader work out the value, also a reader who knows this file, every other number
 * of the table, and how many were received in each line. Nor can a reader who has the table alone tell by its sums that
 * a hidden number is 5 or less.
 */

/** `c` hidden, `z` not applicable, `:` not available, `k` not zero and rounds to it. (Explore education statistics) */
export type Published = number | 'c' | 'z' | ':' | 'k';

/** Of one group: those that did, of how many; and how many more there are whose time is not up. */
export interface Counted {
  readonly numerator: number;
  readonly denominator: number;
  readonly notYetDue: number;
}

export interface PublishedLine extends Readonly<Record<keyof Counted, Published>> {
  /** Percent, to one decimal. */
  readonly value: Published;
}

/** The table without its small numbers: the groups in their order, and all of them together. */
export interface PublishedTable {
  readonly groups: readonly PublishedLine[];
  readonly all: PublishedLine;
}

/** A number of so few is hidden; 0 is not. */
export const MOST_THAT_IS_SMALL = 5;

const isSmall = (count: number): boolean => count >= 1 && count <= MOST_THAT_IS_SMALL;

/** A column: its numbers, that of all last; which of them are hidden; and which another table says. */
interface Column {
  readonly counts: readonly number[];
  readonly hidden: Set<number>;
  readonly said: ReadonlySet<number>;
}

/**
 * @param all the sum of the groups
 * @param groups that share no member
 */
export function suppress(groups: readonly Counted[], all: Counted): PublishedTable {
  const lines = [...groups, all];
  const columns = columnsOf(lines);
  const { numerator, denominator, notYetDue } = columns;
  // Each column that is closed may open a line, and each line a column. Numbers are only ever hidden, so this ends.
  for (let before = -1, now = 0; before !== now;) {
    before = now;
    for (const column of [numerator, denominator, notYetDue]) closeColumn(column);
    closeLines(columns);
    now = numerator.hidden.size + denominator.hidden.size + notYetDue.hidden.size;
  }
  const published = lines.map((line, index): PublishedLine => {
    const shown = ({ hidden, counts }: Column): Published => (hidden.has(index) ? 'c' : counts[index]!);
    const isHidden = numerator.hidden.has(index) || denominator.hidden.has(index);
    return {
      numerator: shown(numerator),
      denominator: shown(denominator),
      notYetDue: shown(notYetDue),
      value: isHidden ? 'c' : percentage(line),
    };
  });
  return { groups: published.slice(0, -1), all: published.at(-1)! };
}

/** @param counts of groups that share no member */
export function suppressCounts(
  counts: readonly number[],
  all: number,
): { readonly groups: readonly Published[]; readonly all: Published } {
  const column = columnOf([...counts, all]);
  closeColumn(column);
  const published = column.counts.map((count, index): Published => (column.hidden.has(index) ? 'c' : count));
  return { groups: published.slice(0, -1), all: published.at(-1)! };
}

/**
 * A median or a percentile. No sum leads to it, so nothing else is hidden for it.
 *
 * @param minutes null when it is not reached
 * @param of how many it was taken
 */
export function suppressQuantile(minutes: number | null, of: number): Published {
  if (of === 0) return 'z';
  return isSmall(of) ? 'c' : (minutes ?? ':');
}

function percentage({ numerator, denominator }: Counted): Published {
  if (denominator === 0) return 'z';
  const percent = Math.round((1_000 * numerator) / denominator) / 10;
  return percent === 0 && numerator > 0 ? 'k' : percent;
}

function columnOf(counts: readonly number[], said: Column['said'] = new Set()): Column {
  return { counts, said, hidden: new Set(counts.keys().filter((line) => isSmall(counts[line]!))) };
}

interface Columns extends Readonly<Record<keyof Counted, Column>> {
  /** How many came: a table of its own, with the same groups. */
  readonly received: Column;
}

function columnsOf(lines: readonly Counted[]): Columns {
  const received = columnOf(lines.map((line) => line.denominator + line.notYetDue));
  closeColumn(received);
  /** The lines in which all that were received are of one kind. */
  const saidWithout = (other: (line: Counted) => number) =>
    new Set(lines.keys().filter((line) => other(lines[line]!) === 0 && !received.hidden.has(line)));
  const numerator = columnOf(lines.map((line) => line.numerator));
  // From numerator and denominator follow those that did not.
  for (const [index, line] of lines.entries()) {
    if (isSmall(line.denominator - line.numerator) && line.numerator > 0) numerator.hidden.add(index);
  }
  return {
    received,
    numerator,
    denominator: columnOf(
      lines.map((line) => line.denominator),
      saidWithout((line) => line.notYetDue),
    ),
    notYetDue: columnOf(
      lines.map((line) => line.notYetDue),
      saidWithout((line) => line.denominator),
    ),
  };
}

/**
 * Hides the next smallest group for as long as the sum of a column would give a hidden number away; at last, the sum.
 * Groups of the same size are hidden together, because which of them is hidden would tell the size of the others.
 */
function closeColumn(column: Column): void {
  const all = column.counts.length - 1;
  while (column.hidden.size > 0 && !isClosed(column)) {
    const shown = shownGroups(column);
    const smallest = Math.min(...shown.map(([, count]) => count));
    const next = shown.length === 0 ? [all] : shown.filter(([, count]) => count === smallest).map(([line]) => line);
    if (next.every((line) => column.hidden.has(line))) return;
    for (const line of next) column.hidden.add(line);
  }
}

/** The groups that could be hidden: not 0, which stays, nor what another table says. */
function shownGroups({ counts, hidden, said }: Column): readonly (readonly [line: number, count: number])[] {
  const groups = [...counts.entries()].slice(0, -1);
  return groups.filter(([line, count]) => count > 0 && !hidden.has(line) && !said.has(line));
}

function isClosed(column: Column): boolean {
  const { counts, hidden, said } = column;
  const all = counts.length - 1;
  const groups = [...hidden].filter((line) => line !== all && !said.has(line)).map((line) => counts[line]!);
  if (hidden.has(all)) return groups.length > 0;
  // What is hidden is small, or less than what is shown: where each is as much as it can be, the sum gives each away.
  const atMost = Math.max(MOST_THAT_IS_SMALL, Math.min(...shownGroups(column).map(([, count]) => count)) - 1);
  // The most that a group can be is what the others leave to it, of which none is 0.
  const most = groups.reduce((sum, count) => sum + count, 0) - (groups.length - 1);
  return groups.length > 1 && !groups.every((count) => count === atMost) && most > MOST_THAT_IS_SMALL;
}

/**
 * What is counted and what is not yet due are how many were received, so that one of the two gives the other. And a
 * numerator says how much its denominator is at the least.
 */
function closeLines({ received, numerator, denominator, notYetDue }: Columns): void {
  for (const line of [...denominator.hidden, ...notYetDue.hidden]) {
    const parts = received.hidden.has(line) ? [] : [denominator, notYetDue];
    for (const { counts, hidden } of parts) if (counts[line]! > 0) hidden.add(line);
  }
  for (const line of denominator.hidden) if (numerator.counts[line]! > 0) numerator.hidden.add(line);
}
