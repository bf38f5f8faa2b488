import { instantInWords, measureOf } from '#domain';
import type { ThirteenMonths } from '#oversight';
import { monthInWords } from '../words/words.ts';
import type { ChartOfMonths } from './month-charts.ts';

/** What a figure of a month was before it was revised. */
export function revisedInWords(
  month: string,
  frozen: { readonly numerator: number; readonly denominator: number },
  frozenAt: string,
): string {
  return `${monthInWords(month)} was ${frozen.numerator} of ${frozen.denominator} when it was frozen at ${frozenAt}.`;
}

/** What changed in the figures of a page since their months were frozen (K11): each with what it was and what it is. */
export function revisionsIn(charts: readonly ChartOfMonths[], { months, timeZone }: ThirteenMonths): readonly string[] {
  const revised = charts.flatMap(({ measure }, place) =>
    months.flatMap(({ month, figures }) => {
      const { frozen, lines } = figures[place]!;
      if (frozen === null) return [];
      const { at, all } = frozen;
      const [numerator, denominator] = all;
      const was = revisedInWords(month.toString(), { numerator, denominator }, instantInWords(at, timeZone));
      const now = lines.at(-1)!;
      return [`${measureOf(measure)!.title}: ${was} It is ${now.numerator} of ${now.denominator}.`];
    }),
  );
  // A measure that is drawn in several ways was revised once.
  return [...new Set(revised)];
}
