import { ALERT_MEASURES, instantInWords, MEASURES, RATINGS, type Measure } from '#domain';
import type { EvidenceFigure, EvidenceReferral, ReadyPack } from '#oversight';
import type { ClockDay } from '../../shell/charts/in-words.ts';
import { agreementOf } from '../../shell/oversight/agreement.ts';
import { workingDay } from '../../shell/oversight/nouns.ts';
import { revisedInWords } from '../../shell/oversight/revisions.ts';
import { codeInWords, dayAndTime, monthInWords } from '../../shell/words/words.ts';
import { presentDefinitions } from '../oversight-definitions/definitions.presenter.ts';
import { chartsOf } from './document-charts.ts';
import { AUDIENCES, nameOf } from './evidence.presenter.ts';
import { recordInWords } from './record-words.ts';
import { figureInWords, latenessInWords, shown, SIGNS } from './published-words.ts';

/** So many lines of a list are in the document; the archive has them all. */
const LISTED = 500;

type AnyMeasure = Pick<Measure, 'id' | 'title' | 'kind'>;
interface Months {
  readonly month: string;
  readonly figures: readonly EvidenceFigure[];
}

/** How the document says an instant, and how long a working day is. */
interface Say {
  readonly when: (at: string | null) => string;
  readonly day: ClockDay;
}

/** A ready pack as one document. */
export function presentDocument(pack: ReadyPack, now: Temporal.Instant, zone: string) {
  const { evidence, audience, asOf, firstMonth, askedBy, readyAt } = pack;
  const { figures, alerts, lists, samples, recomputation } = evidence;
  const when = (at: string | null) => (at === null ? '' : instantInWords(Temporal.Instant.from(at), zone));
  const months = figures.months.filter(({ month }) => month >= firstMonth);
  const day = workingDay(figures.minutesOfADay);
  const say = { when, day };
  const isPublic = audience === 'publication';
  return {
    heading: `Evidence of ${nameOf(pack)}`,
    audience: AUDIENCES[audience],
    isPublic,
    asOf: instantInWords(asOf, zone),
    versions: `Policy ${figures.policyVersion}, calendar ${figures.calendarVersion}.`,
    made: `Asked for by ${askedBy}, ready at ${instantInWords(readyAt, zone)}, kept until ${dayAndTime(readyAt.add({ hours: 24 }), now, zone)}.`,
    archive: `/oversight/evidence/${pack.id}.zip`,
    signs: SIGNS,
    figures: [
      ...tablesOf(MEASURES, months, figures.whole, say),
      ...(alerts === null ? [] : tablesOf(ALERT_MEASURES, alerts.months, null, say)),
    ],
    charts: chartsOf(pack),
    lists:
      lists === null
        ? []
        : [
            referralList('Late decisions', lists.lateDecisions, say),
            referralList('In time only because the rating was lowered', lists.loweredThenInTime, say),
            referralList(`Overdue at ${instantInWords(asOf, zone)}, whenever received`, lists.overdue, say),
          ],
    alerts:
      alerts === null
        ? null
        : {
            rows: alerts.notAnswered.slice(0, LISTED).map((one) => ({
              reference: one.reference ?? 'The service itself',
              cells: [codeInWords(one.kind), codeInWords(one.rating), when(one.firedAt), when(one.answeredAt)],
            })),
            count: alerts.notAnswered.length,
            more: Math.max(0, alerts.notAnswered.length - LISTED),
          },
    samples: samples.samples.map((sample) => ({
      month: monthInWords(sample.month),
      read: `${shown(sample.read)} of ${shown(sample.drawn)}`,
      grades:
        sample.grades === null
          ? 'Given when all are read'
          : Object.entries(sample.grades)
              .map(([grade, count]) => `${codeInWords(grade)}: ${shown(count)}`)
              .join(', '),
      agreement: agreementOf(sample),
    })),
    proof: proofOf(recomputation, when),
    record: recordInWords(evidence.record, when),
    definitions: presentDefinitions().measures,
  };
}

/** A table of each measure: a row a month, a column a rating, and all. */
function tablesOf(
  measures: readonly AnyMeasure[],
  months: readonly Months[],
  whole: readonly EvidenceFigure[] | null,
  { when, day }: Say,
) {
  return measures.flatMap(({ id, title, kind }) => {
    const rowOf = (label: string, figure: EvidenceFigure | undefined) =>
      figure === undefined ? [] : [[label, ...[...RATINGS, 'all'].map((group) => cellOf(kind, figure, group, day))]];
    const found = months.map((one) => ({ ...one, figure: one.figures.find(({ measure }) => measure === id) }));
    const rows = found.flatMap(({ month, figure }) => rowOf(monthInWords(month), figure));
    if (rows.length === 0) return [];
    const together =
      months.length > 1
        ? rowOf(
            'All months',
            whole?.find(({ measure }) => measure === id),
          )
        : [];
    const revised = found.flatMap(({ month, figure }) =>
      figure?.frozen ? [revisedInWords(month, figure.frozen, when(figure.frozen.at))] : [],
    );
    return [{ id, title, rows: [...rows, ...together], revised }];
  });
}

function cellOf(kind: Measure['kind'], { lines }: EvidenceFigure, group: string, day: ClockDay): string {
  const line = lines.find((one) => one.group === group);
  return line === undefined ? 'None' : figureInWords(kind, line, day);
}

function referralList(title: string, referrals: readonly EvidenceReferral[], { when, day }: Say) {
  return {
    title,
    count: referrals.length,
    more: Math.max(0, referrals.length - LISTED),
    rows: referrals.slice(0, LISTED).map((one) => ({
      reference: one.reference,
      cells: [
        codeInWords(one.rating),
        when(one.receivedAt),
        when(one.dueAt < one.statutoryDueAt ? one.dueAt : one.statutoryDueAt),
        one.effectiveAt === null ? 'Open' : when(one.effectiveAt),
        one.minutesLate === 0 ? '' : latenessInWords(one.rating, one.minutesLate, day),
        one.effectiveAt === null ? '' : one.lateReason === null ? 'Not recorded' : codeInWords(one.lateReason),
      ],
    })),
  };
}

function proofOf(
  { reckonings, differences, days, closed }: ReadyPack['evidence']['recomputation'],
  when: (at: string) => string,
) {
  const sum = (of: 'compared' | 'differences') => reckonings.reduce((total, one) => total + one[of], 0);
  const last = reckonings.at(-1);
  return {
    days: `${closed} of ${days} days of the period are closed.`,
    sentence:
      last === undefined
        ? 'The figures were not worked out a second time yet: that happens each night.'
        : `The figures were worked out a second time, from the record by another way, ${reckonings.length === 1 ? 'once' : `${reckonings.length} times`}: ${sum('compared')} comparisons, ${sum('differences')} differences. The last was at ${when(last.at)}: ${last.compared} figures, ${last.differences} differences.`,
    isWrong: (last?.differences ?? 0) > 0,
    rows: reckonings.map((one) => [when(one.at), String(one.compared), String(one.differences)]),
    differences: differences.map((one) => [
      when(one.at),
      ...[one.measure, monthInWords(one.month), one.group],
      ...[one.shown, one.recomputed].map((numbers) => numbers.map((number) => number ?? 'none').join(', ')),
    ]),
  };
}
