import { randomUUID } from 'node:crypto';
import { Loop, withTimeout, type Logger } from '#platform';
import { SERVICE, type Database } from '#store';
import { claimMessages } from './claim-messages.ts';
import { dropDeliveries, renewLease } from './delivery-state.ts';
import { NotSent, SEND_WITHIN_MS, type Message, type Provider } from './provider.ts';
import type { Claimed, MessagePurpose } from './purpose.ts';
import type { RecordOutcome } from './record-outcome.ts';

/** A message of which no process has said anything is found within this. */
const SWEEP_MS = 1_000;
/** Places that only a red may take: a red never waits for others to be sent. */
const PLACES_FOR_RED = 2;

/**
 * Sends the messages that wait for one provider, the most urgent first, within the provider's limit. Any number may
 * run: a delivery is leased before anything leaves, and only the holder of the lease records its outcome.
 */
export class Dispatcher {
  private readonly owner = randomUUID();
  private readonly sending = new Set<Promise<void>>();
  private readonly rounds: Loop;

  /** @param onOutcome called when an outcome is recorded, so that its purpose acts at once */
  constructor(
    private readonly database: Database,
    private readonly provider: Provider,
    private readonly purposes: readonly MessagePurpose[],
    private readonly outcome: RecordOutcome,
    private readonly log: Logger,
    private readonly onOutcome: () => void = () => undefined,
  ) {
    this.rounds = new Loop(`taking messages for ${provider.name}`, SWEEP_MS, () => this.round(), log);
  }

  start(): void {
    this.rounds.start();
  }

  /** Lets the messages on their way come to their end. */
  async stop(): Promise<void> {
    await this.rounds.stop();
    await Promise.all(this.sending);
  }

  /** Says that there may be something to send. Returns at once. */
  nudge(): void {
    this.rounds.nudge();
  }

  /** One round: for tests, which wait for it and for all that it sends. */
  async sendDue(): Promise<void> {
    await this.round();
    while (this.sending.size > 0) await Promise.all(this.sending);
  }

  private async round(): Promise<void> {
    const free = this.provider.atOnce - this.sending.size;
    if (free <= 0) return;
    const room = { red: free, other: Math.max(free - PLACES_FOR_RED, this.sending.size === 0 ? 1 : 0) };
    const { messages, more } = await claimMessages(this.database, this.provider, this.owner, room);
    for (const message of messages) this.begin(message);
    if (more) this.rounds.nudge();
  }

  private begin(claimed: Claimed): void {
    const sending = this.send(claimed)
      .catch((error: unknown) => {
        // It is not known whether it was sent: its lease runs out, and then the provider is asked.
        this.log.warn({ message: claimed.messageId, provider: this.provider.name, error }, 'no word of a message');
      })
      .finally(() => {
        this.sending.delete(sending);
        this.onOutcome();
        this.nudge();
      });
    this.sending.add(sending);
  }

  private async send(claimed: Claimed): Promise<void> {
    const composed = await this.compose(claimed);
    if (composed === null) return;
    const { message, deliveryIds } = composed;
    const sent = this.provider.send(message);
    try {
      await withTimeout(sent, SEND_WITHIN_MS);
    } catch (error) {
      if (!(error instanceof NotSent)) {
        // A late acknowledgement by the provider still counts: nothing is sent again.
        sent.then(() => this.outcome.accepted(message.id, deliveryIds)).catch(() => undefined);
        throw error;
      }
      this.log.warn({ message: message.id, provider: this.provider.name, code: error.code }, 'a message was not sent');
      if (error.reason === 'address-failed') return this.outcome.addressFailed(message.id, error.code, this.owner);
      return this.outcome.failedForNow(message.id, error.code, {
        limited: error.reason === 'limited',
        owner: this.owner,
      });
    }
    await this.outcome.accepted(message.id, deliveryIds);
  }

  /**
   * Writes the message at the last moment, with a whole lease before it: a worker that was slow, and whose lease another
   * has by now, sends nothing.
   *
   * @returns the message and the deliveries that are in it; null when nothing of it is to be sent
   */
  private compose(claimed: Claimed): Promise<{ message: Message; deliveryIds: readonly string[] } | null> {
    return this.database.as(SERVICE).transaction(async (tx) => {
      const leased = await renewLease(tx, claimed, this.owner);
      if (leased.length < claimed.deliveryIds.length) return null;
      const purpose = this.purposes.find((one) => one.purpose === claimed.purpose);
      if (purpose === undefined)
        throw new Error(`no part of this app knows messages of the purpose ${claimed.purpose}`);
      const { message, notNeeded } = await purpose.compose(tx, claimed);
      if (notNeeded.length > 0) await dropDeliveries(tx, notNeeded, this.owner);
      if (message === null) return null;
      return { message, deliveryIds: claimed.deliveryIds.filter((id) => !notNeeded.includes(id)) };
    });
  }
}
