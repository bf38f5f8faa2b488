import { isHiddenFrom } from '#access';
import type { Outcome, Rating, ThresholdLevel } from '#domain';
import { sql, type Sql, type Transaction } from '#store';
import { decidedReferrals, isMeant, type DecidedFilters } from './decided-filters.ts';
import { comesAfter, orderBy, type DecidedOrder, type DecidedSort, type PageEnd } from './decided-order.ts';

/** A decided referral, with the decision that is in force. */
export interface DecidedLine {
  readonly reference: string;
  readonly rating: Rating;
  readonly agency: string;
  readonly outcome: Outcome;
  readonly thresholdLevel: ThresholdLevel;
  readonly decider: string;
  readonly receivedAt: Temporal.Instant;
  /** When the decision took effect. */
  readonly effectiveAt: Temporal.Instant;
  readonly dueAt: Temporal.Instant;
  readonly statutoryDueAt: Temporal.Instant;
  readonly elapsedMinutes: number;
  readonly workingMinutes: number;
  /** By the hub's own target. */
  readonly onTime: boolean;
  readonly withinStatutoryLimit: boolean;
  /** Whether the decision was made after a limit, and not only signed off after it. */
  readonly wasDecidedLate: boolean;
  /** A code of the policy’s list; null where no reason is recorded. */
  readonly lateReason: string | null;
}

/** What orders sort by and the line does not say. */
interface Keys {
  readonly id: string;
  readonly urgency: number;
  readonly agencyId: string;
  readonly deciderId: string;
}

export interface LinesCommand {
  readonly filters: DecidedFilters;
  readonly order: DecidedOrder;
  /** Where the page before ended; null for the first. */
  readonly after: PageEnd | null;
  readonly timeZone: string;
  readonly atMost: number;
  /** Decisions that took effect later are left out. */
  readonly until: Temporal.Instant;
}

/** So many decided referrals of an order, and where they end when there are more. */
export async function readLines(
  tx: Transaction,
  { filters, order, after, timeZone, atMost, until }: LinesCommand,
): Promise<{ readonly lines: readonly DecidedLine[]; readonly next: PageEnd | null }> {
  const rows = await tx.rows<DecidedLine & Keys>(sql`
    SELECT r.reference, r.rating, agency.name AS agency, d.outcome, d.threshold_level AS "thresholdLevel",
      decider.name AS decider, t.received_at AS "receivedAt", t.effective_at AS "effectiveAt", t.due_at AS "dueAt",
      t.statutory_due_at AS "statutoryDueAt", t.elapsed_minutes AS "elapsedMinutes",
      t.working_minutes AS "workingMinutes", t.on_time AS "onTime",
      t.within_statutory_limit AS "withinStatutoryLimit",
      d.decided_at > least(t.due_at, t.statutory_due_at) AS "wasDecidedLate", d.late_reason AS "lateReason",
      t.id, r.urgency, r.agency_id AS "agencyId", d.decided_by AS "deciderId"
    FROM response_time t JOIN referral r ON r.response_time_id = t.id
    JOIN decision d ON d.id = t.decision_id
    JOIN agency ON agency.id = r.agency_id
    JOIN staff_member decider ON decider.id = d.decided_by
    WHERE ${isMeant(filters, timeZone)} AND t.effective_at <= ${until} AND ${isShown(tx)}
      AND ${after === null ? EVERY : comesAfter(order, after)}
    ORDER BY ${orderBy(order)} LIMIT ${atMost + 1}`);
  const lines = rows.slice(0, atMost);
  return { lines, next: rows.length > atMost ? endOf(order.sort, rows[atMost - 1]!) : null };
}

const EVERY: Sql = sql`TRUE`;

/** Lists and files leave out a restricted record that the reader may not open. Figures count it. */
function isShown({ actor }: Transaction): Sql {
  return actor.kind === 'staff' ? sql`NOT ${isHiddenFrom(actor.id)}` : EVERY;
}

function endOf(sort: DecidedSort, line: DecidedLine & Keys): PageEnd {
  const key = {
    decided: line.effectiveAt,
    received: line.receivedAt,
    took: line.elapsedMinutes,
    rating: line.urgency,
    agency: line.agencyId,
    outcome: line.outcome,
    decider: line.deciderId,
  }[sort];
  return { key: String(key), id: line.id };
}

/** How many decided referrals there are. */
export async function countLines(
  tx: Transaction,
  { filters, timeZone, atMost, until }: Pick<LinesCommand, 'filters' | 'timeZone' | 'atMost' | 'until'>,
): Promise<number> {
  const counted = await tx.row<{ n: number }>(sql`
    SELECT count(*) AS n FROM (SELECT 1 FROM ${decidedReferrals(filters)}
      WHERE ${isMeant(filters, timeZone)} AND t.effective_at <= ${until} AND ${isShown(tx)} LIMIT ${atMost}) counted`);
  return counted!.n;
}
