import type { Outcome, Published, Rating, SampleGrade, ThresholdLevel } from '#domain';
import type { Difference } from '#store';
import type { JudgedPair } from '../samples/read-samples.ts';

/** For publication small numbers are hidden, and no referral is listed; the inspectorate gets everything. */
export type Audience = 'publication' | 'inspectorate';

/** What a pack is of. */
export interface PackOf {
  readonly id: string;
  readonly audience: Audience;
  /** The first day of the first month, a local date. */
  readonly firstMonth: string;
  /** The first day of the last month, which is included. */
  readonly lastMonth: string;
  readonly asOf: Temporal.Instant;
}

/** One group of a figure. Where small numbers are hidden, `c` stands in their place. */
export interface EvidenceLine {
  readonly group: string;
  readonly numerator: Published;
  readonly denominator: Published;
  readonly notYetDue: Published;
  /** A share in per cent or an amount; null of a duration, and of nothing. */
  readonly value: Published | null;
  /** In whole minutes; null when not reached, and of what is no duration. */
  readonly median: Published | null;
  readonly p90: Published | null;
  readonly workingMedian: Published | null;
  readonly workingP90: Published | null;
}

export interface EvidenceFigure {
  readonly measure: string;
  /** By rating; the last line is that of all. */
  readonly lines: readonly EvidenceLine[];
  /** What all came to when the month was frozen, where it has changed since. */
  readonly frozen: { readonly at: string; readonly numerator: number; readonly denominator: number } | null;
}

export interface EvidenceMonth {
  /** Its first day, a local date. */
  readonly month: string;
  readonly isComplete: boolean;
  /** As of when its figures are, RFC 3339. */
  readonly asOf: string;
  readonly figures: readonly EvidenceFigure[];
}

export interface FiguresPart {
  readonly timeZone: string;
  readonly minutesOfADay: number;
  readonly policyVersion: number;
  readonly calendarVersion: number;
  /** From which months on people had begun new baselines; missing in packs of before there were any. */
  readonly baselines?: readonly { readonly measure: string; readonly month: string }[];
  /** The months of the period; before them, for the charts of the inspectorate, those that show what is usual. */
  readonly months: readonly EvidenceMonth[];
  /** All months of the period together, by measure; null for publication: small numbers would follow from sums. */
  readonly whole: readonly EvidenceFigure[] | null;
}

/** An alert that no person answered within 15 minutes. Instants are RFC 3339. */
export interface EvidenceAlert {
  readonly reference: string | null;
  readonly kind: string;
  readonly rating: Rating;
  readonly firedAt: string;
  readonly reachedAt: string | null;
  readonly answeredAt: string | null;
}

export interface AlertsPart {
  /** Of each month of the period, by its first day. */
  readonly months: readonly { readonly month: string; readonly figures: readonly EvidenceFigure[] }[];
  readonly notAnswered: readonly EvidenceAlert[];
}

/** A referral in a list: no name, and nothing of the child. Instants are RFC 3339. */
export interface EvidenceReferral {
  readonly reference: string;
  readonly rating: Rating;
  readonly receivedAt: string;
  readonly dueAt: string;
  readonly statutoryDueAt: string;
  readonly decidedAt: string | null;
  readonly effectiveAt: string | null;
  /** Whole minutes over the first of its limits: elapsed for a red, working for others. */
  readonly minutesLate: number;
  readonly outcome: Outcome | null;
  readonly lateReason: string | null;
}

export interface ListsPart {
  readonly lateDecisions: readonly EvidenceReferral[];
  readonly loweredThenInTime: readonly EvidenceReferral[];
  /** Open and over a limit at the instant of the pack, whenever they were received. */
  readonly overdue: readonly EvidenceReferral[];
}

export interface EvidenceSample {
  /** Its first day, a local date. */
  readonly month: string;
  readonly drawn: Published;
  readonly read: Published;
  readonly dueAt: string;
  /** Null for publication while it is not read to the end. */
  readonly grades: Readonly<Record<SampleGrade, Published>> | null;
  /** Of readers who had not opened the referral since the decision; null for publication. */
  readonly levels: readonly JudgedPair<ThresholdLevel>[] | null;
  readonly outcomes: readonly JudgedPair<Outcome>[] | null;
}

export interface SamplesPart {
  readonly samples: readonly EvidenceSample[];
}

/** A second reckoning of the figures. Instants are RFC 3339. */
export interface EvidenceReckoning {
  readonly at: string;
  readonly asOf: string;
  readonly compared: number;
  readonly differences: number;
}

export interface RecomputationPart {
  readonly reckonings: readonly EvidenceReckoning[];
  /** Where the reckonings differ; empty for publication. */
  readonly differences: readonly (Difference & { readonly at: string })[];
  /** How many days of the period have ended, and how many of these are closed. */
  readonly days: number;
  readonly closed: number;
}

/** Whether the record, from which all figures come, is as it was written. Instants are RFC 3339. */
export interface RecordPart {
  /** The latest checkpoint as it was signed; null where none was made. */
  readonly checkpoint: { readonly at: string; readonly entries: number; readonly note: string } | null;
  /** The latest verification; null before the first. */
  readonly verification: {
    readonly at: string;
    readonly entries: number;
    readonly lastEntryAt: string | null;
    readonly checkpoints: number;
    readonly holds: boolean;
  } | null;
}

export interface Parts {
  readonly figures: FiguresPart;
  readonly alerts: AlertsPart;
  readonly lists: ListsPart;
  readonly samples: SamplesPart;
  readonly recomputation: RecomputationPart;
  readonly record: RecordPart;
}
export type PartName = keyof Parts;

/** The parts of a pack, in the order in which they are made. For publication there is no list. */
export const PARTS: Readonly<Record<Audience, readonly PartName[]>> = {
  inspectorate: ['figures', 'alerts', 'lists', 'samples', 'recomputation', 'record'],
  publication: ['figures', 'samples', 'recomputation', 'record'],
};

/** A whole pack: what is not for its audience is null. */
export type Evidence = Pick<Parts, 'figures' | 'samples' | 'recomputation'> & {
  readonly alerts: AlertsPart | null;
  readonly lists: ListsPart | null;
  /** Null in packs of before the record was chained. */
  readonly record: RecordPart | null;
};

/** How many lines of figures, lists, samples and reckonings a pack has: what the record says of it. */
export function linesIn({ figures, alerts, lists, samples, recomputation }: Evidence): number {
  const inFigures = (months: readonly { readonly figures: readonly EvidenceFigure[] }[]) =>
    months.flatMap((month) => month.figures).reduce((sum, { lines }) => sum + lines.length, 0);
  return (
    inFigures(figures.months) +
    inFigures(alerts?.months ?? []) +
    (alerts?.notAnswered.length ?? 0) +
    (lists === null ? 0 : lists.lateDecisions.length + lists.loweredThenInTime.length + lists.overdue.length) +
    samples.samples.length +
    recomputation.reckonings.length
  );
}
