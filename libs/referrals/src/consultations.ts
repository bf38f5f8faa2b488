import { isDeepStrictEqual } from 'node:util';
import type { StaffActor } from '#access';
import { auditEntry } from '#audit';
import { Refused } from '#platform';
import { Consultation, rowsOf, type Database } from '#store';

export const CONSULTATION_OUTCOMES = ['referral_advised', 'early_help_advised', 'advice_only'] as const;

export interface NewConsultation {
  /** The form it is sent from, a UUID: sent twice, it is recorded once. */
  readonly id: string;
  readonly agencyId: string;
  readonly caller: string;
  readonly role: string;
  readonly question: string;
  readonly advice: string;
  readonly outcome: Consultation['outcome'];
}

export interface RecordedConsultation extends Omit<NewConsultation, 'agencyId'> {
  readonly agency: string;
  readonly by: string;
  readonly at: Temporal.Instant;
}

/** As many as a page shows; the latest. */
const SHOWN = 50;

/** Advice given to somebody who asked and did not refer: it is kept, so that a later referral finds it. */
export class Consultations {
  constructor(private readonly database: Database) {}

  /** @throws Refused `idempotency-key-reused` when the form was sent before with other words */
  async record(consultation: NewConsultation, by: StaffActor): Promise<void> {
    await this.database.transaction(async (tx) => {
      const { id } = consultation;
      await tx.rows('SELECT pg_advisory_xact_lock(hashtextextended($1, 3))', [id]);
      const sent = await tx.row<NewConsultation>(
        'SELECT id, agency_id AS "agencyId", caller, role, question, advice, outcome FROM consultation WHERE id = $1',
        [id],
      );
      if (sent !== null) {
        if (isDeepStrictEqual({ ...sent }, { ...consultation })) return;
        throw new Refused('idempotency-key-reused');
      }
      await tx.insert(
        rowsOf(Consultation, { ...consultation, givenBy: by.id, givenAt: tx.now }),
        auditEntry(tx, by, 'consultation.recorded', null, { consultationId: id, outcome: consultation.outcome }),
      );
    });
  }

  /** @param id of the form that it would have been recorded from */
  async has(id: string): Promise<boolean> {
    return (await this.database.row('SELECT 1 FROM consultation WHERE id::text = $1', [id])) !== null;
  }

  async read(
    by: StaffActor,
  ): Promise<{ readonly consultations: readonly RecordedConsultation[]; readonly now: Temporal.Instant }> {
    return this.database.transaction(async (tx) => {
      const consultations = await tx.rows<RecordedConsultation>(
        `SELECT c.id, agency.name AS agency, c.caller, c.role, c.question, c.advice, c.outcome, s.name AS by,
           c.given_at AS at
         FROM consultation c JOIN agency ON agency.id = c.agency_id JOIN staff_member s ON s.id = c.given_by
         ORDER BY c.given_at DESC, c.id DESC LIMIT ${SHOWN}`,
      );
      await tx.insert(auditEntry(tx, by, 'consultations.read', null, { count: consultations.length }));
      return { consultations, now: tx.now };
    });
  }
}
