import { Inject, Injectable } from '@nestjs/common';
import type { Claimed, Composed, MessagePurpose, Outcome } from '#messages';
import { ChannelSettings, LOG, type Logger } from '#platform';
import { sql, type SummaryFigures, type Transaction } from '#store';
import { summaryInWords } from './summary-words.ts';

/** The purpose `weekly_summary` of messages: the e-mail to a person who wants to know how promptly the hub works. */
@Injectable()
export class WeeklyLetters implements MessagePurpose {
  readonly purpose = 'weekly_summary';

  constructor(
    private readonly settings: ChannelSettings,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  /** A person who has changed their mind, or left, since it was handed over gets none. */
  async compose(tx: Transaction, { messageId, channel, deliveryIds }: Claimed): Promise<Composed> {
    const found = await tx.row<{ week: string; figures: SummaryFigures; email: string; isWanted: boolean }>(sql`
      SELECT s.week, s.figures, m.email,
        m.is_active AND coalesce(p.preferences->>'weeklySummary', 'false') = 'true' AS "isWanted"
      FROM delivery v JOIN weekly_summary s ON s.week = v.week JOIN staff_member m ON m.id = v.recipient_id
      LEFT JOIN preference p ON p.staff_id = m.id
      WHERE v.id = ANY(${deliveryIds})`);
    const { week, figures, email, isWanted } = found!;
    if (!isWanted) return { notNeeded: deliveryIds, message: null };
    const words = summaryInWords(week, figures, this.settings.CONSOLE_URL);
    return { notNeeded: [], message: { id: messageId, channel, to: email, at: tx.now, alerts: [], ...words } };
  }

  /** An address that does not work is found by the alerts that go to it. */
  async followUp(_: Transaction, { id, recipientId, state, failure }: Outcome): Promise<void> {
    if (state === 'accepted' || state === 'delivered') return;
    this.log.warn({ delivery: id, recipient: recipientId, state, failure }, 'a weekly summary could not be sent');
  }
}
