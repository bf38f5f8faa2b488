import { shareRatio } from '#domain';
import type { About, Chart } from '../../apps/console/src/shell/charts/chart.ts';
import { daysBetweenChart } from '../../apps/console/src/shell/charts/days-between-chart.ts';
import { funnelChart } from '../../apps/console/src/shell/charts/funnel-chart.ts';
import { heatTable } from '../../apps/console/src/shell/charts/heat-table.ts';
import { paretoChart } from '../../apps/console/src/shell/charts/pareto-chart.ts';
import { ratioChart } from '../../apps/console/src/shell/charts/ratio-chart.ts';
import { spreadChart } from '../../apps/console/src/shell/charts/spread-chart.ts';
import { stackedBars } from '../../apps/console/src/shell/charts/stacked-bars.ts';
import { stepsChart } from '../../apps/console/src/shell/charts/steps-chart.ts';
import { xmrChart } from '../../apps/console/src/shell/charts/xmr-chart.ts';

/** A name with all that a name should not do to a page. */
export const HOSTILE_NAME = `</text></svg><img src=x onerror=alert(1)>"'&{{7*7}} \u202Eevil נועה`;
const LONG_NAME = 'Llanfairpwllgwyngyllgogerychwyrndrobwll and District Multi-Academy Trust (Primary Phase)';

const referral = { one: 'referral', many: 'referrals' };
const about = (subject: string, unit = referral): About => ({
  subject,
  unit,
  period: 'November 2025 to November 2026',
  asOf: '5:42pm on Wednesday 25 November 2026',
  csvHref: '/oversight/figures/some.csv',
  definitionHref: '/oversight/definitions#some',
});

const months = (n: number) =>
  Array.from({ length: n }, (_, at) => Temporal.PlainDate.from('2025-11-01').add({ months: at }).toString());
const weeks = (n: number) =>
  Array.from({ length: n }, (_, at) => Temporal.PlainDate.from('2025-09-01').add({ weeks: at }).toString());

function xmrCharts(): [string, Chart][] {
  const share = (numerators: readonly number[], denominator: number, isLastComplete = false) =>
    xmrChart({
      about: about('Share of referrals decided within one working day, by month of receipt'),
      did: 'decided within one working day',
      every: 'month',
      points: months(numerators.length).map((from, at) => ({ from, numerator: numerators[at]!, denominator, notYetDue: at === numerators.length - 1 ? 3 : 0 })),
      isLastComplete,
      rebasedAt: [],
      aim: 0.95,
      better: 'more',
    }); // prettier-ignore
  const count = (counts: readonly number[]) =>
    xmrChart({
      about: about('Referrals received, by week'),
      did: 'received',
      every: 'week',
      points: weeks(counts.length).map((from, at) => ({ from, numerator: counts[at]!, denominator: null, notYetDue: 0 })),
      isLastComplete: true,
      rebasedAt: [weeks(31)[30]!],
      aim: null,
      better: null,
    }); // prettier-ignore
  return [
    ['xmr months', share([181, 184, 179, 186, 182, 185, 180, 183, 178, 168, 155, 173, 164], 195)],
    ['xmr one point', share([9], 10)],
    [
      'xmr all met',
      share(
        Array.from({ length: 13 }, () => 40),
        40,
      ),
    ],
    [
      'xmr none met',
      share(
        Array.from({ length: 13 }, () => 0),
        40,
      ),
    ],
    [
      'xmr nothing due',
      share(
        Array.from({ length: 13 }, () => 0),
        0,
      ),
    ],
    ['xmr weeks', count(Array.from({ length: 60 }, (_, at) => (at < 30 ? 12_000 : 15_400) + ((at * 7919) % 13) * 100))],
  ];
}

