import { Injectable } from '@nestjs/common';
import { isHiddenFrom, restrictionShown, type RestrictionShown, type StaffActor } from '#access';
import { auditEntry } from '#audit';
import type { ConcernType, Outcome, Rating } from '#domain';
import { SUBMITTED_NAME } from '#referrals';
import { Database, sql, type ReferralStatus, type Transaction } from '#store';
import { foldCells, type Folded } from './fold-cells.ts';
import { FIRST_DUE, IN_VIEW, passes, type Looks } from './queue-conditions.ts';
import type { QueueCells } from './queue-cells.ts';
import { QueueCounts } from './queue-counts.ts';
import { AFTER, ORDER_BY, writePageEnd, type PageEnd, type QueueOrder } from './queue-order.ts';
import type { QueueFilters, QueueView } from './queue-view.ts';

export interface ReadQueueCommand {
  readonly view: QueueView;
  readonly filters: QueueFilters;
  readonly order: QueueOrder;
  /** Where the page before ended; null for the first. */
  readonly after: PageEnd | null;
  /** Where the hub is, for the end of today. */
  readonly timeZone: string;
  readonly by: StaffActor;
}

/** One line of the queue. */
export interface QueueLine {
  readonly reference: string;
  readonly status: ReferralStatus;
  readonly rating: Rating;
  readonly immediateDanger: boolean;
  readonly agency: string;
  readonly types: readonly ConcernType[];
  /** Null where it is not restricted. Of one that is hidden no list says the child, the concern or the agency. */
  readonly restriction: RestrictionShown | null;
  /** The first child's name or description, as submitted; null where it is hidden. */
  readonly child: string | null;
  /** Date of birth or expected date of birth, and the estimated age in years, as submitted. */
  readonly dateOfBirth: string | null;
  readonly expectedDateOfBirth: string | null;
  readonly estimatedAge: number | null;
  readonly otherChildren: number;
  /** How many earlier referrals of the same children are linked to it. */
  readonly knownBefore: number;
  readonly receivedAt: Temporal.Instant;
  readonly decisionDueAt: Temporal.Instant;
  readonly statutoryDueAt: Temporal.Instant;
  /** By when a person has to take it; null when that does not run. */
  readonly claimDueAt: Temporal.Instant | null;
  readonly holder: string | null;
  /** When a person first confirmed or changed its rating; null while it is only suggested. */
  readonly firstRatedAt: Temporal.Instant | null;
  /** A manager has returned the decision: it is to be made again. */
  readonly isReturned: boolean;
  /** A sample found that the decision may leave a child unsafe: it is to be made again. */
  readonly isReopened: boolean;
  /** A challenge to it is not settled. */
  readonly isChallenged: boolean;
  /** When the decision took effect; null while there is none. */
  readonly effectiveAt: Temporal.Instant | null;
  /** What was decided, and by whom; null while there is no decision in effect. */
  readonly outcome: Outcome | null;
  readonly decidedBy: string | null;
}

export interface Queue {
  readonly lines: readonly QueueLine[];
  /** How many there are under the filters; null when they are not counted, because there are too many. */
  readonly found: number | null;
  /** Where this page ends, when there is more. */
  readonly next: string | null;
  readonly counts: Folded['counts'];
  /** The choices of each filter; empty where they are not counted. */
  readonly choices: Folded['choices'];
  /** When the last referral of all came; null before the first. */
  readonly lastReceivedAt: Temporal.Instant | null;
  readonly now: Temporal.Instant;
}

/** As many lines as a page shows. */
export const LINES_SHOWN = 50;

const NO_CHOICES: Queue['choices'] = { rating: [], concern: [], agency: [], holder: [], due: [] };

/** The triage queue. The queue that people see is a query, never the state of a job queue. */
@Injectable()
export class ReadQueue {
  /** @param shared the counts of the process; its own where there is no process */
  constructor(
    private readonly database: Database,
    private readonly shared: QueueCounts = new QueueCounts(database),
  ) {}

  async execute(command: ReadQueueCommand): Promise<Queue> {
    const { view, filters, by } = command;
    return this.database.as(by).transaction(async (tx) => {
      const looks = looksOf(tx, command);
      const { lines, next } = await readPage(tx, command, looks);
      const cells = await this.shared.at(tx, looks);
      const isCounted = view !== 'decided';
      const { counts, found, choices } = foldCells(cells, isCounted ? view : 'waiting', filters, {
        staffId: by.id,
        hidden: await hiddenAmong(tx, cells, by),
      });
      await tx.insert(auditEntry(tx, 'queue.read', null, { view, lines: lines.length }));
      const { lastReceivedAt } = cells;
      const counted = isCounted ? { found, choices } : { found: null, choices: NO_CHOICES };
      return { lines, next, ...counted, counts, lastReceivedAt, now: tx.now };
    });
  }
}

/** The restricted referrals among those counted that the person may not open. */
async function hiddenAmong(tx: Transaction, { cells }: QueueCells, by: StaffActor): Promise<ReadonlySet<string>> {
  const restricted = cells.flatMap(({ restrictedId }) => restrictedId ?? []);
  if (restricted.length === 0) return new Set();
  const hidden = await tx.rows<{ id: string }>(sql`
    SELECT r.id FROM referral r WHERE r.id = ANY(${restricted}) AND ${isHiddenFrom(by.id)}`);
  return new Set(hidden.map(({ id }) => id));
}

