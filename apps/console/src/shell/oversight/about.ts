import { instantInWords } from '#domain';
import type { About } from '../charts/chart.ts';
import { monthInWords } from '../words/words.ts';
import { REFERRAL } from './nouns.ts';

/** What a chart of a measure says beside its data: where its figures, rows and definition are. */
export function aboutMeasure(
  measure: string,
  subject: string,
  period: { readonly words: string; readonly from: Temporal.PlainDate; readonly to: Temporal.PlainDate },
  at: { readonly asOf: Temporal.Instant; readonly timeZone: string; readonly by?: string },
): About {
  const query = new URLSearchParams({
    from: period.from.toString(),
    to: period.to.toString(),
    asOf: at.asOf.toString(),
    ...(at.by === undefined ? {} : { by: at.by }),
  });
  return {
    ...{ subject, unit: REFERRAL, period: period.words },
    asOf: instantInWords(at.asOf, at.timeZone),
    csvHref: `/oversight/figures/${measure}.csv?${query.toString()}`,
    rowsHref: `/oversight/figures/${measure}/rows?${query.toString()}`,
    definitionHref: `/oversight/definitions#${measure}`,
  };
}

/** The months of a chart as its period: its words are such as `November 2025 to November 2026`. */
export function periodOfMonths(months: readonly { readonly month: Temporal.PlainDate }[]) {
  const [first, last] = [months[0]!.month, months.at(-1)!.month];
  const [from, to] = [first, last].map((month) => monthInWords(month.toString()));
  return {
    words: from === to ? from! : `${from} to ${to}`,
    from: first,
    to: last.add({ months: 1 }),
  };
}
