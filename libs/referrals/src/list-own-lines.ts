import { Injectable } from '@nestjs/common';
import { ownAgency, type StaffActor } from '#access';
import { auditEntry } from '#audit';
import { Database, sql } from '#store';
import { OWN_STATUS, ownStatus, type OwnStatus, type StandingOfOwn } from './own-status.ts';
import { mayReadOwnWords } from './own-words.ts';
import { SUBMITTED_NAME } from './submitted-name.ts';

/** A referral of an agency as its people see it in their list. */
export interface OwnLine {
  readonly reference: string;
  readonly status: OwnStatus;
  readonly receivedAt: Temporal.Instant;
  readonly decisionExpectedBy: Temporal.Instant;
  /** Its children as the agency named them; empty where the hub took it down. */
  readonly children: readonly string[];
  /** Who of the agency filled in the form; null where a program sent it, or the hub took it down. */
  readonly sentBy: string | null;
}

export interface OwnLines {
  /** The latest at the top. */
  readonly lines: readonly OwnLine[];
  readonly hasMore: boolean;
  readonly now: Temporal.Instant;
}

export interface ListOwnLinesQuery {
  /** The last one of the page before; null for the first page. */
  readonly after: { readonly receivedAt: Temporal.Instant; readonly reference: string } | null;
  /** The most that are returned, from 1. */
  readonly limit: number;
  readonly by: StaffActor;
}

interface Found extends StandingOfOwn, Omit<OwnLine, 'status'> {}

/** Lists the referrals of a person's own agency. Reading the list is on the record. */
@Injectable()
export class ListOwnLines {
  constructor(private readonly database: Database) {}

  /** @throws Refused `not-found` for a person of no agency */
  async execute({ after, limit, by }: ListOwnLinesQuery): Promise<OwnLines> {
    const agencyId = ownAgency(by);
    return this.database.as(by).transaction(async (tx) => {
      const found = await tx.rows<Found>(sql`
        WITH own AS MATERIALIZED (
          SELECT * FROM (
            SELECT id, reference, ${OWN_STATUS}, received_at, decision_due_at, channel, taken_by
            FROM referral r WHERE agency_id = ${agencyId}
              AND (received_at, reference) < (${after?.receivedAt ?? 'infinity'}::timestamptz, ${after?.reference ?? ''})
            ORDER BY received_at DESC, reference DESC LIMIT ${limit + 1}) page)
        SELECT reference, status, opened, "undoableUntil", received_at AS "receivedAt",
          decision_due_at AS "decisionExpectedBy",
          CASE WHEN ${mayReadOwnWords(by)} THEN (
            SELECT coalesce(jsonb_agg(${SUBMITTED_NAME} ORDER BY who.position), '[]')
            FROM referral_child who WHERE who.referral_id = r.id) ELSE '[]' END AS children,
          CASE WHEN ${mayReadOwnWords(by)} THEN (SELECT name FROM staff_member WHERE id = r.taken_by) END AS "sentBy"
        FROM own r ORDER BY received_at DESC, reference DESC`);
      const lines = found.slice(0, limit).map(({ status, opened, undoableUntil, ...line }) => ({
        ...line,
        status: ownStatus({ status, opened, undoableUntil }, tx.now),
      }));
      await tx.insert(auditEntry(tx, 'referrals.listed', null, { lines: lines.length }));
      return { lines, hasMore: found.length > limit, now: tx.now };
    });
  }
}
