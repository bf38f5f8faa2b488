import { Injectable } from '@nestjs/common';
import type { StaffActor } from '#access';
import { auditEntry } from '#audit';
import { Consultation, Database, once, rowsOf, sql } from '#store';

export const CONSULTATION_OUTCOMES = ['referral_advised', 'early_help_advised', 'advice_only'] as const;

export interface NewConsultation {
  /** The form that it is sent from, a UUID. */
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

/** Advice given to a person who asked and did not refer. It is kept, so that a later referral finds it. */
@Injectable()
export class Consultations {
  constructor(private readonly database: Database) {}

  /** @throws Refused `form-sent-before` when the form was sent with other answers */
  async record(consultation: NewConsultation, by: StaffActor): Promise<void> {
    const { id, outcome } = consultation;
    await this.database.as(by).transaction((tx) =>
      once(tx, { id, kind: 'consultation', answers: consultation, about: id }, async () => {
        await tx.insert(
          rowsOf(Consultation, { ...consultation, givenBy: by.id, givenAt: tx.now }),
          auditEntry(tx, 'consultation.recorded', null, { consultationId: id, outcome }),
        );
        return {};
      }),
    );
  }

  async read(
    by: StaffActor,
  ): Promise<{ readonly consultations: readonly RecordedConsultation[]; readonly now: Temporal.Instant }> {
    return this.database.as(by).transaction(async (tx) => {
      const consultations = await tx.rows<RecordedConsultation>(sql`
        SELECT c.id, agency.name AS agency, c.caller, c.role, c.question, c.advice, c.outcome, s.name AS by,
          c.given_at AS at
        FROM consultation c JOIN agency ON agency.id = c.agency_id JOIN staff_member s ON s.id = c.given_by
        ORDER BY c.given_at DESC, c.id DESC LIMIT ${SHOWN}`);
      await tx.insert(auditEntry(tx, 'consultations.read', null, { count: consultations.length }));
      return { consultations, now: tx.now };
    });
  }
}
