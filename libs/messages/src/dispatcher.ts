import { randomUUID } from 'node:crypto';
import { composeMessage, type Sender } from '#alerts';
import { withTimeout, type Logger } from '#platform';
import type { Database } from '#store';
import { claimMessages, type Claimed } from './claim-messages.ts';
import { NotSent, SEND_WITHIN_MS, type Provider } from './provider.ts';
import type { RecordOutcome } from './record-outcome.ts';

/** Whatever nobody has said a word of is looked for within this. */
const SWEEP_MS = 1_000;
/** Places that only a red may take: it never waits for others to be sent. */
const PLACES_FOR_RED = 2;

/**
 * Sends what waits for one provider, the most urgent first, within what the provider allows. Any number may run: a
 * delivery is leased before anything leaves, and only the holder of the lease says what became of it.
 */
export class Dispatcher {
  private readonly owner = randomUUID();
  private readonly sending = new Set<Promise<void>>();
  private timer: NodeJS.Timeout | null = null;
  private running: Promise<void> | null = null;
  private again = false;
  private stopped = true;

  constructor(
    private readonly database: Database,
    private readonly provider: Provider,
    private readonly sender: Sender,
    private readonly outcome: RecordOutcome,
    private readonly log: Logger,
  ) {}

  start(): void {
    this.stopped = false;
    this.nudge();
  }

  /** Lets what is on its way come to its end. */
  async stop(): Promise<void> {
    this.stopped = true;
    if (this.timer !== null) clearTimeout(this.timer);
    await this.running;
    await Promise.all(this.sending);
  }

  /** Says that there may be something to send. Returns at once. */
  nudge(): void {
    if (this.stopped) return;
    if (this.running !== null) {
      this.again = true;
      return;
    }
    if (this.timer !== null) clearTimeout(this.timer);
    this.running = this.round().finally(() => {
      this.running = null;
      if (this.stopped) return;
      if (this.again) {
        this.again = false;
        this.nudge();
      } else this.timer = setTimeout(() => this.nudge(), SWEEP_MS);
    });
  }

  /** One round: for tests, which wait for it and for all that it sends. */
  async sendDue(): Promise<void> {
    await this.round();
    while (this.sending.size > 0) await Promise.all(this.sending);
  }

  private async round(): Promise<void> {
    const free = this.provider.atOnce - this.sending.size;
    if (free <= 0) return;
    try {
      const room = { red: free, other: Math.max(free - PLACES_FOR_RED, this.sending.size === 0 ? 1 : 0) };
      const { messages, more } = await claimMessages(this.database, this.provider, this.owner, room);
      for (const message of messages) this.begin(message);
      this.again ||= more;
    } catch (error) {
      this.log.error({ error, provider: this.provider.name }, 'alerts could not be taken for sending');
    }
  }

  private begin(claimed: Claimed): void {
    const sending = this.send(claimed)
      .catch((error: unknown) => {
        // Nobody knows whether it was sent: its lease runs out, and then the provider is asked.
        this.log.warn({ message: claimed.messageId, provider: this.provider.name, error }, 'no word of a message');
      })
      .finally(() => {
        this.sending.delete(sending);
        this.nudge();
      });
    this.sending.add(sending);
  }

  private async send(claimed: Claimed): Promise<void> {
    const { message, notNeeded } = await composeMessage(this.database, this.sender, claimed);
    if (notNeeded.length > 0) await this.drop(notNeeded);
    if (message === null) return;
    const sent = this.provider.send(message);
    try {
      await withTimeout(sent, SEND_WITHIN_MS);
    } catch (error) {
      if (!(error instanceof NotSent)) {
        // A yes that comes late is a yes: nobody has to be asked, and nothing is sent again.
        sent.then(() => this.outcome.accepted(message.id, claimed.deliveryIds)).catch(() => undefined);
        throw error;
      }
      this.log.warn({ message: message.id, provider: this.provider.name, code: error.code }, 'an alert was not sent');
      if (error.reason === 'address-failed') return this.outcome.addressFailed(message.id, error.code, this.owner);
      return this.outcome.failedForNow(message.id, error.code, {
        limited: error.reason === 'limited',
        owner: this.owner,
      });
    }
    await this.outcome.accepted(message.id, claimed.deliveryIds);
  }

  private async drop(deliveryIds: readonly string[]): Promise<void> {
    await this.database.rows(
      `UPDATE delivery SET state = 'not_needed', lease_owner = NULL, lease_until = NULL, sent_at = NULL, message_id = NULL
       WHERE id = ANY($1) AND lease_owner = $2`,
      [deliveryIds, this.owner],
    );
  }
}
