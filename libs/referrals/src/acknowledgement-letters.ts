import { Inject, Injectable } from '@nestjs/common';
import { auditEntry } from '#audit';
import { HubTime } from '#deadlines';
import { dueInWords, instantInWords } from '#domain';
import type { Claimed, Composed, MessagePurpose, Outcome } from '#messages';
import { LOG, type Logger } from '#platform';
import { sql, type Transaction } from '#store';
import { adviceFor } from './advice.ts';

interface Acknowledged {
  readonly reference: string;
  readonly email: string;
  readonly immediateDanger: boolean;
  readonly receivedAt: Temporal.Instant;
  readonly decisionDueAt: Temporal.Instant;
}

/** The letter that acknowledges a referral to its referrer. It holds no word of the child. */
@Injectable()
export class AcknowledgementLetters implements MessagePurpose {
  readonly purpose = 'acknowledgement';

  constructor(
    private readonly time: HubTime,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  async compose(tx: Transaction, { messageId, channel, deliveryIds }: Claimed): Promise<Composed> {
    const found = await tx.row<Acknowledged>(sql`
      SELECT r.reference, r.submitted->'referrer'->>'email' AS email, r.immediate_danger AS "immediateDanger",
        r.received_at AS "receivedAt", r.decision_due_at AS "decisionDueAt"
      FROM delivery v JOIN referral r ON r.id = v.referral_id WHERE v.id = ANY(${deliveryIds})`);
    const { reference, email, immediateDanger, receivedAt, decisionDueAt } = found!;
    const text = [
      `We received your referral at ${instantInWords(receivedAt, this.time.zone)}. Its reference is ${reference}.`,
      `We expect to decide by ${dueInWords(decisionDueAt, this.time.zone)}.`,
      adviceFor({ immediateDanger }),
    ].join('\n\n');
    const subject = `We have your referral ${reference}`;
    return { notNeeded: [], message: { id: messageId, channel, to: email, at: tx.now, alerts: [], subject, text } };
  }

  /** When the mail server has the letter, the record says that the referrer was told. */
  async followUp(tx: Transaction, { id, referralId, state, failure }: Outcome): Promise<void> {
    if (state === 'accepted' || state === 'delivered') {
      await tx.insert(auditEntry(tx, 'referral.acknowledged-to-referrer', referralId));
    } else {
      this.log.error({ delivery: id, referral: referralId, state, failure }, 'a referrer could not be told');
      if (state === 'failed') await tx.insert(auditEntry(tx, 'referral.referrer-not-reached', referralId));
    }
  }
}
