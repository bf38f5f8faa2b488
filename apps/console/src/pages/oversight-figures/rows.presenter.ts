import { firstDueAt, instantInWords, type CountedAs } from '#domain';
import type { FigureOfAlerts, FigureOfReferrals } from '#oversight';
import { dayAndTime, dayInWords, ratingTag } from '../../shell/words/words.ts';

/** So many rows are on a page. */
const ROWS = 100;

const COUNTED: Readonly<Record<CountedAs, string>> = {
  met: 'Counted in both numbers',
  not_met: 'Counted in the denominator alone',
  not_yet_due: 'Not yet due',
  ended: 'Ended',
  waiting: 'Still waits',
  counted: 'Counted',
};

/**
 * The rows behind a figure, a page of them.
 *
 * @param address of the figure's rows, with its query
 * @param page from 1
 */
export function presentRows(
  figure: FigureOfReferrals | FigureOfAlerts,
  { title, address, page, timeZone }: { title: string; address: URLSearchParams; page: number; timeZone: string },
) {
  const { measureId, asOf, period, policyVersion, calendarVersion, lines, rows } = figure;
  const all = lines.at(-1)!;
  const path = `/oversight/figures/${measureId}/rows`;
  const query = new URLSearchParams(address);
  query.set('asOf', asOf.toString());
  const at = (other: number) => {
    const own = new URLSearchParams(query);
    own.set('page', String(other));
    return `${path}?${own.toString()}`;
  };
  return {
    ...{ title, policyVersion, calendarVersion, asOf: instantInWords(asOf, timeZone) },
    period:
      period === null
        ? 'All that are open.'
        : `Received from ${dayInWords(period.from.toString())} to ${dayInWords(period.to.subtract({ days: 1 }).toString())}.`,
    counts: `${all.numerator} of ${all.denominator}, and ${all.notYetDue} not yet due: ${rows.length} rows, page ${page} of ${Math.max(1, Math.ceil(rows.length / ROWS))}.`,
    definition: `/oversight/definitions#${measureId}`,
    csv: `${path}.csv?${query.toString()}`,
    columns: [
      'Referral',
      'Rating',
      figure.of === 'alerts' ? 'Fired' : 'Received',
      'First limit',
      'Ended',
      'Counted as',
    ],
    rows: rowsOf(figure, (page - 1) * ROWS, (instant) => dayAndTime(instant, asOf, timeZone)),
    earlier: page > 1 ? at(page - 1) : null,
    later: page * ROWS < rows.length ? at(page + 1) : null,
  };
}

function rowsOf(figure: FigureOfReferrals | FigureOfAlerts, start: number, when: (at: Temporal.Instant) => string) {
  if (figure.of === 'alerts') {
    return figure.rows.slice(start, start + ROWS).map(({ standing: one, countedAs }) => ({
      reference: one.reference,
      tag: ratingTag(one.rating),
      from: when(one.firedAt),
      limit: '',
      end: one.acknowledgedAt === null ? '' : when(one.acknowledgedAt),
      counted: COUNTED[countedAs],
    }));
  }
  return figure.rows.slice(start, start + ROWS).map(({ standing: one, countedAs }) => ({
    reference: one.reference,
    tag: ratingTag(one.rating),
    from: when(one.receivedAt),
    limit: when(firstDueAt(one)),
    end: one.effectiveAt === null ? '' : when(one.effectiveAt),
    counted: COUNTED[countedAs],
  }));
}
