import { sql, type Sql, type Transaction } from '#store';

/** An act on the record of a referral. */
export interface AuditLine {
  readonly at: Temporal.Instant;
  readonly act: string;
  readonly by: string;
  /** As recorded, with the names of the people whom `to` and `from` mean, and of the person whom a call was to. */
  readonly details: Readonly<Record<string, unknown>>;
  /** The text that the person wrote with the act, if any. */
  readonly note: string | null;
}

/** A person or an agency opened a referral. */
export interface Opening {
  readonly at: Temporal.Instant;
  readonly by: string;
  /** The page that they opened: the referral itself, its print, its alerts, or an agency its status. */
  readonly act: string;
  /** Whether they had broken the glass, and saw it for that alone. */
  readonly isInEmergency: boolean;
  /** Why an auditor opened it, in their own words; null for other people. */
  readonly reason: string | null;
}

/** The openings that a page shows, as many as a person reads; the record has all of them. */
export const OPENINGS_SHOWN = 200;

/** A referral whose entries are read. */
export interface ReferralOnRecord {
  readonly id: string;
  /** No entry about it is earlier, so that PostgreSQL reads no month before. */
  readonly receivedAt: Temporal.Instant;
}

/** Every act on a referral but readings and what was refused, and every alert that it fired, the latest first. */
export function actsOn(tx: Transaction, referral: ReferralOnRecord): Promise<readonly AuditLine[]> {
  return tx.rows<AuditLine>(actsStatement(referral));
}

/** The statement of {@link actsOn}. */
export function actsStatement({ id, receivedAt }: ReferralOnRecord): Sql {
  return sql`
    SELECT a.at, a.act, coalesce(s.name, agency.name, 'The service') AS by, a.details || jsonb_strip_nulls(
        jsonb_build_object('toName', assigned.name, 'fromName', holder.name, 'withWhom', w.with_whom,
        'agencyName', asked.name, 'agencyNames', CASE WHEN a.details ? 'agencies' THEN
          (SELECT jsonb_agg(name ORDER BY name) FROM agency WHERE a.details->'agencies' ? agency.id::text) END,
        'sentTo', coalesce(t.recipient, (SELECT listed->>'name' FROM locality_version v, jsonb_array_elements(v.localities->'teams') listed
          WHERE v.version = t.locality_version AND listed->>'code' = t.team)))) AS details,
      coalesce(n.note, w.note, v.words, f.words, g.unsafe_reason, CASE WHEN ra.kind = 'correction'
        THEN concat_ws(': ', ra.pointer, ra.right_value, nullif(ra.words, '')) ELSE ra.words END, CASE a.act WHEN 'route.returned' THEN t.answer_reason
        WHEN 'route.chosen' THEN t.reason WHEN 'route.sent-on' THEN t.reason WHEN 'route.sent' THEN t.reason END) AS note
    FROM (
      SELECT id, at, act, actor_kind, actor_id, details FROM audit_entry
      WHERE referral_id = ${id} AND at >= ${monthsFrom(receivedAt)} AND NOT act LIKE ANY ('{%read,%printed,%.opened-for-audit,%.refused}')
        -- What ties it to a referral that is hidden from the person who acts tells of that one.
        AND (NOT details ? 'otherReferralId' OR (details->>'otherReferralId')::uuid NOT IN (SELECT mash.hidden_from(mash.acting())))
      UNION ALL
      SELECT id, fired_at, 'alert.fired', 'service', NULL, jsonb_build_object('told', told) FROM alert
      WHERE referral_id = ${id}
    ) a
    LEFT JOIN staff_member s ON s.id = a.actor_id AND a.actor_kind = 'staff'
    LEFT JOIN agency ON agency.id = a.actor_id AND a.actor_kind = 'agency'
    LEFT JOIN agency asked ON asked.id::text = a.details->>'agencyId'
    LEFT JOIN claim_note n ON n.id::text = a.details->>'noteId'
    LEFT JOIN referral_note w ON a.act = 'referral.note-written' AND w.id = (a.details->>'noteId')::uuid
    LEFT JOIN feedback_act f ON a.act LIKE 'feedback.%' AND f.id = (a.details->>'actId')::uuid
    LEFT JOIN child_views v ON a.act = 'child.views-recorded' AND v.id = (a.details->>'viewsId')::uuid
    LEFT JOIN sample_grade g ON a.act = 'referral.reopened-by-sample' AND g.id = (a.details->>'gradeId')::uuid
    LEFT JOIN referral_addition ra ON a.act IN ('referral.information-added', 'referral.correction-added', 'referral.withdrawal-asked')
      AND ra.id = (a.details->>'additionId')::uuid
    LEFT JOIN route t ON a.act LIKE 'route.%' AND t.id = (a.details->>'routeId')::uuid
    LEFT JOIN staff_member assigned ON assigned.id::text = a.details->>'to'
    LEFT JOIN staff_member holder ON holder.id::text = a.details->>'from'
    ORDER BY a.at DESC, a.id DESC`;
}

/** The latest openings of a referral, the latest first. */
export function openingsOf(tx: Transaction, referral: ReferralOnRecord): Promise<readonly Opening[]> {
  return tx.rows<Opening>(openingsStatement(referral));
}

/** The statement of {@link openingsOf}. */
export function openingsStatement({ id, receivedAt }: ReferralOnRecord): Sql {
  return sql`
    SELECT a.at, a.act, coalesce(s.name, agency.name, 'The service') AS by, a.details ? 'glassId' AS "isInEmergency", o.reason
    FROM audit_entry a
    LEFT JOIN audit_opening o ON o.id = (a.details->>'openingId')::uuid
    LEFT JOIN staff_member s ON s.id = a.actor_id AND a.actor_kind = 'staff'
    LEFT JOIN agency ON agency.id = a.actor_id AND a.actor_kind = 'agency'
    WHERE a.referral_id = ${id} AND a.at >= ${monthsFrom(receivedAt)} AND a.act LIKE ANY ('{%read,%printed,%.opened-for-audit}')
    ORDER BY a.at DESC, a.id DESC LIMIT ${OPENINGS_SHOWN}`;
}

/** A day before the receipt: a clock that was put back by a little hides no entry. */
function monthsFrom(receivedAt: Temporal.Instant): Temporal.Instant {
  return receivedAt.subtract({ hours: 24 });
}
