import { suppress, suppressQuantile, type Counted, type Measure } from '#domain';
import type { Line } from '../figures/figure.ts';
import type { EvidenceLine } from './evidence.ts';

/** The lines of a figure, whole. */
export function wholeLines(lines: readonly Line[]): readonly EvidenceLine[] {
  return lines.map(({ group, numerator, denominator, notYetDue, value, ...minutes }) => {
    const { median, p90, workingMedian, workingP90 } = minutes;
    return { group, numerator, denominator, notYetDue, value, median, p90, workingMedian, workingP90 };
  });
}

/**
 * The lines of a figure with its small numbers hidden.
 *
 * @param lines of groups that share no member; the last is that of all
 */
export function publishedLines({ kind }: Pick<Measure, 'kind'>, lines: readonly Line[]): readonly EvidenceLine[] {
  const counts = lines.map(({ numerator, denominator, notYetDue }): Counted => ({ numerator, denominator, notYetDue }));
  const { groups, all } = suppress(counts.slice(0, -1), counts.at(-1)!);
  return [...groups, all].map((shown, place) => {
    const { group, denominator, median, p90, workingMedian, workingP90 } = lines[place]!;
    const quantile = (minutes: number | null) => (kind === 'duration' ? suppressQuantile(minutes, denominator) : null);
    return {
      group,
      ...shown,
      value: kind === 'share' ? shown.value : kind === 'amount' ? shown.numerator : null,
      median: quantile(median),
      p90: quantile(p90),
      workingMedian: quantile(workingMedian),
      workingP90: quantile(workingP90),
    };
  });
}
