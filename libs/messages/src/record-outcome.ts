import { Injectable } from '@nestjs/common';
import { Database, SERVICE } from '#store';
import { acceptMessage, deliverMessage, failAddress, failMessageForNow } from './delivery-state.ts';
import type { Receipt } from './provider.ts';

/**
 * Writes down the outcome of a message. Any process may say that the provider has it; that the provider does not have it
 * may be said only by the worker that holds the lease, or by the provider. {@link FollowUp} acts on the outcome, so
 * that an app that takes receipts needs to know nothing of purposes.
 */
@Injectable()
export class RecordOutcome {
  constructor(private readonly database: Database) {}

  /** @param deliveryIds the deliveries that the message carries; a single one has its delivery's id */
  async accepted(messageId: string, deliveryIds: readonly string[] = [messageId]): Promise<void> {
    await this.database.as(SERVICE).transaction((tx) => acceptMessage(tx, messageId, deliveryIds));
  }

  /** What the provider says of a message, asked or unasked. */
  async receipt(messageId: string, receipt: Receipt): Promise<void> {
    if (receipt === 'accepted') await this.accepted(messageId);
    else if (receipt === 'delivered') await this.delivered(messageId);
    else if (receipt === 'address-failed') await this.addressFailed(messageId, receipt);
    else await this.failedForNow(messageId, receipt);
  }

  async delivered(messageId: string): Promise<void> {
    await this.database.as(SERVICE).transaction((tx) => deliverMessage(tx, messageId));
  }

  /** @param how as for {@link failMessageForNow} */
  async failedForNow(
    messageId: string,
    code: string,
    { limited = false, owner = null }: { limited?: boolean; owner?: string | null } = {},
  ): Promise<void> {
    await this.database.as(SERVICE).transaction((tx) => failMessageForNow(tx, messageId, code, { limited, owner }));
  }

  /** @param owner as for {@link failMessageForNow} */
  async addressFailed(messageId: string, code: string, owner: string | null = null): Promise<void> {
    await this.database.as(SERVICE).transaction((tx) => failAddress(tx, messageId, code, owner));
  }
}
