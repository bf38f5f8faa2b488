import { FEEDBACK_BY, foldName, referralSource, type FeedbackBy } from '#domain';
import { AGENCY_KINDS, type NewAgency } from '../agencies.ts';
import type { ImportedRow } from './imported-row.ts';
import { codeOf, type Columns, type TableRow } from './table.ts';

export const AGENCY_COLUMNS: Columns = { needed: ['name', 'kind', 'source'], more: ['told_by'] };

/** So that a name differs from another in more than capitals, accents and signs. */
const folded = (name: string) => foldName(name) || name;

/**
 * The agencies of a table.
 *
 * @param there the names of those that the hub has
 */
export function agenciesInTable(
  rows: readonly TableRow[],
  there: readonly string[],
): readonly ImportedRow<NewAgency>[] {
  const known = new Set(there.map(folded));
  const lineOf = new Map<string, number>();
  return rows.map(({ line, cells }) => {
    const { name = '', kind = '', source = '', told_by: told = '' } = cells;
    const first = lineOf.get(folded(name));
    lineOf.set(folded(name), first ?? line);
    const sourceCode = source.toUpperCase();
    const feedbackBy = told === '' ? 'email' : codeOf(told);
    const faults = [
      ...(name === '' ? ['it has no name'] : []),
      ...([...name].length > 200 ? ['its name has more than 200 characters'] : []),
      ...(first === undefined || name === '' ? [] : [`line ${first} has the same name`]),
      ...((AGENCY_KINDS as readonly string[]).includes(codeOf(kind))
        ? []
        : [`the kind is one of: ${AGENCY_KINDS.join(', ')}`]),
      ...(referralSource(sourceCode) === null
        ? ['the source is a code of the children in need census, such as 2A']
        : []),
      ...((FEEDBACK_BY as readonly string[]).includes(feedbackBy)
        ? []
        : [`told by is one of: ${FEEDBACK_BY.join(', ')}`]),
    ];
    const isThere = known.has(folded(name));
    const agency = { name, kind: codeOf(kind), sourceCode, feedbackBy: feedbackBy as FeedbackBy };
    return { line, name, faults, isThere, adds: isThere || faults.length > 0 ? null : agency };
  });
}
