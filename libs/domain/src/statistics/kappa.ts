export interface Agreement {
  /** How many were judged by both. */
  readonly n: number;
  /** The share on which both agree. */
  readonly agreed: number;
  /** 1 for full agreement, 0 for as much as chance alone gives, null where chance alone gives all of it, or none. */
  readonly kappa: number | null;
}

/**
 * How far two people agree beyond chance: Cohen (1960).
 *
 * @param counts how many got each category from the first person, by row, and from the second, by column: as many rows
 *   as columns
 * @throws RangeError for a table that is not square
 */
export function cohensKappa(counts: readonly (readonly number[])[]): Agreement {
  if (counts.some((row) => row.length !== counts.length)) throw new RangeError('Both people need the same categories.');
  const byFirst = counts.map(sum);
  const bySecond = counts.map((_, column) => sum(counts.map((row) => row[column]!)));
  const n = sum(byFirst);
  if (n === 0) return { n, agreed: 0, kappa: null };
  const both = sum(counts.map((row, index) => row[index]!));
  // In whole numbers, so that agreement by chance alone is told from nearly so.
  const byChance = sum(byFirst.map((first, index) => first * bySecond[index]!));
  const kappa = byChance === n * n ? null : (both * n - byChance) / (n * n - byChance);
  return { n, agreed: both / n, kappa };
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
