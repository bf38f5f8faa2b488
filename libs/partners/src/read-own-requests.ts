import { Injectable } from '@nestjs/common';
import { agencyOf, mustNotBeHidden, ownAgency, type AccessActor } from '#access';
import { auditEntry } from '#audit';
import { isUuid } from '#platform';
import { Database, sql, type Transaction } from '#store';
import { requestNotFound } from './request-not-found.ts';
import { requestsWhere, type InformationRequestView } from './read-requests.ts';

/** How promptly an agency answered the requests of the last twelve months. */
export interface AnswersOfAgency {
  readonly asked: number;
  readonly answered: number;
  readonly inTime: number;
  readonly late: number;
  /** Open, and past their due time. */
  readonly overdue: number;
  /** Open, and not yet due. */
  readonly awaited: number;
  /** Not answered when the hub decided. */
  readonly decidedWithout: number;
  readonly withdrawn: number;
  /** Elapsed minutes from sending to the first answer; null where there is none. */
  readonly medianMinutes: number | null;
}

/** The requests to one agency. */
export interface RequestsOfAgency {
  /**
   * Not answered and not withdrawn, those that are due first at the top: of more than 200 those that were asked first. One
   * of a referral that is decided goes after 30 days: no person waits for it.
   */
  readonly open: readonly InformationRequestView[];
  /** Answered or withdrawn in the last 30 days, those that were asked last at the top: 200 at most. */
  readonly settled: readonly InformationRequestView[];
}

/** The same with its name, and how promptly it answered. */
export interface OwnRequests extends RequestsOfAgency {
  readonly agency: string;
  readonly answers: AnswersOfAgency;
  readonly now: Temporal.Instant;
}

/** As many of each kind as a person or a program reads at once. */
const MOST = 200;
const SETTLED_AT = sql`coalesce(q.withdrawn_at, (SELECT min(answered_at) FROM information_answer WHERE request_id = q.id))`;
const IS_OPEN = sql`q.withdrawn_at IS NULL AND NOT EXISTS (SELECT 1 FROM information_answer WHERE request_id = q.id)`;

/** The requests to one's own agency, and no others. */
@Injectable()
export class ReadOwnRequests {
  constructor(private readonly database: Database) {}

  /** For a program, which asks again and again: without figures. @throws Refused `not-found` for a person of no agency */
  async list(by: AccessActor): Promise<RequestsOfAgency> {
    const agencyId = ownAgency(by);
    return this.database.as(by).transaction((tx) => readRequests(tx, agencyId));
  }

  /** @throws Refused `not-found` for a person of no agency */
  async execute(by: AccessActor): Promise<OwnRequests> {
    const agencyId = ownAgency(by);
    return this.database.as(by).transaction(async (tx) => {
      const agency = await tx.row<{ name: string }>(sql`SELECT name FROM agency WHERE id = ${agencyId}`);
      const answers = await tx.row<AnswersOfAgency>(answersOf(agencyId, tx.now.subtract({ hours: 365 * 24 })));
      return { agency: agency!.name, ...(await readRequests(tx, agencyId)), answers: answers!, now: tx.now };
    });
  }

  /** How many wait for the agency's answer. @throws Refused `not-found` for a person of no agency */
  async countOpen(by: AccessActor): Promise<number> {
    const agencyId = ownAgency(by);
    return this.database.as(by).transaction(async (tx) => {
      const monthAgo = tx.now.subtract({ hours: 30 * 24 });
      const found = await tx.row<{ count: number }>(sql`
        SELECT count(*)::int AS count FROM information_request q JOIN referral r ON r.id = q.referral_id
        WHERE q.agency_id = ${agencyId} AND ${IS_OPEN} AND (r.status <> 'decided' OR q.asked_at > ${monthAgo})`);
      return found!.count;
    });
  }

  /**
   * One request to one's own agency, or to any agency for a person of the hub.
   *
   * @throws Refused `not-found`
   */
  async one(
    id: string,
    by: AccessActor,
  ): Promise<{ readonly request: InformationRequestView; readonly now: Temporal.Instant }> {
    return this.database.as(by).transaction(async (tx) => {
      const agencyId = agencyOf(by);
      const [found] = isUuid(id)
        ? await requestsWhere(tx, sql`q.id = ${id} AND (${agencyId}::uuid IS NULL OR q.agency_id = ${agencyId})`)
        : [];
      if (found === undefined) throw await requestNotFound(tx, id);
      const referral = await tx.row<{ id: string }>(sql`SELECT id FROM referral WHERE reference = ${found.reference}`);
      await mustNotBeHidden(tx, referral!.id);
      await tx.insert(auditEntry(tx, 'request.read', referral!.id, { requestId: id }));
      return { request: found, now: tx.now };
    });
  }
}

/** Reads the requests to an agency. Reading them is on the record. */
async function readRequests(tx: Transaction, agencyId: string): Promise<RequestsOfAgency> {
  const monthAgo = tx.now.subtract({ hours: 30 * 24 });
  const own = sql`q.agency_id = ${agencyId}`;
  const open = await requestsWhere(
    tx,
    sql`${own} AND ${IS_OPEN} AND (r.status <> 'decided' OR q.asked_at > ${monthAgo})`,
    MOST,
  );
  const settled = await requestsWhere(
    tx,
    sql`q.id IN (SELECT q.id FROM information_request q
      WHERE ${own} AND ${SETTLED_AT} > ${monthAgo}
      ORDER BY q.asked_at DESC, q.id DESC LIMIT ${MOST})`,
  );
  await tx.insert(auditEntry(tx, 'requests.read', null, { lines: open.length + settled.length }));
  return {
    open: open.toSorted((a, b) => Temporal.Instant.compare(a.dueAt, b.dueAt)),
    settled: settled.toReversed(),
  };
}

/** The statement that counts how promptly an agency answered. @param since the earliest sending that counts */
export function answersOf(agencyId: string, since: Temporal.Instant) {
  return sql`
    SELECT count(*)::int AS asked, count(first.at)::int AS answered,
      count(*) FILTER (WHERE NOT first.is_late)::int AS "inTime", count(*) FILTER (WHERE first.is_late)::int AS late,
      count(*) FILTER (WHERE first.at IS NULL AND clock.state = 'open' AND clock.due_at < (SELECT mash.now()))::int AS overdue,
      count(*) FILTER (WHERE first.at IS NULL AND clock.state = 'open' AND clock.due_at >= (SELECT mash.now()))::int AS awaited,
      count(*) FILTER (WHERE first.at IS NULL AND clock.state <> 'open' AND q.withdrawn_at IS NULL)::int AS "decidedWithout",
      count(*) FILTER (WHERE q.withdrawn_at IS NOT NULL)::int AS withdrawn,
      round(percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM first.at - q.asked_at)) / 60)::int AS "medianMinutes"
    FROM information_request q JOIN referral r ON r.id = q.referral_id
    LEFT JOIN LATERAL (SELECT answered_at AS at, is_late FROM information_answer
      WHERE request_id = q.id ORDER BY answered_at, id LIMIT 1) first ON true
    JOIN LATERAL (SELECT due_at, state FROM deadline
      WHERE kind = 'information_request' AND subject = r.reference || ' ' || q.id
      ORDER BY generation DESC LIMIT 1) clock ON true
    WHERE q.agency_id = ${agencyId} AND q.asked_at > ${since}`;
}
