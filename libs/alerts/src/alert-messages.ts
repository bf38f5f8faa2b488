import { Inject, Injectable } from '@nestjs/common';
import { markContactFailed } from '#access';
import { endServiceDeadline, HubTime, openServiceDeadline, Policies } from '#deadlines';
import { serviceSteps } from '#domain';
import { useNextChannel, type Claimed, type Composed, type MessagePurpose, type Outcome } from '#messages';
import { ChannelSettings } from '#platform';
import { CHANNELS_IN_USE, type ChannelsInUse } from '#rota';
import { StaffMember, sql, type Transaction } from '#store';
import { digest, inFull, inShort, type AlertLine } from './alert-words.ts';
import { passOnAlert } from './pass-on-alert.ts';

/** The purpose `alert` of messages: the words of one, and the acts on its outcome. */
@Injectable()
export class AlertMessages implements MessagePurpose {
  readonly purpose = 'alert';

  constructor(
    private readonly policies: Policies,
    @Inject(CHANNELS_IN_USE) private readonly channels: ChannelsInUse,
    private readonly settings: ChannelSettings,
    private readonly time: HubTime,
  ) {}

  /**
   * Writes the message of what was claimed: references, ratings and due times, and nothing of any child. It waits for a
   * decision that is being taken back, and that waits for it: else the one would drop what the other means to send.
   */
  async compose(tx: Transaction, { messageId, channel, deliveryIds }: Claimed): Promise<Composed> {
    const lines = await tx.rows<AlertLine>(sql`
      SELECT delivery.id AS "deliveryId", alert.id AS "alertId", d.kind, d.subject, alert.rating,
        alert.due_at AS "dueAt", r.reference, r.status,
        EXISTS (SELECT 1 FROM sample_grade g JOIN sample_item i ON i.id = g.item_id
          WHERE i.referral_id = d.referral_id AND g.has_reopened AND g.graded_at = d.armed_at) AS "isReopened",
        person.email, person.phone,
        d.state = 'open' AND coalesce(person.is_active, true)
          AND NOT EXISTS (SELECT 1 FROM acknowledgement WHERE alert_id = alert.id) AS "isNeeded"
      FROM delivery JOIN alert ON alert.id = delivery.alert_id JOIN deadline d ON d.id = alert.deadline_id
      LEFT JOIN referral r ON r.id = alert.referral_id LEFT JOIN staff_member person ON person.id = recipient_id
      WHERE delivery.id = ANY(${deliveryIds}) ORDER BY alert.rating = 'green', alert.due_at, alert.id
      FOR SHARE OF d`);
    const notNeeded = lines.filter((line) => !line.isNeeded).map(({ deliveryId }) => deliveryId);
    const needed = lines.filter((line) => line.isNeeded);
    const [first] = needed;
    if (first === undefined) return { message: null, notNeeded };
    const sender = { consoleUrl: this.settings.CONSOLE_URL, timeZone: this.time.zone };
    const words = needed.length === 1 ? inFull(first, tx.now, sender) : digest(needed, tx.now, sender);
    return {
      notNeeded,
      message: {
        id: messageId,
        channel,
        to: (channel === 'sms' ? first.phone : channel === 'email' ? first.email : '') ?? '',
        at: tx.now,
        alerts: needed.map(({ alertId, kind, reference, rating, dueAt }) => ({
          ...{ alertId, kind, reference, rating },
          dueAt: dueAt.toString(),
        })),
        subject: words.subject,
        text: channel === 'sms' ? inShort(words) : [words.subject, ...words.text].join('\n\n'),
      },
    };
  }

  /**
   * The canary's message has come back: its deadline is met. An address that does not work is noted, and people are told
   * of it. A delivery that has failed goes by the next channel of the person now; without one, or where the person has
   * left, other people are told.
   */
  async followUp(tx: Transaction, outcome: Outcome): Promise<void> {
    const { alertId, channel, recipientId, state } = outcome;
    if (channel === 'loopback') return this.meetCanary(tx, alertId!);
    const hasLeft = recipientId !== null && (await this.hasLeft(tx, recipientId));
    if (hasLeft) return passOnAlert(tx, this.policies, this.channels, alertId!, 'left');
    if (state === 'failed' && recipientId !== null) await this.noteFailedAddress(tx, outcome, recipientId);
    const hasNext = await useNextChannel(tx, alertId!, recipientId);
    if (!hasNext && recipientId !== null) await passOnAlert(tx, this.policies, this.channels, alertId!, 'failed');
  }

  private async hasLeft(tx: Transaction, personId: string): Promise<boolean> {
    return (await tx.one(StaffMember, { id: personId }, ['isActive']))?.isActive === false;
  }

  private async meetCanary(tx: Transaction, alertId: string): Promise<void> {
    const canary = await tx.row<{ subject: string }>(sql`
      SELECT d.subject FROM alert a JOIN deadline d ON d.id = a.deadline_id WHERE a.id = ${alertId}`);
    if (canary !== null) await endServiceDeadline(tx, 'canary', canary.subject);
  }

  private async noteFailedAddress(tx: Transaction, { channel, sentAt }: Outcome, personId: string): Promise<void> {
    const address = channel === 'sms' ? 'phone' : 'email';
    if (!(await markContactFailed(tx, personId, address, sentAt))) return;
    // The rota has no people of agencies. What a partner is not told is passed on to the hub, which telephones.
    const person = await tx.one(StaffMember, { id: personId }, ['agencyId']);
    if (person!.agencyId !== null) return;
    const inForce = await this.policies.inForce(tx);
    const steps = serviceSteps(inForce.calendar, 'contact_failed', tx.now);
    await openServiceDeadline(tx, 'contact_failed', `${personId} ${address}`, steps, inForce);
  }
}
