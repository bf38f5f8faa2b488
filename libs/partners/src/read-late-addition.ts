import { Injectable } from '@nestjs/common';
import type { StaffActor } from '#access';
import { auditEntry } from '#audit';
import { endServiceDeadline, followUpSubject } from '#deadlines';
import { isUuid, Refused } from '#platform';
import { lockReferral } from '#referrals';
import { AdditionReading, Database, once, rowsOf, sql } from '#store';

export interface ReadLateAdditionCommand {
  readonly reference: string;
  /** The id of the addition. */
  readonly addition: string;
  /** What follows from it, such as: the decision stands. */
  readonly note: string;
  /** The form that it is sent from, a UUID. */
  readonly formId: string;
  readonly by: StaffActor;
}

/** A person has read what an agency added after the decision, and says what follows from it. Its alerts end. */
@Injectable()
export class ReadLateAddition {
  constructor(private readonly database: Database) {}

  /** @throws Refused `not-found`, `form-sent-before`, or `request-settled` when a person has said so before */
  async execute({ reference: written, addition, note, formId, by }: ReadLateAdditionCommand): Promise<void> {
    const form = { id: formId, kind: 'read-late-addition', answers: { reference: written, addition, note } };
    await this.database.as(by).transaction((tx) =>
      once(tx, form, async () => {
        const { id: referralId, reference } = await lockReferral(tx, written);
        const found = isUuid(addition)
          ? await tx.row<{ isRead: boolean }>(sql`
              SELECT EXISTS (SELECT 1 FROM addition_reading WHERE addition_id = a.id) AS "isRead"
              FROM referral_addition a
              WHERE a.id = ${addition} AND a.referral_id = ${referralId} AND a.came_after IS NOT NULL
                AND NOT EXISTS (SELECT 1 FROM undoing u WHERE u.decision_id = a.came_after AND u.sign_off_id IS NULL)`)
          : null;
        if (found === null) throw new Refused('not-found');
        if (found.isRead) throw new Refused('request-settled');
        await tx.insert(
          rowsOf(AdditionReading, { additionId: addition, note, readBy: by.id, readAt: tx.now }),
          auditEntry(tx, 'referral.read-addition', referralId, { additionId: addition }),
        );
        await endServiceDeadline(tx, 'late_answer', followUpSubject(reference, addition));
        return {};
      }),
    );
  }
}
