import { minutesInWords, type Published } from '#domain';
import type { EvidenceLine } from '#oversight';
import { counted } from '../../shell/charts/in-words.ts';

/** What stands in place of a number, as a document explains it. */
export const SIGNS =
  'c: hidden, because it is 1 to 5 or would give such a number away. k: not 0, but rounds to it. z: there is none. “:”: not reached, or not yet known.';

export const shown = (number: Published) => (typeof number === 'number' ? counted(number) : number);

/** A figure in a cell: such as `81 of 94 (86.2%), 3 not yet due`. */
export function figureInWords(kind: 'share' | 'duration' | 'amount', line: EvidenceLine): string {
  const { numerator, denominator, notYetDue, value } = line;
  if (kind === 'amount') return shown(numerator);
  if (denominator === 0 && notYetDue === 0) return 'None';
  const due = notYetDue === 0 ? '' : `, ${shown(notYetDue)} not yet due`;
  if (kind === 'share') {
    const share = typeof value === 'number' ? ` (${value}%)` : value === 'k' ? ' (k)' : '';
    return `${shown(numerator)} of ${shown(denominator)}${share}${due}`;
  }
  const ended = `${shown(numerator)} of ${shown(denominator)} ended`;
  return `Half ${within(line.workingMedian)}, nine in ten ${within(line.workingP90)} of opening hours; ${within(line.median)} and ${within(line.p90)} elapsed; ${ended}`;
}

function within(minutes: Published | null): string {
  if (minutes === null || minutes === ':') return 'not reached';
  return typeof minutes === 'number' ? `within ${minutesInWords(minutes)}` : minutes;
}
