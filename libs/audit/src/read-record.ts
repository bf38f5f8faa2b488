import { sql, type Sql, type Transaction } from '#store';
import type { AuditedAct } from './audit.ts';

/** A place in the record, which is read from the latest entry back. */
export interface RecordPlace {
  readonly at: Temporal.Instant;
  readonly id: string;
}

/** What is asked of the record. */
export interface RecordQuestion {
  /** Whose acts; null for those of all. */
  readonly staffId: string | null;
  /** About which referral; null for all. */
  readonly referralId: string | null;
  readonly acts: readonly AuditedAct[];
  /** The period: from this instant on. */
  readonly from: Temporal.Instant;
  /** The period: before this instant. */
  readonly to: Temporal.Instant;
  /** Only what is behind this place; null for the first page. */
  readonly after: RecordPlace | null;
  readonly limit: number;
}

/** An entry of the record. */
export interface RecordLine extends RecordPlace {
  readonly act: string;
  /** The name of the person or agency, or `The service`. */
  readonly by: string;
  /** Of the referral that it is about; null where it is about none. */
  readonly reference: string | null;
  /** As recorded, with the names of the people whom ids mean. */
  readonly details: Readonly<Record<string, unknown>>;
}

/** The entries that answer a question, the latest first. Its cost is that of a page, however many entries there are. */
export function readRecord(tx: Transaction, question: RecordQuestion): Promise<RecordLine[]> {
  return tx.rows<RecordLine>(recordStatement(question));
}

/** The statement of {@link readRecord}: the bounds of the period name the months that PostgreSQL reads. */
export function recordStatement(question: RecordQuestion): Sql {
  const { limit } = question;
  return sql`
    SELECT a.id, a.at, a.act, coalesce(s.name, agency.name, 'The service') AS by, r.reference,
      a.details || jsonb_strip_nulls(jsonb_build_object('toName', other.name, 'fromName', holder.name,
        'staffName', subject.name)) AS details
    FROM (SELECT * FROM (${entries(question)}) found ORDER BY at DESC, id DESC LIMIT ${limit}) a
    LEFT JOIN staff_member s ON s.id = a.actor_id AND a.actor_kind = 'staff'
    LEFT JOIN agency ON agency.id = a.actor_id AND a.actor_kind = 'agency'
    LEFT JOIN referral r ON r.id = a.referral_id
    LEFT JOIN staff_member other ON other.id::text = a.details->>'to'
    LEFT JOIN staff_member holder ON holder.id::text = a.details->>'from'
    LEFT JOIN staff_member subject ON subject.id::text = a.details->>'staffId'
    ORDER BY a.at DESC, a.id DESC`;
}

/** A referral has few entries. Those of a person, or of all, are read act by act, each from its own part of an index. */
function entries(question: RecordQuestion): Sql {
  const { staffId, referralId, acts, limit } = question;
  const within = placed(question);
  if (referralId !== null) {
    return sql`SELECT * FROM audit_entry e
      WHERE e.referral_id = ${referralId} AND e.act = ANY(${acts}) AND ${within}
        AND (${staffId}::uuid IS NULL OR e.actor_kind = 'staff' AND e.actor_id = ${staffId})`;
  }
  const whose = staffId === null ? sql`TRUE` : sql`e.actor_kind = 'staff' AND e.actor_id = ${staffId}`;
  return sql`SELECT latest.* FROM unnest(${acts}::text[]) one (act) CROSS JOIN LATERAL (
      SELECT * FROM audit_entry e WHERE e.act = one.act AND ${whose} AND ${within}
      ORDER BY e.at DESC, e.id DESC LIMIT ${limit}) latest`;
}

/** The bound of `at` beside that of both columns is where PostgreSQL begins to read the index. */
function placed({ from, to, after }: RecordQuestion): Sql {
  const before =
    after === null || Temporal.Instant.compare(after.at, to) >= 0
      ? sql`e.at < ${to}`
      : sql`e.at <= ${after.at} AND (e.at, e.id) < (${after.at}, ${after.id})`;
  return sql`e.at >= ${from} AND ${before}`;
}
