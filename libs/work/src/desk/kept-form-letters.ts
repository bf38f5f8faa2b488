import { Inject, Injectable } from '@nestjs/common';
import { HubTime } from '#deadlines';
import type { Claimed, Composed, MessagePurpose, Outcome } from '#messages';
import { ChannelSettings, LOG, type Logger } from '#platform';
import { sql, type Transaction } from '#store';
import { keptFormInWords, type KeptForm } from './kept-form-words.ts';
import { longAgo } from './remind-of-kept-forms.ts';

/** The purpose `kept_form` of messages: the e-mail that a form which was kept is not sent. It has no word of the form. */
@Injectable()
export class KeptFormLetters implements MessagePurpose {
  readonly purpose = 'kept_form';

  constructor(
    private readonly settings: ChannelSettings,
    private readonly time: HubTime,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  /** A form that was sent, taken up again or removed since it was handed over is told of no more. */
  async compose(tx: Transaction, { messageId, channel, deliveryIds }: Claimed): Promise<Composed> {
    const found = await tx.row<KeptForm & { email: string }>(sql`
      SELECT m.email, f.subject, f.saved_at AS "savedAt", f.expires_at AS "expiresAt"
      FROM delivery v JOIN draft f ON f.id = v.draft_id JOIN staff_member m ON m.id = v.recipient_id
      WHERE v.id = ANY(${deliveryIds}) AND m.is_active AND f.expires_at > ${tx.now} AND f.saved_at <= ${longAgo(tx)}`);
    if (found === null) return { notNeeded: deliveryIds, message: null };
    const { email, ...form } = found;
    const words = keptFormInWords(form, this.settings.CONSOLE_URL, this.time.zone);
    return { notNeeded: [], message: { id: messageId, channel, to: email, at: tx.now, alerts: [], ...words } };
  }

  async followUp(_: Transaction, { id, recipientId, state, failure }: Outcome): Promise<void> {
    if (state === 'accepted' || state === 'delivered') return;
    this.log.warn(
      { delivery: id, recipient: recipientId, state, failure },
      'the word of a kept form could not be sent',
    );
  }
}
