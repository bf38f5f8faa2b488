import { ALERT_MEASURES, MEASURES } from '#domain';
import type { EvidenceFigure, EvidenceReferral, ReadyPack } from '#oversight';
import { csvFile, dataFile } from '../../shell/answer/answer.ts';
import type { CsvCell, CsvFile } from '../../shell/answer/csv-file.ts';

type Rows = readonly (readonly CsvCell[])[];

/** Such as `evidence-inspectorate-2026-09-to-2026-10`. */
export function archiveName({ audience, firstMonth, lastMonth }: ReadyPack): string {
  return `evidence-${audience}-${firstMonth.slice(0, 7)}-to-${lastMonth.slice(0, 7)}`;
}

/** The files of a pack: what is in its document, and every line of its lists. */
export function filesOf(pack: ReadyPack): readonly CsvFile[] {
  const { figures, alerts, lists, recomputation } = pack.evidence;
  const ofMonths = figures.months.map(({ month, asOf, figures: ones }) => rowsOf(month, asOf, ones));
  const ofAlerts = (alerts?.months ?? []).map((one) => rowsOf(one.month, pack.asOf.toString(), one.figures));
  return [
    csvFile('about', ['what', 'value'], aboutRows(pack)),
    csvFile('definitions', DEFINITION_COLUMNS, definitionRows()),
    csvFile('figures', FIGURE_COLUMNS, [...ofMonths, ...ofAlerts].flat()),
    ...(lists === null
      ? []
      : [
          csvFile('late-decisions', REFERRAL_COLUMNS, lists.lateDecisions.map(referralRow)),
          csvFile('lowered-then-in-time', REFERRAL_COLUMNS, lists.loweredThenInTime.map(referralRow)),
          csvFile('overdue', REFERRAL_COLUMNS, lists.overdue.map(referralRow)),
        ]),
    ...(alerts === null
      ? []
      : [
          csvFile(
            'alerts-not-answered',
            ['reference', 'kind', 'rating', 'firedAt', 'reachedAt', 'answeredAt'],
            alerts.notAnswered.map((one) => [
              ...[one.reference, one.kind, one.rating, one.firedAt, one.reachedAt, one.answeredAt],
            ]),
          ),
        ]),
    ...sampleFiles(pack),
    csvFile(
      'recomputation',
      ['at', 'asOf', 'compared', 'differences'],
      recomputation.reckonings.map(({ at, asOf, compared, differences }) => [at, asOf, compared, differences]),
    ),
    ...recordFiles(pack),
    ...(pack.audience === 'publication'
      ? []
      : [
          csvFile(
            'recomputation-differences',
            ['at', 'measure', 'month', 'group', 'shown', 'recomputed'],
            recomputation.differences.map((one) => [
              ...[one.at, one.measure, one.month, one.group, one.shown.join(' '), one.recomputed.join(' ')],
            ]),
          ),
        ]),
  ];
}

/** The latest verification, and the latest checkpoint line by line as it was signed. */
function recordFiles({ evidence: { record } }: ReadyPack): readonly CsvFile[] {
  const { checkpoint, verification } = record ?? { checkpoint: null, verification: null };
  const verified =
    verification === null
      ? []
      : [
          [
            verification.at,
            verification.entries,
            verification.lastEntryAt,
            verification.checkpoints,
            verification.holds ? 'yes' : 'no',
          ],
        ];
  const columns = ['verifiedAt', 'entries', 'lastEntryAt', 'checkpoints', 'holds'];
  const lines = checkpoint === null ? [] : checkpoint.note.split('\n').map((line) => [line]);
  return [csvFile('record-verification', columns, verified), dataFile('record-checkpoint', ['line'], lines)];
}

function aboutRows({ audience, firstMonth, lastMonth, asOf, readyAt, askedBy, evidence }: ReadyPack): Rows {
  const { policyVersion, calendarVersion, timeZone } = evidence.figures;
  const { days, closed } = evidence.recomputation;
  return [
    ['audience', audience],
    ['firstMonth', firstMonth.slice(0, 7)],
    ['lastMonth', lastMonth.slice(0, 7)],
    ['asOf', asOf.toString()],
    ['readyAt', readyAt.toString()],
    ['askedBy', askedBy],
    ['timeZone', timeZone],
    ['policyVersion', policyVersion],
    ['calendarVersion', calendarVersion],
    ['daysOfPeriodEnded', days],
    ['daysOfPeriodClosed', closed],
  ];
}

const DEFINITION_COLUMNS = [
  ...['measure', 'title', 'cohort', 'numerator', 'denominator', 'clock', 'exclusions', 'unit', 'source'],
];

function definitionRows(): Rows {
  return [...MEASURES, ...ALERT_MEASURES].map((one) => [
    ...[one.id, one.title, one.cohort, one.numerator, one.denominator, one.clock, one.exclusions, one.unit, one.source],
  ]);
}

const FIGURE_COLUMNS = [
  ...['month', 'asOf', 'measure', 'group', 'numerator', 'denominator', 'notYetDue', 'value', 'median', 'p90'],
  ...['workingMedian', 'workingP90', 'frozenAt', 'frozenNumerator', 'frozenDenominator'],
];

/** A line for each group; the frozen figure stands in the line of all. */
function rowsOf(month: string, asOf: string, figures: readonly EvidenceFigure[]): Rows {
  return figures.flatMap(({ measure, lines, frozen }) =>
    lines.map((line) => {
      const was = line.group === 'all' ? frozen : null;
      return [
        ...[month.slice(0, 7), asOf, measure, line.group, line.numerator, line.denominator, line.notYetDue, line.value],
        ...[line.median, line.p90, line.workingMedian, line.workingP90],
        ...[was?.at ?? null, was?.numerator ?? null, was?.denominator ?? null],
      ];
    }),
  );
}

const REFERRAL_COLUMNS = [
  ...['reference', 'rating', 'receivedAt', 'dueAt', 'statutoryDueAt', 'decidedAt', 'effectiveAt', 'minutesLate'],
  ...['outcome', 'lateReason'],
];

function referralRow(one: EvidenceReferral): readonly CsvCell[] {
  return [
    ...[one.reference, one.rating, one.receivedAt, one.dueAt, one.statutoryDueAt, one.decidedAt, one.effectiveAt],
    ...[one.minutesLate, one.outcome, one.lateReason],
  ];
}

function sampleFiles({ evidence: { samples }, audience }: ReadyPack): readonly CsvFile[] {
  const rows = samples.samples.map(({ month, drawn, read, dueAt, grades }) => [
    ...[month.slice(0, 7), drawn, read, dueAt, grades?.outstanding ?? null, grades?.good ?? null],
    ...[grades?.requires_improvement ?? null, grades?.inadequate ?? null],
  ]);
  const columns = ['month', 'drawn', 'read', 'dueAt', 'outstanding', 'good', 'requiresImprovement', 'inadequate'];
  const file = csvFile('samples', columns, rows);
  if (audience === 'publication') return [file];
  const pairs = samples.samples.flatMap(({ month, levels, outcomes }) => [
    ...(levels ?? []).map((one) => [month.slice(0, 7), 'level', one.reader, one.decision, one.count]),
    ...(outcomes ?? []).map((one) => [month.slice(0, 7), 'outcome', one.reader, one.decision, one.count]),
  ]);
  return [file, csvFile('sample-agreement', ['month', 'of', 'reader', 'decision', 'count'], pairs)];
}
