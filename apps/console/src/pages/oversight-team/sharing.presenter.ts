import type { Sharing } from '#oversight';
import { dayInWords } from '../../shell/words/words.ts';

/** How evenly referrals were shared, and how often the person of a child changed. */
export function presentSharing({ weeks, changes }: Sharing) {
  const { children, withChange, most } = changes;
  return {
    weeks: weeks.map(({ from, shared, people }) => ({
      from: dayInWords(from.toString()),
      people,
      most: shared.most,
      median: shared.median,
      ratio: shared.ratio ?? 'none',
    })),
    changes:
      withChange === 0
        ? `No child or family of the ${children} that people had in the last 12 months passed from one person to another.`
        : `Of ${children} children or families that people had in the last 12 months, ${withChange} passed from one person to another, one of them ${most === 1 ? 'once' : `${most} times`}.`,
  };
}
