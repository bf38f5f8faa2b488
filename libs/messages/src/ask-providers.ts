import { randomUUID } from 'node:crypto';
import { withTimeout, type Logger } from '#platform';
import type { Database, Delivery } from '#store';
import { SEND_WITHIN_MS, type Provider, type Receipt } from './provider.ts';
import type { RecordOutcome } from './record-outcome.ts';

/** Asked about at the same time, within the lease that keeps others from asking. */
const AT_ONCE = 16;
/** Notify itself says nothing new of a message after three days. */
const FORGOTTEN_AFTER_HOURS = 72;
/** A provider that cannot be asked for this long is sent the message again: twice is better than never. */
const ASKED_FOR_SECONDS = 60;

interface InDoubt {
  readonly messageId: string;
  readonly channel: Delivery['channel'];
  /** Seconds since it was sent. */
  readonly age: number;
}

/**
 * Finds out what became of messages whose sender has died in the middle, and of those that no receipt has come for:
 * the provider is asked by our reference. One that it does not know, or that cannot ask, is sent again.
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
    const [lapsed, quiet] = [await this.leasesRunOut(), await this.withoutReceipt()];
    await Promise.all([
      ...lapsed.map((one) => this.settle(one, this.owner)),
      ...quiet.map((one) => this.settle(one, null)),
    ]);
    await this.endUndelivered();
  }

  /** The alerts that had reached nobody have: somebody got or acknowledged each, or what it was about is done. */
  private async endUndelivered(): Promise<void> {
    await this.database.rows(
      `WITH ended AS (
         UPDATE deadline SET state = 'met', ended_at = mash.now()
         WHERE kind = 'undelivered' AND state = 'open' AND NOT EXISTS (
           SELECT 1 FROM alert a JOIN deadline d ON d.id = a.deadline_id
           WHERE a.fired_at > mash.now() - interval '7 days' AND d.state = 'open' AND d.kind <> 'undelivered'
             AND NOT EXISTS (SELECT 1 FROM acknowledgement WHERE alert_id = a.id)
             AND EXISTS (SELECT 1 FROM delivery WHERE alert_id = a.id AND failure IS NOT NULL)
             AND NOT EXISTS (SELECT 1 FROM delivery WHERE alert_id = a.id AND recipient_id IS NOT NULL
               AND channel <> 'console' AND state IN ('accepted', 'delivered')))
         RETURNING id)
       UPDATE deadline_step SET state = 'not_needed' WHERE deadline_id IN (SELECT id FROM ended) AND state = 'waiting'`,
    );
  }

  /** A new lease while it is asked about: one worker asks. */
  private leasesRunOut(): Promise<readonly InDoubt[]> {
    return this.database.rows<InDoubt>(
      `WITH expired AS (
         SELECT id FROM delivery WHERE state = 'sending' AND lease_until < (SELECT mash.now())
         ORDER BY urgency, lease_until LIMIT ${AT_ONCE} FOR UPDATE SKIP LOCKED),
       asked AS (
         UPDATE delivery SET lease_owner = $1, lease_until = (SELECT mash.now()) + interval '10 seconds'
         WHERE id IN (SELECT id FROM expired) RETURNING message_id, channel, sent_at)
       SELECT DISTINCT message_id AS "messageId", channel,
         extract(epoch FROM (SELECT mash.now()) - sent_at)::float8 AS age FROM asked`,
      [this.owner],
    );
  }

  /** The next look is twice as far from the acceptance as this one. */
  private async withoutReceipt(): Promise<readonly InDoubt[]> {
    const askable = [...this.byChannel].filter(([, provider]) => 'lookUp' in provider).map(([channel]) => channel);
    if (askable.length === 0) return [];
    return this.database.rows<InDoubt>(
      `WITH due AS (
         SELECT id FROM delivery WHERE state = 'accepted' AND channel = ANY($1) AND next_attempt_at <= (SELECT mash.now())
           AND accepted_at > (SELECT mash.now()) - make_interval(hours => ${FORGOTTEN_AFTER_HOURS})
         ORDER BY urgency, next_attempt_at LIMIT ${AT_ONCE} FOR UPDATE SKIP LOCKED),
       asked AS (
         UPDATE delivery SET next_attempt_at = (SELECT mash.now()) + ((SELECT mash.now()) - accepted_at)
         WHERE id IN (SELECT id FROM due) RETURNING message_id, channel)
       SELECT DISTINCT message_id AS "messageId", channel, 0 AS age FROM asked`,
      [askable],
    );
  }

  /** @param owner whose lease it is under; null for what the provider has taken already */
  private async settle({ messageId, channel, age }: InDoubt, owner: string | null): Promise<void> {
    const provider = this.byChannel.get(channel);
    let receipt: Receipt | null = null;
    if (provider?.lookUp !== undefined) {
      try {
        receipt = await withTimeout(provider.lookUp(messageId), SEND_WITHIN_MS);
      } catch (error) {
        this.log.warn({ message: messageId, provider: provider.name, error }, 'the provider could not be asked');
        if (owner === null || age < ASKED_FOR_SECONDS) return;
      }
    }
    if (receipt !== null) return this.outcome.receipt(messageId, receipt);
    if (owner !== null) await this.outcome.failedForNow(messageId, 'unknown', { owner });
  }
}