/** How the person of a command looks at the queue at the instant of a transaction. */
export function looksOf(
  { now }: Transaction,
  { filters, timeZone, by }: Pick<ReadQueueCommand, 'filters' | 'timeZone' | 'by'>,
): Looks {
  const tomorrow = now.toZonedDateTimeISO(timeZone).add({ days: 1 }).startOfDay().toInstant();
  return { filters, staffId: by.id, now, tomorrow };
}

/** A line with where the page would end after it. */
type Row = QueueLine & Parameters<typeof writePageEnd>[1];

/** One page of a view in an order, and where the next begins. */
export async function readPage(
  tx: Transaction,
  { view, order, after }: Pick<ReadQueueCommand, 'view' | 'order' | 'after'>,
  looks: Looks,
): Promise<Pick<Queue, 'lines' | 'next'>> {
  const statement = sql`SELECT r.reference, r.status, r.rating, r.immediate_danger AS "immediateDanger",
      ${restrictionShown(looks.staffId)} AS restriction, agency.name AS agency,
      r.concern_types AS types, child.*,
      r.received_at AS "receivedAt", r.decision_due_at AS "decisionDueAt", r.statutory_due_at AS "statutoryDueAt",
      r.first_rated_at AS "firstRatedAt", r.status = 'awaiting_decision' AND EXISTS (
        SELECT 1 FROM decision d JOIN sign_off s ON s.decision_id = d.id
        WHERE d.referral_id = r.id AND s.result = 'returned') AS "isReturned",
      r.status = 'awaiting_decision' AND EXISTS (
        SELECT 1 FROM sample_item i JOIN sample_grade g ON g.item_id = i.id
        WHERE i.referral_id = r.id AND g.has_reopened
          AND g.graded_at > (SELECT max(decided_at) FROM decision WHERE referral_id = r.id)) AS "isReopened",
      EXISTS (SELECT 1 FROM challenge c WHERE c.referral_id = r.id AND NOT EXISTS (
        SELECT 1 FROM challenge_answer a JOIN challenge_reply y ON y.answer_id = a.id
        WHERE a.challenge_id = c.id AND y.result = 'accepted')) AS "isChallenged",
      (SELECT count(*)::int FROM earlier_referral WHERE referral_id = r.id) AS "knownBefore",
      claim.due_at AS "claimDueAt", holder.name AS holder, rt.effective_at AS "effectiveAt", decision.outcome,
      decider.name AS "decidedBy",
      r.urgency, r.decision_due_at, ${FIRST_DUE} AS first_due_at, r.received_at, r.last_changed_at, r.id
    FROM (SELECT id, reference, status, rating, urgency, immediate_danger, agency_id, concern_types, received_at,
            decision_due_at, statutory_due_at, first_rated_at, claimed_by, response_time_id, last_changed_at
          FROM referral r WHERE ${IN_VIEW[view](looks.staffId)} AND ${passes(looks)}
            AND ${after === null ? sql`TRUE` : AFTER[order](after)}
          ORDER BY ${ORDER_BY[order]} LIMIT ${LINES_SHOWN + 1}) r
    JOIN agency ON agency.id = r.agency_id
    LEFT JOIN LATERAL (
      SELECT ${SUBMITTED_NAME} AS child,
        who.submitted->>'dateOfBirth' AS "dateOfBirth",
        who.submitted->>'expectedDateOfBirth' AS "expectedDateOfBirth",
        (who.submitted->>'estimatedAge')::int AS "estimatedAge",
        (SELECT count(*)::int - 1 FROM referral_child WHERE referral_id = r.id) AS "otherChildren"
      FROM referral_child who WHERE who.referral_id = r.id AND who.position = 0) child ON true
    LEFT JOIN deadline claim ON claim.referral_id = r.id AND claim.kind = 'claim' AND claim.state = 'open'
    LEFT JOIN staff_member holder ON holder.id = r.claimed_by
    LEFT JOIN response_time rt ON rt.id = r.response_time_id
    LEFT JOIN decision ON decision.id = rt.decision_id
    LEFT JOIN staff_member decider ON decider.id = decision.decided_by
    ORDER BY ${ORDER_BY[order]}`;
  // Nearly every look asks for the first page without a filter. Each combination of filters has a text of its own.
  const isUsual = after === null && Object.values(looks.filters).every((value) => value === null);
  const rows = await (isUsual ? tx.prepared<Row>(statement) : tx.rows<Row>(statement));
  const lines = rows.slice(0, LINES_SHOWN).map(masked);
  return { lines, next: rows.length > LINES_SHOWN ? writePageEnd(order, lines.at(-1)!) : null };
}

/** A hidden line says that there is work, how urgent it is and who does it, and nothing of the child. */
function masked(row: Row): Row {
  return row.restriction === 'hidden' ? { ...row, agency: '', types: [], knownBefore: 0, outcome: null } : row;
}
