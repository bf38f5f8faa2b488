import { Injectable } from '@nestjs/common';
import { may, type StaffActor } from '#access';
import { auditEntry } from '#audit';
import { isAtOrBefore, kaplanMeierQuantile, type Rating } from '#domain';
import { SUBMITTED_NAME } from '#referrals';
import { Database, sql, type Transaction } from '#store';

/** The discussions that were needed from an instant, and before another. */
export interface DiscussionPeriod {
  readonly from: Temporal.Instant;
  readonly to: Temporal.Instant;
}

/** How long the discussions of a period took. */
export interface DiscussionTimes {
  readonly held: number;
  /** Of those that were held. */
  readonly inTime: number;
  readonly notYetHeld: number;
  /** A manager said why these are not held. They count neither as held nor as waiting. */
  readonly notHeld: number;
  /**
   * The whole minutes from the decision within which half were held, where those that are not yet held count as waiting
   * for as long as they have waited; null where half is not reached.
   */
  readonly median: number | null;
}

/** A discussion that is not held yet. */
export interface WaitingDiscussion {
  readonly reference: string;
  readonly rating: Rating;
  readonly number: number;
  /** Null for a reader who does not work at the desk, or may not open the referral. */
  readonly child: string | null;
  readonly startedAt: Temporal.Instant;
  readonly dueAt: Temporal.Instant;
  /** Null where no person has called it. */
  readonly plannedFor: Temporal.Instant | null;
  readonly decidedBy: string;
}

/** How promptly strategy discussions are held, and which are not yet. */
export interface DiscussionStanding {
  readonly asOf: Temporal.Instant;
  readonly period: DiscussionTimes;
  /** Those of any time that are open, the one that has waited longest first. */
  readonly waiting: readonly WaitingDiscussion[];
}

/** Reads how promptly strategy discussions are held: for the overview and for its list. */
@Injectable()
export class ReadDiscussionTimes {
  constructor(private readonly database: Database) {}

  /**
   * @param period of which discussions the times are
   * @param asOf null, or an instant that is to come, for now
   * @param how a list is on the record; a number on a page that is on the record by itself is not
   */
  async execute(
    period: DiscussionPeriod,
    asOf: Temporal.Instant | null,
    by: StaffActor,
    how: 'list' | 'number' = 'list',
  ): Promise<DiscussionStanding> {
    return this.database.as(by).transaction(async (tx) => {
      const at = asOf !== null && isAtOrBefore(asOf, tx.now) ? asOf : tx.now;
      const isNamed = how === 'list' && may(by, 'queue:read');
      const waiting = await tx.overAll((all) => readWaiting(all, at));
      const children = isNamed ? await childrenOf(tx, waiting) : new Map<string, string>();
      if (how === 'list')
        await tx.insert(auditEntry(tx, 'discussions.read', null, { count: waiting.length, named: isNamed }));
      return {
        ...{ asOf: at, period: await tx.overAll((all) => readTimes(all, period, at)) },
        waiting: waiting.map((one) => ({ ...one, child: children.get(one.reference) ?? null })),
      };
    });
  }
}

/** The record of the discussion `d` as it was known at an instant. */
const recordAt = (at: Temporal.Instant) =>
  sql`LEFT JOIN discussion_record o ON o.discussion_id = d.id AND o.recorded_at <= ${at}`;

async function readTimes(
  tx: Transaction,
  { from, to }: DiscussionPeriod,
  at: Temporal.Instant,
): Promise<DiscussionTimes> {
  const found = await tx.rows<{
    state: 'held' | 'not_held' | 'waiting';
    minutes: number;
    inTime: boolean;
    count: number;
  }>(sql`
    SELECT CASE WHEN o.held_at IS NOT NULL THEN 'held' WHEN o.discussion_id IS NOT NULL THEN 'not_held' ELSE 'waiting' END
        AS state,
      greatest(0, floor(extract(epoch FROM coalesce(o.held_at, ${at}) - d.started_at) / 60))::int AS minutes,
      coalesce(o.held_at <= d.due_at, false) AS "inTime", count(*)::int AS count
    FROM strategy_discussion d ${recordAt(at)}
    WHERE d.withdrawn_at IS NULL AND d.started_at >= ${from} AND d.started_at < ${to} AND d.started_at <= ${at}
    GROUP BY 1, 2, 3`);
  const of = (state: string) => found.filter((one) => one.state === state);
  const sum = (some: typeof found) => some.reduce((all, { count }) => all + count, 0);
  const byMinutes = (some: typeof found) => {
    const counts = new Map<number, number>();
    for (const { minutes, count } of some) counts.set(minutes, (counts.get(minutes) ?? 0) + count);
    return counts;
  };
  return {
    held: sum(of('held')),
    inTime: sum(of('held').filter(({ inTime }) => inTime)),
    notYetHeld: sum(of('waiting')),
    notHeld: sum(of('not_held')),
    median: kaplanMeierQuantile(byMinutes(of('held')), byMinutes(of('waiting')), 0.5),
  };
}

function readWaiting(tx: Transaction, at: Temporal.Instant): Promise<readonly Omit<WaitingDiscussion, 'child'>[]> {
  return tx.rows<Omit<WaitingDiscussion, 'child'>>(sql`
    SELECT r.reference, r.rating, d.number, d.started_at AS "startedAt", d.due_at AS "dueAt", s.name AS "decidedBy",
      (SELECT planned_for FROM discussion_call WHERE discussion_id = d.id AND called_at <= ${at}
       ORDER BY called_at DESC, id DESC LIMIT 1) AS "plannedFor"
    FROM strategy_discussion d JOIN referral r ON r.id = d.referral_id
    JOIN decision e ON e.id = d.decision_id JOIN staff_member s ON s.id = e.decided_by ${recordAt(at)}
    WHERE d.withdrawn_at IS NULL AND d.started_at <= ${at} AND o.discussion_id IS NULL
    ORDER BY d.started_at, d.id`);
}

/** The first child of each referral that the person may open. */
async function childrenOf(
  tx: Transaction,
  waiting: readonly Pick<WaitingDiscussion, 'reference'>[],
): Promise<ReadonlyMap<string, string>> {
  const found = await tx.rows<{ reference: string; child: string }>(sql`
    SELECT r.reference, ${SUBMITTED_NAME} AS child
    FROM referral r JOIN referral_child who ON who.referral_id = r.id AND who.position = 0
    WHERE r.reference = ANY(${waiting.map(({ reference }) => reference)}::text[])`);
  return new Map(found.map(({ reference, child }) => [reference, child]));
}
