import type { Logger } from '#platform';
import type { Database, Delivery } from '#store';
import type { Provider, Receipt } from './provider.ts';
import type { RecordOutcome } from './record-outcome.ts';

const AT_ONCE = 50;
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
export class SettleDoubt {
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
    for (const one of await this.leasesRunOut()) await this.settle(one, true);
    for (const one of await this.withoutReceipt()) await this.settle(one, false);
    await this.endUndelivered();
  }

  /** An alert that had reached nobody has: somebody got it or acknowledged it, or what it was about is done. */
  private async endUndelivered(): Promise<void> {
    await this.database.rows(
      `WITH ended AS (
         UPDATE deadline u SET state = 'met', ended_at = mash.now() FROM alert a JOIN deadline d ON d.id = a.deadline_id
         WHERE u.kind = 'undelivered' AND u.state = 'open' AND u.subject = a.id::text AND (d.state <> 'open'
           OR EXISTS (SELECT 1 FROM acknowledgement WHERE alert_id = a.id)
           OR EXISTS (SELECT 1 FROM delivery WHERE alert_id = a.id AND recipient_id IS NOT NULL
             AND channel <> 'console' AND state IN ('accepted', 'delivered')))
         RETURNING u.id)
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
         UPDATE delivery SET lease_owner = NULL, lease_until = (SELECT mash.now()) + interval '10 seconds'
         WHERE id IN (SELECT id FROM expired) RETURNING message_id, channel, sent_at)
       SELECT DISTINCT message_id AS "messageId", channel,
         extract(epoch FROM (SELECT mash.now()) - sent_at)::float8 AS age FROM asked`,
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

  private async settle({ messageId, channel, age }: InDoubt, wasSending: boolean): Promise<void> {
    const provider = this.byChannel.get(channel);
    let receipt: Receipt | null = null;
    if (provider?.lookUp !== undefined) {
      try {
        receipt = await provider.lookUp(messageId);
      } catch (error) {
        this.log.warn({ message: messageId, provider: provider.name, error }, 'the provider could not be asked');
        if (!wasSending || age < ASKED_FOR_SECONDS) return;
      }
    }
    if (receipt !== null) return this.outcome.receipt(messageId, receipt);
    if (wasSending) await this.outcome.failedForNow(messageId, 'unknown');
  }
}
