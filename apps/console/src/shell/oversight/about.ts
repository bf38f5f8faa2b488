import { instantInWords } from '#domain';
import type { About, Noun } from '../charts/chart.ts';

const REFERRAL: Noun = { one: 'referral', many: 'referrals' };

/** What a chart of a measure says beside its data: where its figures, rows and definition are. */
export function aboutMeasure(
  measure: string,
  subject: string,
  period: { readonly words: string; readonly from: Temporal.PlainDate; readonly to: Temporal.PlainDate },
  at: { readonly asOf: Temporal.Instant; readonly timeZone: string; readonly by?: string; readonly unit?: Noun },
): About {
  const query = new URLSearchParams({
    from: period.from.toString(),
    to: period.to.toString(),
    asOf: at.asOf.toString(),
    ...(at.by === undefined ? {} : { by: at.by }),
  });
  return {
    ...{ subject, unit: at.unit ?? REFERRAL, period: period.words },
    asOf: instantInWords(at.asOf, at.timeZone),
    csvHref: `/oversight/figures/${measure}.csv?${query.toString()}`,
    rowsHref: `/oversight/figures/${measure}/rows?${query.toString()}`,
    definitionHref: `/oversight/definitions#${measure}`,
  };
}

/** The months of a chart, such as `November 2025 to November 2026`. */
export function monthsInWords(months: readonly { readonly month: Temporal.PlainDate }[]) {
  const name = (month: Temporal.PlainDate) => month.toLocaleString('en-GB', { month: 'long', year: 'numeric' });
  const [first, last] = [months[0]!.month, months.at(-1)!.month];
  return {
    words: first.equals(last) ? name(first) : `${name(first)} to ${name(last)}`,
    from: first,
    to: last.add({ months: 1 }),
  };
}

/** One month as the period of a chart. */
export function monthInWords(month: Temporal.PlainDate) {
  return monthsInWords([{ month }]);
}
