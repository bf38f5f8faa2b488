export interface ParetoPart {
  /** How many the parts up to this one are, largest first. */
  readonly parts: number;
  readonly count: number;
  /** Of all that is counted, the share of the parts up to this one. */
  readonly share: number;
}

export interface Pareto {
  readonly total: number;
  /** Largest first; those without any are left out. */
  readonly parts: readonly ParetoPart[];
  /** The fewest parts that give half of it or more; null where there is nothing. */
  readonly fewestForHalf: number | null;
}

/** Whether few give most: counts by part, such as repeat contacts by family, largest first with their running share. */
export function pareto(counts: readonly number[]): Pareto {
  const largestFirst = counts.filter((count) => count > 0).sort((a, b) => b - a);
  const total = largestFirst.reduce((sum, count) => sum + count, 0);
  let running = 0;
  const parts = largestFirst.map((count, index) => {
    running += count;
    return { parts: index + 1, count, share: running / total };
  });
  return { total, parts, fewestForHalf: parts.find(({ share }) => share >= 0.5)?.parts ?? null };
}
