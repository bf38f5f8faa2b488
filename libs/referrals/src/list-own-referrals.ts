import { Injectable } from '@nestjs/common';
import { auditEntry } from '#audit';
import { plainText } from '#domain';
import { Database, sql } from '#store';
import { OWN_STATUS, ownStatus, type OwnStatus, type StandingOfOwn } from './own-status.ts';

/** A referral of its own in an agency's list. Instants are RFC 3339 in UTC. */
export interface ListedReferral {
  readonly reference: string;
  /** The agency's own case number, as it was stored; left out where it sent none. */
  readonly senderReference?: string;
  readonly status: OwnStatus;
  readonly receivedAt: string;
  readonly decisionExpectedBy: string;
}

export interface ListOwnReferralsQuery {
  readonly agencyId: string;
  /** Only those with this case number of the agency; null for all. */
  readonly senderReference: string | null;
  /** The last one of the page before; null for the first page. */
  readonly after: { readonly receivedAt: string; readonly reference: string } | null;
  /** The most that are returned, from 1. */
  readonly limit: number;
}

interface Found extends StandingOfOwn {
  readonly reference: string;
  readonly senderReference: string | null;
  readonly receivedAt: Temporal.Instant;
  readonly decisionDueAt: Temporal.Instant;
}

/** Lists an agency's own referrals, the latest at the top. Reading the list is on the record. */
@Injectable()
export class ListOwnReferrals {
  constructor(private readonly database: Database) {}

  async execute({
    agencyId,
    senderReference,
    after,
    limit,
  }: ListOwnReferralsQuery): Promise<{ readonly referrals: readonly ListedReferral[]; readonly hasMore: boolean }> {
    // As it is stored. A text that no referral can hold is that of none.
    const sought = senderReference === null ? null : plainText(senderReference)?.trim().replaceAll(/\s+/g, ' ');
    if (sought === undefined) return { referrals: [], hasMore: false };
    return this.database.as({ kind: 'agency', id: agencyId }).transaction(async (tx) => {
      // Not behind the wall of the database, which would not ask the index of case numbers: the agency is named here.
      const found = await tx.overAll((all) =>
        all.rows<Found>(sql`
        SELECT reference, submitted->>'senderReference' AS "senderReference", ${OWN_STATUS},
          received_at AS "receivedAt", decision_due_at AS "decisionDueAt"
        FROM referral
        WHERE agency_id = ${agencyId}
          AND (received_at, reference) < (${after?.receivedAt ?? 'infinity'}::timestamptz, ${after?.reference ?? ''})
          AND (${sought}::text IS NULL OR submitted->>'senderReference' = ${sought})
        ORDER BY received_at DESC, reference DESC LIMIT ${limit + 1}`),
      );
      const referrals = found.slice(0, limit).map((one) => listed(one, tx.now));
      await tx.insert(auditEntry(tx, 'referrals.listed', null, { lines: referrals.length }));
      return { referrals, hasMore: found.length > limit };
    });
  }
}

function listed({ reference, senderReference, receivedAt, decisionDueAt, ...standing }: Found, now: Temporal.Instant) {
  return {
    reference,
    ...(senderReference === null ? {} : { senderReference }),
    status: ownStatus(standing, now),
    receivedAt: receivedAt.toString(),
    decisionExpectedBy: decisionDueAt.toString(),
  };
}
