import { load } from 'cheerio';
import { folded } from './words.ts';

/** A chart as a page shows it. */
export interface ShownChart {
  readonly headline: string;
  readonly subtitle: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly csvHref: string | null;
}

/** The charts of a page, in their order. */
export function chartsOn(html: string): readonly ShownChart[] {
  const $ = load(html);
  return $('figure.mash-chart')
    .toArray()
    .map((one) => {
      const figure = $(one);
      const table = figure.find('details table');
      const words = (selector: string, within = figure) =>
        within
          .find(selector)
          .toArray()
          .map((node) => folded($(node).text()));
      return {
        headline: words('h2')[0]!,
        subtitle: words('.mash-chart__subtitle')[0]!,
        columns: words('thead th', table),
        rows: table
          .find('tbody tr')
          .toArray()
          .map((row) =>
            $(row)
              .children()
              .toArray()
              .map((cell) => folded($(cell).text())),
          ),
        csvHref: figure.find('.mash-chart__links a[href*=".csv"]').attr('href') ?? null,
      };
    });
}
