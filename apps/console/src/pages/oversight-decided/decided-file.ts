import type { DecidedFilters, DecidedLine } from '#oversight';
import type { CsvCell } from '../../shell/answer/csv-file.ts';

/** The heads of the file of decided referrals: names that stay, for spreadsheets that are filled from it again. */
export const DECIDED_COLUMNS = [
  'reference',
  'rating',
  'agency',
  'receivedAt',
  'decidedAt',
  'elapsedMinutes',
  'workingMinutes',
  'outcome',
  'thresholdLevel',
  'decider',
  'dueAt',
  'operational',
  'statutoryDueAt',
  'statutory',
  'lateReason',
] as const;

/** Codes as addresses have them; instants in local time with its offset, which says which of two hours it was. */
export function rowOf(line: DecidedLine, timeZone: string): readonly CsvCell[] {
  const at = (instant: Temporal.Instant) => instant.toString({ timeZone, smallestUnit: 'second' });
  const row: Readonly<Record<(typeof DECIDED_COLUMNS)[number], CsvCell>> = {
    reference: line.reference,
    rating: line.rating,
    agency: line.agency,
    receivedAt: at(line.receivedAt),
    decidedAt: at(line.effectiveAt),
    elapsedMinutes: line.elapsedMinutes,
    workingMinutes: line.workingMinutes,
    outcome: line.outcome,
    thresholdLevel: line.thresholdLevel,
    decider: line.decider,
    dueAt: at(line.dueAt),
    operational: line.onTime ? 'in-time' : 'late',
    statutoryDueAt: at(line.statutoryDueAt),
    statutory: line.withinStatutoryLimit ? 'in-time' : 'late',
    lateReason: line.lateReason,
  };
  return DECIDED_COLUMNS.map((column) => row[column]);
}

/** Such as `decided-2026-10-01-to-2026-10-31`. */
export function fileNameOf({ from, to }: DecidedFilters): string {
  return `decided-${from.toString()}-to-${to.subtract({ days: 1 }).toString()}`;
}