function spreadCharts(): [string, Chart][] {
  const spread = (rows: Parameters<typeof spreadChart>[0]['rows'], group = { one: 'rating', many: 'ratings' }, minutes = 1440) =>
    spreadChart({
      about: about('Time to decision by rating, of referrals received this month, open ones counted'),
      did: 'decided',
      group,
      day: { minutes, noun: minutes === 1440 ? { one: 'day', many: 'days' } : { one: 'working day', many: 'working days' } },
      rows,
    }); // prettier-ignore
  return [
    [
      'spread ratings',
      spread([
        { label: 'Red', count: 40, median: 72, p90: 201, limit: 240 },
        { label: 'Amber', count: 210, median: 390, p90: 700, limit: 510 },
        { label: 'Green', count: 180, median: 900, p90: 1480, limit: 1530 },
      ], undefined, 510),
    ],
    ['spread months', spread(months(13).map((from, at) => ({ label: Temporal.PlainDate.from(from).toLocaleString('en-GB', { month: 'long', year: 'numeric' }), count: at === 4 ? 0 : 90, median: at === 12 ? null : 60 + at * 20, p90: at > 9 ? null : 200 + at * 17, limit: 240 })), { one: 'month', many: 'months' })],
    ['spread agencies', spread([LONG_NAME, HOSTILE_NAME, 'Loomgate Surgery'].map((label, at) => ({ label, count: 5, median: 0, p90: 1_000_000 * at, limit: null })), { one: 'agency', many: 'agencies' })],
    ['spread none', spread([{ label: 'Red', count: 0, median: null, p90: null, limit: 240 }])],
  ]; // prettier-ignore
}

function barCharts(): [string, Chart][] {
  const bands = ['under 4 h', '4 to 24 h', '1 to 2 working days', '2 to 3 working days', '3 to 5 working days', 'over 5 working days'];
  const bars = (rows: readonly (readonly [string, readonly number[], number])[], oldest: string | null) =>
    stackedBars({
      about: about('Open referrals by age and rating'),
      group: { one: 'rating', many: 'ratings' },
      bands,
      rows: rows.map(([label, counts, lateFrom]) => ({ label, cells: counts.map((count, at) => ({ count, late: at >= lateFrom ? count : 0 })) })),
      oldest,
    });
  return [
    ['bars ratings', bars([['Red', [6, 1, 0, 0, 0, 0], 1], ['Amber', [12, 9, 5, 1, 0, 0], 2], ['Green', [9, 9, 15, 8, 2, 1], 4]], 'the oldest red is 4 h 41 old')],
    ['bars huge', bars([[LONG_NAME, [1_234_567, 1, 1, 1, 1, 1], 1], [HOSTILE_NAME, [0, 0, 0, 0, 0, 0], 0], ['Green', [1, 1, 1, 1, 1, 1], 6]], null)],
    ['bars none', bars([['Red', [0, 0, 0, 0, 0, 0], 1]], null)],
  ];
} // prettier-ignore

function flowCharts(): [string, Chart][] {
  const steps = (froms: readonly string[], every: 'month' | 'week', isLastComplete: boolean, size = 90) => {
    let open = size / 2;
    const points = froms.map((from, at) => {
      const [received, decided] = [size + ((at * 31) % 17), size + ((at * 29) % 16)];
      open += received - decided;
      return { from, received, decided, open };
    });
    return stepsChart({ about: about('Referrals received, decided and open'), every, points, isLastComplete });
  };
  const hours = (scale: number) => Array.from({ length: 24 }, (_, hour) => Array.from({ length: 7 }, (_, day) => Math.round(scale * (day < 5 ? 1 : 0.2) * (hour > 7 && hour < 19 ? 9 - Math.abs(13 - hour) : 1) * (day === 0 ? 1.6 : 1))));
  const heat = (scale: number) => heatTable({ about: about('Referrals received, by hour and weekday'), did: 'received', hours: hours(scale) });
  return [
    ['steps months', steps(months(13), 'month', false)],
    ['steps weeks', steps(weeks(60), 'week', true, 9000)],
    ['steps one', steps(months(1), 'month', true)],
    ['steps none', steps([], 'month', true)],
    ['heat', heat(1.3)],
    ['heat huge', heat(9_999)],
    ['heat none', heat(0)],
  ];
} // prettier-ignore

