import type { EventType } from '#domain';
import { sql, type Sql } from '#store';

/** What happened, as an agency is told. */
export interface OwnEvent {
  readonly id: string;
  readonly type: EventType;
  readonly occurredAt: Temporal.Instant;
  readonly reference: string;
  /** The request that it is about; null where it is about none. */
  readonly requestId: string | null;
  /** Its place in the list of the agency, from 1. */
  readonly position: number;
}

/**
 * The statement that reads events of an agency, by position: for an agency that asks, and for its endpoints, so that both
 * are told the same. An event of a referral or a request that is the agency's no more is none.
 *
 * @param mayAnswer whether it may answer what the hub asks: without that no event of a request is told
 */
export function ownEvents(agencyId: string, mayAnswer: boolean, which: Sql, limit: number): Sql {
  return sql`
    SELECT e.id, e.type, e.occurred_at AS "occurredAt", r.reference, e.position::int,
      CASE WHEN e.type LIKE 'information.%' THEN e.subject_id END AS "requestId"
    FROM agency_event e JOIN referral r ON r.id = e.referral_id
    WHERE e.agency_id = ${agencyId} AND ${which}
      AND CASE WHEN e.type LIKE 'information.%' THEN ${mayAnswer}
          AND EXISTS (SELECT 1 FROM information_request q WHERE q.id = e.subject_id AND q.agency_id = ${agencyId})
        ELSE r.agency_id = ${agencyId} END
    ORDER BY e.position LIMIT ${limit}`;
}

/** An event as every agency is told it, asked or called: that there is something to read, and not what. */
export function toldEvent({ id, type, occurredAt, reference, requestId }: OwnEvent) {
  const data = { reference, ...(requestId === null ? {} : { informationRequest: requestId }) };
  return { id, type, occurredAt: occurredAt.toString(), data };
}
