import { ALERT_MEASURES, answeredAt, firstDueAt, instantInWords, measureOf, type CountedAs } from '#domain';
import type { FigureOfAlerts, FigureOfReferrals, Line } from '#oversight';
import { dayAndTime, dayInWords, ratingTag } from '../../shell/words/words.ts';

/** So many rows are on a page. */
const ROWS = 100;

const COUNTED: Readonly<Record<CountedAs, string>> = {
  met: 'Yes',
  not_met: 'No',
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
    counts: `${countsInWords(measureId, all)} ${rows.length} rows, page ${page} of ${Math.max(1, Math.ceil(rows.length / ROWS))}.`,
    definition: `/oversight/definitions#${measureId}`,
    csv: `${path}.csv?${query.toString()}`,
    columns: [
      'Referral',
      'Rating',
      ...(figure.of === 'alerts' ? ['Fired', 'Reached a person', 'Answered'] : ['Received', 'First limit', 'Ended']),
      'Counts towards it',
    ],
    rows: rowsOf(figure, (page - 1) * ROWS, (instant) => dayAndTime(instant, asOf, timeZone)),
    earlier: page > 1 ? at(page - 1) : null,
    later: page * ROWS < rows.length ? at(page + 1) : null,
  };
}

function rowsOf(figure: FigureOfReferrals | FigureOfAlerts, start: number, when: (at: Temporal.Instant) => string) {
  if (figure.of === 'alerts') {
    return figure.rows.slice(start, start + ROWS).map(({ standing: one, countedAs }) => {
      const ended = answeredAt(one);
      return {
        reference: one.reference,
        tag: ratingTag(one.rating),
        from: when(one.firedAt),
        limit: one.reachedAt === null ? '' : when(one.reachedAt),
        end: ended === null ? '' : when(ended),
        counted: COUNTED[countedAs],
      };
    });
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

/** What the rows come to, in the words of the measure's kind. */
function countsInWords(measureId: string, { numerator, denominator, notYetDue }: Line): string {
  const measure = measureOf(measureId) ?? ALERT_MEASURES.find(({ id }) => id === measureId)!;
  const due = notYetDue === 0 ? '' : `, and ${notYetDue} not yet due`;
  if (measure.kind === 'share') return `${numerator} of ${denominator}${due}.`;
  if (measure.kind === 'duration') return `${numerator} of ${denominator} have ended.`;
  const { unit } = measure;
  if (numerator !== denominator) return `${numerator} ${unit} of ${denominator} referrals.`;
  return `${numerator} ${unit}${notYetDue === 0 ? '' : `, ${notYetDue} of them within their limits`}.`;
}
