import { max, sum } from 'd3-array';
import { scaleQuantize } from 'd3-scale';
import { chartOf, emptyChart, number, type About, type Chart } from './chart.ts';
import { counted, ofNoun, percent } from './in-words.ts';

export interface HeatTableData {
  readonly about: About;
  /** What happened, such as `received`. */
  readonly did: string;
  /** A row for each local hour, 0 to 23, with a count for each weekday from Monday. */
  readonly hours: readonly (readonly number[])[];
}

const DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
/** A shade is only added to its number: the lightest is no shade. */
const SHADES = ['0', '1', '2', '3', '4'];

/**
 * How many came in which hour of which weekday. The drawing is a table itself, with its numbers in the cells, so it is
 * the figures of its chart as well.
 */
export function heatTable(data: HeatTableData): Chart {
  const { about, did, hours } = data;
  const columns = ['Hour', ...DAYS.map(number), number('All days')];
  const rows = hours.map((counts, hour) => [hourInWords(hour), ...counts.map(counted), counted(sum(counts))]);
  const all = sum(hours, (counts) => sum(counts));
  if (all === 0) return emptyChart(about, columns);
  const most = max(hours, (counts) => max(counts)) ?? 0;
  const busiest = hours.flatMap((counts, hour) =>
    counts.flatMap((count, day) => (count === most ? [{ hour, day }] : [])),
  );
  const [first] = busiest;
  const headline =
    busiest.length === 1
      ? `The busiest hour is ${hourInWords(first!.hour)} on a ${DAYS[first!.day]!}`
      : `${counted(busiest.length)} hours of the week are equally busy`;
  const byDay = DAYS.map((_, day) => sum(hours, (counts) => counts[day]!));
  const busiestDay = byDay.indexOf(Math.max(...byDay));
  const byHour = hours.map((counts) => sum(counts));
  const dayHours = sum(byHour.slice(9, 17));
  const says = [
    `${ofNoun(most, about.unit)} ${did} in ${busiest.length === 1 ? 'the busiest hour' : 'each of the busiest hours'}, of ${counted(all)}.`,
    `${DAYS[busiestDay]!} has ${percent(byDay[busiestDay]! / all)} of the week; the hours from 9am to 5pm have ${percent(dayHours / all)} of the day.`,
    'The darker an hour, the more; a frame marks the busiest.',
  ].join(' ');
  return chartOf(about, { headline, says, svg: markup(headline, hours, most), table: { columns, rows } });
}

function markup(headline: string, hours: HeatTableData['hours'], most: number): string {
  const shade = scaleQuantize([0, most], SHADES);
  const head = DAYS.map((day) => `<th scope="col"><abbr title="${day}">${day.slice(0, 3)}</abbr></th>`).join('');
  const body = hours.map((counts, hour) => {
    const cells = counts.map((count) => `<td class="heat-${shade(count)}">${counted(count)}</td>`).join('');
    return `<tr><th scope="row">${hourInWords(hour)}</th>${cells}</tr>`;
  });
  return `<div class="mash-table-scroll" tabindex="0" role="region" aria-label="Hours and weekdays"><table class="mash-heat"><caption class="govuk-visually-hidden">${headline}</caption><thead><tr><th scope="col">Hour</th>${head}</tr></thead><tbody>${body.join('')}</tbody></table></div>`;
}

/** The hour that begins then, such as `9am`. */
function hourInWords(hour: number): string {
  if (hour === 0) return 'midnight';
  if (hour === 12) return 'midday';
  return `${hour % 12}${hour < 12 ? 'am' : 'pm'}`;
}