function funnelCharts(): [string, Chart][] {
  const funnel = (groups: readonly (readonly [string, number, number])[]) =>
    funnelChart({
      about: about('Share of referrals decided within one working day, by agency'),
      group: { one: 'agency', many: 'agencies' },
      did: 'decided within one working day',
      groups: groups.map(([label, numerator, denominator]) => ({ label, numerator, denominator })),
    });
  const forty = Array.from({ length: 40 }, (_, at): [string, number, number] => {
    const denominator = 4 + ((at * at * 7) % 300);
    const share = at % 13 === 0 ? 0.5 : 0.86 + ((at * 37) % 11) / 100 - 0.05;
    return [at === 0 ? LONG_NAME : at === 13 ? HOSTILE_NAME : `Agency ${at}`, Math.round(denominator * share), denominator];
  });
  return [
    ['funnel forty', funnel(forty)],
    ['funnel all outside', funnel(forty.map(([label, , n], at) => [label, at % 2 === 0 ? n : 0, n]))],
    ['funnel one', funnel([['Loomgate Surgery', 3, 4]])],
    ['funnel all in time', funnel([['Loomgate Surgery', 4, 4], ['Police', 400_000, 400_000], ['None', 0, 0]])],
    ['funnel none', funnel([['Loomgate Surgery', 0, 0]])],
  ];
} // prettier-ignore

function otherCharts(): [string, Chart][] {
  const contact = { one: 'repeat contact', many: 'repeat contacts' };
  const families = (counts: readonly number[]) => paretoChart({ about: about('Repeat contacts by family', contact), part: { one: 'family', many: 'families' }, counts });
  const ratios = (rows: readonly (readonly [string, number, number])[]) =>
    ratioChart({
      about: about('Referrals for each 10,000 children, by ethnic group', { one: 'child', many: 'children' }),
      group: { one: 'group', many: 'groups' },
      of: 'referrals for each 10,000 children',
      comparedWith: 'all other children',
      rows: rows.map(([label, count, aged]) => ({ label, count, ratio: shareRatio({ numerator: count, denominator: aged }, { numerator: 900, denominator: 40_000 }) })),
    });
  const days = (dates: readonly string[]) => daysBetweenChart({ about: about('Days between reds that were late'), event: 'a red was late', days: dates, on: '2026-11-25' });
  return [
    ['pareto', families([...Array.from({ length: 9 }, (_, at) => 30 - at), ...Array.from({ length: 100 }, (_, at) => 1 + (at % 4))])],
    ['pareto one', families([3])],
    ['pareto none', families([])],
    ['ratios', ratios([['Asian or Asian British', 120, 8000], ['Black, Black British, Caribbean or African', 95, 2500], ['Mixed or multiple ethnic groups', 60, 2600], ['Other ethnic group', 3, 100], ['Not recorded', 0, 500]])],
    ['ratios long', ratios([[LONG_NAME, 1, 9_000_000], [HOSTILE_NAME, 10_000_000, 12_000_000]])],
    ['ratios none', ratios([])],
    ['days between', days(['2025-11-20', '2025-12-24', '2026-01-02', '2026-01-02', '2026-03-30', '2026-06-01', '2026-10-15'])],
    ['days between one', days(['2026-11-25'])],
    ['days between none', days([])],
  ];
} // prettier-ignore

/** Every chart, with usual figures and with those that are hard to draw, by name. */
export const sampleCharts = (): [string, Chart][] => [
  ...xmrCharts(),
  ...spreadCharts(),
  ...barCharts(),
  ...flowCharts(),
  ...funnelCharts(),
  ...otherCharts(),
];
