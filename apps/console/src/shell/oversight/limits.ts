import { dateInWords, measureOf } from '#domain';
import type { ThirteenMonths } from '#oversight';
import { monthInWords } from '../words/words.ts';
import type { ChartOfMonths } from './month-charts.ts';

/** From when the charts of a page have new limits, who said so and why; null where no chart has limits. */
export function limitsIn(charts: readonly ChartOfMonths[], { baselines, timeZone }: ThirteenMonths) {
  const measures = charts.filter(({ draw }) => draw === 'shares' || draw === 'counts').map(({ measure }) => measure);
  if (measures.length === 0) return null;
  const begun = baselines.filter(({ measure }) => measures.includes(measure));
  return {
    begun: begun.map(
      ({ measure, month, reason, by, at }) =>
        `${measureOf(measure)!.title}: new limits from ${monthInWords(month)}, said ${by} on ${dateInWords(at, timeZone)}: ${reason}`,
    ),
  };
}
