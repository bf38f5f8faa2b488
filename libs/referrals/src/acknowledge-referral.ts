import { auditEntry } from '#audit';
import { dueInWords, instantInWords } from '#domain';
import type { JobPayloads } from '#jobs';
import type { Mailer } from '#messages';
import type { Transaction } from '#store';
import { adviceFor } from './advice.ts';

interface Acknowledged {
  readonly reference: string;
  readonly email: string | null;
  readonly immediateDanger: boolean;
  readonly receivedAt: Temporal.Instant;
  readonly decisionDueAt: Temporal.Instant;
}

/** Tells the referrer that we have it (Working Together: within one working day). No word of the child. */
export class AcknowledgeReferral {
  constructor(
    private readonly mailer: Mailer,
    private readonly timeZone: string,
  ) {}

  async handle({ referralId }: JobPayloads['acknowledge-referral'], tx: Transaction): Promise<void> {
    const found = await tx.row<Acknowledged>(
      `SELECT reference, submitted->'referrer'->>'email' AS email, immediate_danger AS "immediateDanger",
         received_at AS "receivedAt", decision_due_at AS "decisionDueAt"
       FROM referral WHERE id = $1`,
      [referralId],
    );
    if (found === null || found.email === null) return;
    await tx.insert(auditEntry(tx, { kind: 'service' }, 'referral.acknowledged-to-referrer', referralId));
    await this.mailer.send({
      id: `acknowledge-${referralId}`,
      to: found.email,
      subject: `We have your referral ${found.reference}`,
      text: [
        `We received your referral at ${instantInWords(found.receivedAt, this.timeZone)}. Its reference is ${found.reference}.`,
        `We expect to decide by ${dueInWords(found.decisionDueAt, this.timeZone)}.`,
        adviceFor(found),
      ].join('\n\n'),
    });
  }
}
