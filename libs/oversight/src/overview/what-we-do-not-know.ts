import { firstDueAt, isAtOrBefore, type Moment, type Standing } from '#domain';
import { sql, type Transaction } from '#store';
import type { Moving } from '../standings/moving.ts';

/** An agency that sent something in the year before, and nothing for so long, may have lost its way to the hub. */
const SILENT_FOR = { hours: 60 * 24 };
const A_YEAR = { hours: 365 * 24 };
const FOUR_WEEKS = { hours: 28 * 24 };
/** So long after the limit an alert is there, or it is missing. */
const ALERTED_WITHIN = { minutes: 1 };

/** An agency that sends nothing any more. */
export interface SilentAgency {
  readonly name: string;
  readonly lastReceivedAt: Temporal.Instant;
}

/** What may be wrong now without showing in any figure. Each number is of failures that are silent otherwise. */
export interface WhatWeDoNotKnow {
  /** Open referrals past their limit of which no alert was fired. */
  readonly breachesWithoutAlert: number;
  /** Late decisions of the last 28 days without a reason for the lateness. */
  readonly lateWithoutReason: number;
  /** Sampled decisions of the latest sample that no person has read. */
  readonly unreadSamples: number;
  readonly sampled: number;
  /** Days that have ended and are not closed: their figures are counted now, and not reckoned a second time. */
  readonly daysNotClosed: number;
  readonly silentAgencies: readonly SilentAgency[];
}

type Counts = Pick<WhatWeDoNotKnow, 'breachesWithoutAlert' | 'lateWithoutReason' | 'sampled' | 'unreadSamples'>;
type Known = Pick<Moving, 'now'> & { readonly closedUpTo: Temporal.PlainDate | null };

export async function readWhatWeDoNotKnow(
  tx: Transaction,
  { asOf, calendar }: Moment,
  { now: moving, closedUpTo }: Known,
): Promise<WhatWeDoNotKnow> {
  const since = asOf.subtract(FOUR_WEEKS);
  const counts = await tx.overAll((all) =>
    all.row<Counts>(sql`
    SELECT
      (SELECT count(*)::int FROM deadline d
        WHERE d.kind = 'decision' AND d.state = 'open' AND d.due_at < ${asOf.subtract(ALERTED_WITHIN)}
          AND NOT EXISTS (SELECT 1 FROM alert a WHERE a.deadline_id = d.id AND a.step_at >= d.due_at))
        AS "breachesWithoutAlert",
      (SELECT count(*)::int FROM referral_fact
        WHERE effective_at BETWEEN ${since} AND ${asOf} AND late_reason IS NULL
          AND decided_at > least(due_at, statutory_due_at)
          AND referral_id <> ALL(${moving.map(({ referralId }) => referralId)})) AS "lateWithoutReason",
      (SELECT count(*)::int FROM sample_item i WHERE i.sample_id = latest.id) AS sampled,
      (SELECT count(*)::int FROM sample_item i WHERE i.sample_id = latest.id
        AND NOT EXISTS (SELECT 1 FROM sample_grade g WHERE g.item_id = i.id AND g.graded_at <= ${asOf}))
        AS "unreadSamples"
    FROM (SELECT (SELECT id FROM sample WHERE drawn_at <= ${asOf} ORDER BY month DESC LIMIT 1) AS id) latest`),
  );
  const yesterday = asOf.toZonedDateTimeISO(calendar.timeZone).toPlainDate().subtract({ days: 1 });
  return {
    ...counts!,
    lateWithoutReason: counts!.lateWithoutReason + moving.filter((one) => isLateWithoutReason(one, since)).length,
    daysNotClosed: closedUpTo === null ? 0 : Math.max(0, closedUpTo.until(yesterday, { largestUnit: 'days' }).days),
    silentAgencies: await silentAgencies(tx, asOf),
  };
}

function isLateWithoutReason(one: Standing, since: Temporal.Instant): boolean {
  if (one.effectiveAt === null || one.decidedAt === null || one.lateReason !== null) return false;
  return isAtOrBefore(since, one.effectiveAt) && !isAtOrBefore(one.decidedAt, firstDueAt(one));
}

function silentAgencies(tx: Transaction, asOf: Temporal.Instant): Promise<readonly SilentAgency[]> {
  return tx.rows<SilentAgency>(sql`
    SELECT a.name, latest.received_at AS "lastReceivedAt"
    FROM agency a
    JOIN LATERAL (
      SELECT r.received_at FROM referral r WHERE r.agency_id = a.id AND r.received_at <= ${asOf}
      ORDER BY r.received_at DESC LIMIT 1) latest ON true
    WHERE a.kind <> 'public' AND latest.received_at BETWEEN ${asOf.subtract(A_YEAR)} AND ${asOf.subtract(SILENT_FOR)}
    ORDER BY a.name`);
}
