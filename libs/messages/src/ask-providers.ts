import { randomUUID } from 'node:crypto';
import { withTimeout, type Logger } from '#platform';
import { SERVICE, type Database, type Delivery } from '#store';
import { takeLapsedLeases, takeWithoutReceipt, type InDoubt } from './delivery-state.ts';
import { SEND_WITHIN_MS, type Provider, type Receipt } from './provider.ts';
import type { RecordOutcome } from './record-outcome.ts';

/** Messages that are asked about at the same time, within the lease that keeps other workers from asking. */
const ASKED_AT_ONCE = 16;
/** Notify itself says nothing new of a message after three days. */
const FORGOTTEN_AFTER_HOURS = 72;
/** A provider that cannot be asked for this long is sent the message again: twice is better than never. */
const ASKED_FOR_SECONDS = 60;

/**
 * Asks the providers about messages whose sender has died in the middle, and about those that no receipt has come for,
 * by our reference. A message that the provider does not know, or that it cannot be asked about, is sent again.
 */
export class AskProviders {
  private readonly owner = randomUUID();
  private readonly byChannel: ReadonlyMap<Delivery['channel'], Provider>;

  constructor(
    private readonly database: Database,
    providers: readonly Provider[],
    private readonly outcome: RecordOutcome,
    private readonly log: Logger,
  ) {
    this.byChannel = new Map(providers.flatMap((provider) => provider.channels.map((channel) => [channel, provider])));
  }

  async execute(): Promise<void> {
    const { lapsed, quiet } = await this.database.as(SERVICE).transaction(async (tx) => {
      const askable = [...this.byChannel].filter(([, provider]) => 'lookUp' in provider).map(([channel]) => channel);
      const since = tx.now.subtract({ hours: FORGOTTEN_AFTER_HOURS });
      return {
        lapsed: await takeLapsedLeases(tx, this.owner, ASKED_AT_ONCE),
        quiet: askable.length === 0 ? [] : await takeWithoutReceipt(tx, askable, since, ASKED_AT_ONCE),
      };
    });
    await Promise.all([
      ...lapsed.map((one) => this.settle(one, this.owner)),
      ...quiet.map((one) => this.settle(one, null)),
    ]);
  }

  /** @param owner whose lease the message is under; null for a message that the provider has taken already */
  private async settle({ messageId, channel, ageSeconds }: InDoubt, owner: string | null): Promise<void> {
    const provider = this.byChannel.get(channel);
    let receipt: Receipt | null = null;
    if (provider?.lookUp !== undefined) {
      try {
        receipt = await withTimeout(provider.lookUp(messageId), SEND_WITHIN_MS);
      } catch (error) {
        this.log.warn({ message: messageId, provider: provider.name, error }, 'the provider could not be asked');
        if (owner === null || ageSeconds < ASKED_FOR_SECONDS) return;
      }
    }
    if (receipt !== null) return this.outcome.receipt(messageId, receipt);
    if (owner !== null) await this.outcome.failedForNow(messageId, 'unknown', { owner });
  }
}
