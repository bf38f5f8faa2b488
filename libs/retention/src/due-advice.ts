import { adviceKeptUntil, type AdviceRule } from '#domain';
import { sql, type Sql, type Transaction } from '#store';
import type { DueRecord } from './due-record.ts';
import type { LocalDay } from './local-day.ts';

interface Row {
  readonly consultationId: string;
  /** A local date. */
  readonly givenOn: string;
}

/** The children of a referral `c` whom advice `a` was asked about, as far as their names and births say. */
const ABOUT_CHILD = sql`consultation_child k JOIN referral_child c ON c.name_key = k.name_key
  AND (c.date_of_birth = k.date_of_birth OR c.date_of_birth IS NULL OR k.date_of_birth IS NULL)`;

/** No referral came of the advice `a`, which would take it with it, and none is awaited. */
const IS_AT_REST = sql`NOT EXISTS (SELECT FROM consultation_end WHERE consultation_id = a.id AND referral_id IS NOT NULL)
  AND NOT EXISTS (SELECT FROM deadline WHERE state = 'open' AND subject = 'Advice ' || a.id)
  AND NOT EXISTS (SELECT FROM ${ABOUT_CHILD} JOIN restricted_child r ON (r.referral_id, r.position) = (c.referral_id, c.position)
    JOIN restriction x ON x.id = r.restriction_id WHERE k.consultation_id = a.id AND x.ended_at IS NULL)`;

/** A hold on every record covers advice, and one on a referral covers what was advised about its children. */
const IS_HELD = sql`(EXISTS (SELECT FROM retention_hold WHERE ended_at IS NULL AND referral_id IS NULL)
  OR EXISTS (SELECT FROM retention_hold h JOIN (${ABOUT_CHILD}) ON c.referral_id = h.referral_id
    WHERE h.ended_at IS NULL AND k.consultation_id = a.id))`;

/**
 * The advice that led to no referral and whose period is over, the first given first.
 *
 * @param which a condition on the advice `a`
 */
export async function dueAdvice(
  tx: Transaction,
  rule: AdviceRule,
  { today, timeZone }: LocalDay,
  which: Sql,
): Promise<readonly DueRecord[]> {
  const before = today.subtract({ years: rule.years }).toZonedDateTime(timeZone).toInstant();
  const rows = await tx.rows<Row>(sql`
    SELECT a.id AS "consultationId", (a.given_at AT TIME ZONE ${timeZone})::date::text AS "givenOn" FROM consultation a
    WHERE a.given_at < ${before} AND ${IS_AT_REST} AND NOT ${IS_HELD} AND ${which} ORDER BY a.given_at, a.id`);
  return rows
    .map((row) => ({
      record: { referralId: null, reference: null, ...row },
      ...adviceKeptUntil(rule, Temporal.PlainDate.from(row.givenOn)),
    }))
    .filter(({ until }) => Temporal.PlainDate.compare(until, today) < 0);
}

/** Whether a hold lies on advice. */
export async function isAdviceHeld(tx: Transaction, consultationId: string): Promise<boolean> {
  return (await tx.row(sql`SELECT 1 FROM consultation a WHERE a.id = ${consultationId} AND ${IS_HELD}`)) !== null;
}
