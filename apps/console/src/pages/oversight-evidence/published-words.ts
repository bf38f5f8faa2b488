import type { Published, Rating } from '#domain';
import type { EvidenceLine } from '#oversight';
import { counted, lasting, type ClockDay } from '../../shell/charts/in-words.ts';
import { ELAPSED_DAY } from '../../shell/oversight/nouns.ts';

/** What stands in place of a number, as a document explains it. */
export const SIGNS =
  'c: hidden, because it is 1 to 5 or would give such a number away. k: not 0, but rounds to it. z: there is none. “:”: not reached, or not yet known.';

export const shown = (number: Published) => (typeof number === 'number' ? counted(number) : number);

/** How long a referral was late, by the clock of its limit: that of a red runs through the night. */
export function latenessInWords(rating: Rating, minutes: number, day: ClockDay): string {
  return rating === 'red' ? lasting(minutes, ELAPSED_DAY) : `${lasting(minutes, day)} of opening hours`;
}

/** A figure in a cell: such as `81 of 94 (86.2%), 3 not yet due`. @param day by the clock of opening hours */
export function figureInWords(kind: 'share' | 'duration' | 'amount', line: EvidenceLine, day: ClockDay): string {
  const { numerator, denominator, notYetDue, value } = line;
  if (kind === 'amount') return shown(numerator);
  if (denominator === 0 && notYetDue === 0) return 'None';
  const due = notYetDue === 0 ? '' : `, ${shown(notYetDue)} not yet due`;
  if (kind === 'share') {
    const share = typeof value === 'number' ? ` (${value}%)` : value === 'k' ? ' (k)' : '';
    return `${shown(numerator)} of ${shown(denominator)}${share}${due}`;
  }
  const spread = (median: Published | null, p90: Published | null, clock: ClockDay) =>
    `half ${within(median, clock)}, nine in ten ${within(p90, clock)}`;
  return [
    `Opening hours: ${spread(line.workingMedian, line.workingP90, day)}.`,
    `Elapsed: ${spread(line.median, line.p90, ELAPSED_DAY)}.`,
    `Ended: ${shown(numerator)} of ${shown(denominator)}.`,
  ].join(' ');
}

function within(minutes: Published | null, day: ClockDay): string {
  if (minutes === null || minutes === ':') return 'not reached';
  return typeof minutes === 'number' ? `within ${lasting(minutes, day)}` : minutes;
}
