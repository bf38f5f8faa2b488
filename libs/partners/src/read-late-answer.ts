import { Injectable } from '@nestjs/common';
import type { StaffActor } from '#access';
import { auditEntry } from '#audit';
import { endServiceDeadline, followUpSubject } from '#deadlines';
import { isUuid, Refused } from '#platform';
import { lockReferral } from '#referrals';
import { Database, LateAnswerReading, once, rowsOf, sql } from '#store';

export interface ReadLateAnswerCommand {
  /** The id of the answer. */
  readonly answer: string;
  /** What follows from it, such as: the decision stands. */
  readonly note: string;
  /** The form that it is sent from, a UUID. */
  readonly formId: string;
  readonly by: StaffActor;
}

/** A person has read an answer that came after the decision, and says what follows from it. Its alerts end. */
@Injectable()
export class ReadLateAnswer {
  constructor(private readonly database: Database) {}

  /** @throws Refused `not-found`, `form-sent-before`, or `request-settled` when a person has said so before */
  async execute({ answer, note, formId, by }: ReadLateAnswerCommand): Promise<void> {
    const form = { id: formId, kind: 'read-late-answer', answers: { answer, note } };
    await this.database.as(by).transaction((tx) =>
      once(tx, form, async () => {
        const found = isUuid(answer)
          ? await tx.row<{ reference: string }>(sql`
              SELECT r.reference FROM information_answer a JOIN information_request q ON q.id = a.request_id
              JOIN referral r ON r.id = q.referral_id WHERE a.id = ${answer} AND a.came_after IS NOT NULL
                AND NOT EXISTS (SELECT 1 FROM undoing u WHERE u.decision_id = a.came_after AND u.sign_off_id IS NULL)`)
          : null;
        if (found === null) throw new Refused('not-found');
        const { id: referralId, reference } = await lockReferral(tx, found.reference);
        const read = await tx.row(sql`SELECT 1 FROM late_answer_reading WHERE answer_id = ${answer}`);
        if (read !== null) throw new Refused('request-settled');
        await tx.insert(
          rowsOf(LateAnswerReading, { answerId: answer, note, readBy: by.id, readAt: tx.now }),
          auditEntry(tx, 'information.read-late', referralId, { answerId: answer }),
        );
        await endServiceDeadline(tx, 'late_answer', followUpSubject(reference, answer));
        return {};
      }),
    );
  }
}
