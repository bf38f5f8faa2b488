import type { Figure, FigureOfAlerts, FigureOfReferrals } from '#oversight';
import type { CsvCell } from '../../shell/answer/csv-file.ts';

type File = readonly [columns: readonly string[], rows: readonly (readonly CsvCell[])[]];

/** Their codes are ids: the file has their names beside. */
const NAMED: readonly (string | null)[] = ['agency', 'decider'];

/**
 * A figure as a file: a line for each group by its code, and `all`. A duration has minutes in place of a value.
 *
 * @param by the breakdown that was asked for
 */
export function figureFile({ isDuration, lines }: Figure, by: string | null): File {
  const counts = ['group', 'numerator', 'denominator', 'notYetDue'];
  const values = isDuration ? ['median', 'p90', 'workingMedian', 'workingP90'] : ['value'];
  const isNamed = NAMED.includes(by);
  const rows = lines.map(
    ({ group, label, numerator, denominator, notYetDue, value, median, p90, workingMedian, workingP90 }) => [
      ...[group, numerator, denominator, notYetDue],
      ...(isDuration ? [median, p90, workingMedian, workingP90] : [value]),
      ...(isNamed ? [label] : []),
    ],
  );
  return [[...counts, ...values, ...(isNamed ? ['name'] : [])], rows];
}

const written = (at: Temporal.Instant | null) => at?.toString() ?? null;

/**
 * The rows behind a figure: reference, instants, and what each counted as.
 *
 * @param hidden the references of referrals that the person may not open
 */
export function rowsFile(figure: FigureOfReferrals | FigureOfAlerts, hidden: ReadonlySet<string>): File {
  return figure.of === 'alerts' ? alertRows(figure) : referralRows(figure, hidden);
}

function referralRows({ rows }: FigureOfReferrals, hidden: ReadonlySet<string>): File {
  const columns = [
    ...['reference', 'receivedAt', 'rating', 'dueAt', 'statutoryDueAt', 'firstOpenedAt', 'firstClaimedAt', 'decidedAt'],
    ...['effectiveAt', 'elapsedMinutes', 'workingMinutes', 'outcome', 'countedAs', 'groups'],
  ];
  return [
    columns,
    rows.map(({ standing, countedAs, groups }) => [
      ...[standing.reference, written(standing.receivedAt), standing.rating, written(standing.dueAt)],
      ...[written(standing.statutoryDueAt), written(standing.firstOpenedAt), written(standing.firstClaimedAt)],
      ...[written(standing.decidedAt), written(standing.effectiveAt), standing.elapsedMinutes, standing.workingMinutes],
      // What tells of the child stands in no line of a referral that the person may not open.
      ...(hidden.has(standing.reference) ? ['', countedAs, ''] : [standing.outcome, countedAs, groups.join(' ')]),
    ]),
  ];
}

function alertRows({ rows }: FigureOfAlerts): File {
  const columns = ['reference', 'kind', 'rating', 'firedAt', 'reachedAt', 'acknowledgedAt', 'endedAt', 'countedAs'];
  return [
    columns,
    rows.map(({ standing: one, countedAs }) => [
      ...[one.reference, one.kind, one.rating, written(one.firedAt), written(one.reachedAt)],
      ...[written(one.acknowledgedAt), written(one.endedAt), countedAs],
    ]),
  ];
}
