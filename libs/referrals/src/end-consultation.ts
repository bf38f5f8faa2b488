import { randomUUIDv7 } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { mustNotBeHidden, type StaffActor } from '#access';
import { auditEntry } from '#audit';
import { endServiceDeadline } from '#deadlines';
import { parseReferralReference } from '#domain';
import { Refused } from '#platform';
import { ConsultationEnd, Database, once, Referral, rowsOf, sql, type Transaction } from '#store';
import { subjectOfAdvice } from './consultations.ts';
import { noteChange } from './referral-state.ts';

/** What a person says of advice that was given: the referral that came of it, or why none is expected. */
export type EndOfConsultation = { readonly reference: string } | { readonly reason: string };

/**
 * A person says what became of advice. No more alerts say then that a referral was advised and has not come. One that
 * comes after all can still be said to be it.
 */
@Injectable()
export class EndConsultation {
  constructor(private readonly database: Database) {}

  /**
   * @param command.formId the form that it is sent from, a UUID
   * @throws Refused `not-found`, also for a reference that no referral has, `advice-ended` when another person has said it
   * before, or `form-sent-before`
   */
  async execute(command: {
    readonly id: string;
    readonly end: EndOfConsultation;
    readonly formId: string;
    readonly by: StaffActor;
  }): Promise<void> {
    const { id, end, formId, by } = command;
    await this.database.as(by).transaction((tx) =>
      once(tx, { id: formId, kind: 'consultation-end', answers: { id, end } }, async () => {
        const isNew =
          'reference' in end
            ? await linkConsultation(tx, id, await shown(tx, end.reference), by)
            : await expectNone(tx, id, end.reason, by);
        if (!isNew) throw new Refused('advice-ended');
        return {};
      }),
    );
  }
}

/** A reference that the person may say. @throws Refused `not-found` where the referral is hidden from them */
async function shown(tx: Transaction, reference: string): Promise<string> {
  const parsed = parseReferralReference(reference) ?? '';
  const found = await tx.one(Referral, { reference: parsed }, ['id']);
  if (found !== null) await mustNotBeHidden(tx, found.id);
  return parsed;
}

/**
 * The referral is the one that came of the advice.
 *
 * @returns false where another is said to be it
 * @throws Refused `not-found`, also for a reference that no referral has
 */
export async function linkConsultation(
  tx: Transaction,
  id: string,
  reference: string,
  by: StaffActor,
): Promise<boolean> {
  const { referralId: before } = await endsOf(tx, id);
  const referral = await tx.one(Referral, { reference: parseReferralReference(reference) ?? '' }, ['id']);
  if (referral === null) throw new Refused('not-found');
  if (before !== null) return false;
  await noteChange(tx, referral.id);
  await end(tx, id, by, { referralId: referral.id, reason: null });
  await tx.insert(auditEntry(tx, 'consultation.referral-came', referral.id, { consultationId: id }));
  return true;
}

async function expectNone(tx: Transaction, id: string, reason: string, by: StaffActor): Promise<boolean> {
  const before = await endsOf(tx, id);
  if (before.referralId !== null || before.reason !== null) return false;
  await end(tx, id, by, { referralId: null, reason });
  await tx.insert(auditEntry(tx, 'consultation.not-expected', null, { consultationId: id }));
  return true;
}

type End = Pick<ConsultationEnd, 'referralId' | 'reason'>;

async function end(tx: Transaction, consultationId: string, by: StaffActor, said: End): Promise<void> {
  await tx.insert(
    rowsOf(ConsultationEnd, { id: randomUUIDv7(), consultationId, ...said, saidBy: by.id, saidAt: tx.now }),
  );
  await endServiceDeadline(tx, 'referral_advised', subjectOfAdvice(consultationId));
}

/** What was said of it until now. One person says it at a time. @throws Refused `not-found` */
async function endsOf(tx: Transaction, id: string): Promise<End> {
  const there = await tx.row(sql`SELECT 1 FROM consultation WHERE id = ${id}::uuid FOR UPDATE`);
  if (there === null) throw new Refused('not-found');
  return (await tx.row<End>(sql`
    SELECT max(referral_id::text) AS "referralId", max(reason) AS reason FROM consultation_end
    WHERE consultation_id = ${id}::uuid`))!;
}
