import type { StaffActor } from '#access';
import type { ConcernType, Rating } from '#domain';
import { auditEntry, type Database, type ReferralStatus } from '#store';

/** Which part of the hub's work a person looks at. */
export const QUEUE_VIEWS = ['waiting', 'mine', 'sign-off', 'decided'] as const;
export type QueueView = (typeof QUEUE_VIEWS)[number];

/** One line of the queue. */
export interface QueueLine {
  readonly reference: string;
  readonly status: ReferralStatus;
  readonly rating: Rating;
  readonly immediateDanger: boolean;
  readonly agency: string;
  readonly types: readonly ConcernType[];
  /** The first child's name or description, as submitted. */
  readonly child: string;
  readonly otherChildren: number;
  readonly receivedAt: Temporal.Instant;
  readonly decisionDueAt: Temporal.Instant;
  readonly holder: string | null;
  /** When the decision took effect; null while there is none. */
  readonly effectiveAt: Temporal.Instant | null;
}

export interface Queue {
  readonly lines: readonly QueueLine[];
  readonly counts: Readonly<Record<QueueView, number>>;
  /** When the last referral of all came; null before the first. */
  readonly lastReceivedAt: Temporal.Instant | null;
  readonly now: Temporal.Instant;
}

/** As many lines as a page shows. */
export const LINES_SHOWN = 100;

const WHERE: Readonly<Record<QueueView, string>> = {
  waiting: `status = 'awaiting_decision'`,
  mine: `status <> 'decided' AND claimed_by = $1`,
  'sign-off': `status = 'awaiting_sign_off'`,
  decided: `status = 'decided'`,
};

/** In order of rating, then due time, then receipt; what is decided, the latest first. */
const ORDER: Readonly<Record<QueueView, string>> = {
  waiting: 'urgency, decision_due_at, received_at, id',
  mine: 'urgency, decision_due_at, received_at, id',
  'sign-off': 'urgency, decision_due_at, received_at, id',
  decided: 'last_changed_at DESC',
};

/** The triage queue. What people see of it is a query, never the state of a job queue. */
export class ReadQueue {
  constructor(private readonly database: Database) {}

  async execute({ view, by }: { view: QueueView; by: StaffActor }): Promise<Queue> {
    return this.database.transaction(async (tx) => {
      // One of the four views, from the table above: nothing that a person typed.
      const lines = await tx.rows<QueueLine>(
        `SELECT r.reference, r.status, r.rating, r.immediate_danger AS "immediateDanger", agency.name AS agency,
           r.submitted->'concern'->'types' AS types, child.name AS child, child.others AS "otherChildren",
           r.received_at AS "receivedAt", r.decision_due_at AS "decisionDueAt", holder.name AS holder,
           rt.effective_at AS "effectiveAt"
         FROM (SELECT * FROM referral WHERE ${WHERE[view]} AND $1::uuid IS NOT NULL
               ORDER BY ${ORDER[view]} LIMIT ${LINES_SHOWN}) r
         JOIN agency ON agency.id = r.agency_id
         JOIN LATERAL (
           SELECT coalesce(nullif(concat_ws(' ', c.submitted->>'firstName', c.submitted->>'lastName'), ''),
               c.submitted->>'description', '') AS name,
             (SELECT count(*)::int - 1 FROM referral_child WHERE referral_id = r.id) AS others
           FROM referral_child c WHERE c.referral_id = r.id AND c.position = 0) child ON true
         LEFT JOIN staff_member holder ON holder.id = r.claimed_by
         LEFT JOIN response_time rt ON rt.referral_id = r.id
         ORDER BY ${ORDER[view].replaceAll(/(\w+)( DESC)?(,|$)/g, 'r.$1$2$3')}`,
        [by.id],
      );
      const counts = await tx.row<Queue['counts'] & Pick<Queue, 'lastReceivedAt'>>(
        `SELECT count(*) FILTER (WHERE ${WHERE.waiting}) AS waiting, count(*) FILTER (WHERE ${WHERE.mine}) AS mine,
           count(*) FILTER (WHERE ${WHERE['sign-off']}) AS "sign-off",
           (SELECT count(*) FROM response_time) AS decided,
           (SELECT max(received_at) FROM referral) AS "lastReceivedAt"
         FROM referral WHERE status <> 'decided'`,
        [by.id],
      );
      await tx.insert(auditEntry(tx, by, 'queue.read', null, { view, lines: lines.length }));
      const { lastReceivedAt, ...rest } = counts!;
      return { lines, counts: rest, lastReceivedAt, now: tx.now };
    });
  }
}
