/** A chart as its page shows it: the macro `mashChart` of chart.njk places the parts. */
export interface Chart {
  /** What the figures say, computed from them. */
  readonly headline: string;
  /** What is shown, in which unit, of which period, as at which instant. */
  readonly subtitle: string;
  /** The main points in words: who cannot see the drawing reads these and the table. */
  readonly says: string;
  /** The drawing, hidden from screen readers; empty where there is nothing to draw. */
  readonly svg: string;
  /** Every figure of the drawing. */
  readonly table: ChartTable;
  readonly csvHref: string | null;
  /** Of the rows that its figures were counted from; not there where they are of no measure. */
  readonly rowsHref?: string;
  readonly definitionHref: string | null;
}

export interface ChartTable {
  readonly columns: readonly ChartColumn[];
  /** As many cells as columns; the first one says what its row is about. */
  readonly rows: readonly (readonly string[])[];
}

export type ChartColumn = string | { readonly text: string; readonly isNumber: true };

/** A word for one of a thing, and for more. */
export interface Noun {
  readonly one: string;
  readonly many: string;
}

/** What every chart says beside its data. */
export interface About {
  /** Such as `Share of referrals decided within one working day, by month of receipt`. */
  readonly subject: string;
  /** What is counted, such as a referral, a child in a referral or a family. */
  readonly unit: Noun;
  /** Such as `November 2025 to November 2026`. */
  readonly period: string;
  /** Such as `5:42pm on Wednesday 25 November 2026`. */
  readonly asOf: string;
  readonly csvHref: string | null;
  /** @see Chart.rowsHref */
  readonly rowsHref?: string;
  readonly definitionHref: string | null;
}

export function chartOf(about: About, parts: Pick<Chart, 'headline' | 'says' | 'svg' | 'table'>): Chart {
  const { subject, unit, period, asOf, csvHref, rowsHref, definitionHref } = about;
  const subtitle = `${subject}. Unit: ${unit.one}. ${period}, as at ${asOf}.`;
  return { ...parts, subtitle, csvHref, ...(rowsHref === undefined ? {} : { rowsHref }), definitionHref };
}

/** For a period in which nothing came. */
export function emptyChart(about: About, columns: readonly ChartColumn[]): Chart {
  const headline = `No ${about.unit.many} in this period`;
  return chartOf(about, { headline, says: 'There is nothing to show.', svg: '', table: { columns, rows: [] } });
}

export const number = (text: string): ChartColumn => ({ text, isNumber: true });
