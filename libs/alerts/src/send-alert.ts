import { elapsedMinutesBetween, instantInWords, minutesInWords, type Rating } from '#domain';
import type { JobPayloads } from '#jobs';
import type { Mailer } from '#platform';
import { auditEntry, type ReferralStatus, type Transaction } from '#store';

interface ToSend {
  readonly email: string;
  readonly referralId: string;
  readonly reference: string;
  readonly status: ReferralStatus;
  readonly worksHere: boolean;
  readonly rating: Rating;
  readonly dueAt: Temporal.Instant;
}

/** Sends one alert to one person by e-mail: the reference, the rating, the due time, and nothing of the child. */
export class SendAlert {
  /** @param consoleUrl where the link in the message leads */
  constructor(
    private readonly mailer: Mailer,
    private readonly consoleUrl: string,
    private readonly timeZone: string,
  ) {}

  async handle({ deliveryId }: JobPayloads['send-alert'], tx: Transaction): Promise<void> {
    const found = await tx.row<ToSend>(
      `SELECT staff_member.email, r.id AS "referralId", r.reference, r.status, staff_member.is_active AS "worksHere", alert.rating, alert.due_at AS "dueAt"
       FROM delivery JOIN alert ON alert.id = delivery.alert_id JOIN referral r ON r.id = alert.referral_id
       JOIN staff_member ON staff_member.id = delivery.recipient_id
       WHERE delivery.id = $1 AND delivery.state = 'queued' FOR UPDATE OF delivery`,
      [deliveryId],
    );
    if (found === null) return;
    if (found.status === 'decided' || !found.worksHere) {
      await tx.update(`UPDATE delivery SET state = 'not_needed' WHERE id = $1`, [deliveryId]);
      return;
    }
    await tx.update(`UPDATE delivery SET state = 'accepted', accepted_at = $2 WHERE id = $1`, [deliveryId, tx.now]);
    await tx.insert(auditEntry(tx, { kind: 'service' }, 'alert.sent', found.referralId, { deliveryId }));
    // Last: whatever fails before it leaves nothing sent that is not on record.
    await this.mailer.send({ id: `alert-${deliveryId}`, to: found.email, ...this.message(found, tx.now) });
  }

  private message(
    { reference, rating, dueAt, status }: ToSend,
    now: Temporal.Instant,
  ): { subject: string; text: string } {
    const late = elapsedMinutesBetween(dueAt, now);
    const isOverdue = Temporal.Instant.compare(dueAt, now) <= 0;
    const state = isOverdue ? `overdue by ${minutesInWords(late)}` : `due in ${minutesInWords(-late)}`;
    const what = status === 'awaiting_sign_off' ? 'Sign-off' : 'Decision';
    return {
      subject: `${rating.toUpperCase()} ${reference}: ${what.toLowerCase()} ${state}`,
      text: [
        `Referral ${reference} is rated ${rating}.`,
        `${what} ${isOverdue ? 'was' : 'is'} due at ${instantInWords(dueAt, this.timeZone)}: ${state}.`,
        `Open it: ${this.consoleUrl}/referrals/${reference}`,
        'Acknowledging the alert in the console pauses it for a while. Only the decision ends it.',
      ].join('\n\n'),
    };
  }
}
