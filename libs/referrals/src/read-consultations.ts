import { sql, type Consultation, type Transaction } from '#store';

/** A child whom advice was asked about; a name that is not known is empty. */
export interface ConsultedChild {
  readonly firstName: string;
  readonly lastName: string;
  /** `YYYY-MM-DD`; null where it is not known. */
  readonly dateOfBirth: string | null;
}

/** Advice that was given, and what became of it. */
export interface RecordedConsultation extends Pick<
  Consultation,
  'id' | 'agencyId' | 'caller' | 'role' | 'question' | 'advice' | 'outcome'
> {
  readonly agency: string;
  readonly by: string;
  readonly at: Temporal.Instant;
  readonly children: readonly ConsultedChild[];
  /** When a referral that was advised is due; null where none is awaited any more, or was. */
  readonly awaitedBy: Temporal.Instant | null;
  /** The reference of the referral that came of it. */
  readonly referral: string | null;
  /** Why a person expects none. */
  readonly notExpected: string | null;
}

/** These consultations, the latest first. */
export function readConsultations(tx: Transaction, ids: readonly string[]): Promise<readonly RecordedConsultation[]> {
  return tx.rows<RecordedConsultation>(sql`
    SELECT c.id, c.agency_id AS "agencyId", agency.name AS agency, c.caller, c.role, c.question, c.advice, c.outcome,
      s.name AS by, c.given_at AS at,
      (SELECT coalesce(jsonb_agg(jsonb_build_object('firstName', k.first_name, 'lastName', k.last_name,
          'dateOfBirth', k.date_of_birth) ORDER BY k.position), '[]')
        FROM consultation_child k WHERE k.consultation_id = c.id) AS children,
      (SELECT d.due_at FROM deadline d WHERE d.kind = 'referral_advised' AND d.state = 'open'
        AND d.subject = 'Advice ' || c.id) AS "awaitedBy",
      (SELECT r.reference FROM consultation_end e JOIN referral r ON r.id = e.referral_id
        WHERE e.consultation_id = c.id AND e.referral_id IS NOT NULL) AS referral,
      (SELECT e.reason FROM consultation_end e WHERE e.consultation_id = c.id AND e.reason IS NOT NULL) AS "notExpected"
    FROM consultation c JOIN agency ON agency.id = c.agency_id JOIN staff_member s ON s.id = c.given_by
    WHERE c.id = ANY(${ids}::uuid[]) ORDER BY c.given_at DESC, c.id DESC`);
}
