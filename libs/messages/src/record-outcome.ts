import { reachSomebody } from '#alerts';
import { openServiceDeadline, type Policies } from '#deadlines';
import { serviceSteps } from '#domain';
import type { ChannelsInUse } from '#rota';
import type { Database, Delivery, Transaction } from '#store';
import type { Receipt } from './provider.ts';

/** After so many failures the next channel is used and others are told; the tries go on. */
const FAILURES_BEFORE_FALLBACK = 4;
const FIRST_RETRY_SECONDS = 2;
const SLOWEST_RETRY_SECONDS = 300;
/** When a provider is first asked what became of a message; then ever more rarely. */
const FIRST_LOOK_UP_SECONDS = 60;
/** How long to wait after a provider's "too many at once", and for how long that counts as no failure. */
const LIMITED_SECONDS = 1;
const LIMITED_FOR_SECONDS = 60;

interface Sent {
  readonly id: string;
  readonly alertId: string;
  readonly channel: Delivery['channel'];
  readonly recipientId: string | null;
  readonly attempts: number;
  readonly sentAt: Temporal.Instant | null;
}

/**
 * Writes down what became of a message. Anybody may say that the provider has it; that it has not, only whoever holds
 * the lease, or the provider.
 */
export class RecordOutcome {
  constructor(
    private readonly database: Database,
    private readonly policies: Policies,
    private readonly channels: ChannelsInUse,
  ) {}

  /**
   * The provider has taken it. That is certain, whoever holds the lease by now, and nothing is sent again that is not
   * yet. The canary's message comes back at once: it has arrived, and its deadline is met.
   *
   * @param deliveryIds what the message carries; a single one has its delivery's id
   */
  async accepted(messageId: string, deliveryIds: readonly string[] = [messageId]): Promise<void> {
    await this.database.transaction(async (tx) => {
      await tx.update(
        `UPDATE delivery SET state = CASE WHEN channel = 'loopback' THEN 'delivered' ELSE 'accepted' END,
           accepted_at = $3, delivered_at = CASE WHEN channel = 'loopback' THEN $3::timestamptz END,
           message_id = $1, lease_owner = NULL, lease_until = NULL, failure = NULL,
           next_attempt_at = $3::timestamptz + make_interval(secs => ${FIRST_LOOK_UP_SECONDS})
         WHERE (message_id = $1 OR id = ANY($2)) AND state IN ('sending', 'queued')`,
        [messageId, deliveryIds, tx.now],
      );
      await tx.update(
        `UPDATE deadline SET state = 'met', ended_at = $2 WHERE kind = 'canary' AND state = 'open' AND id IN (
           SELECT alert.deadline_id FROM delivery JOIN alert ON alert.id = delivery.alert_id
           WHERE message_id = $1 AND channel = 'loopback' AND delivery.state = 'delivered')`,
        [messageId, tx.now],
      );
    });
  }

  /** What the provider says of a message, asked or unasked. */
  async receipt(messageId: string, receipt: Receipt): Promise<void> {
    if (receipt === 'accepted') await this.accepted(messageId);
    else if (receipt === 'delivered') await this.delivered(messageId);
    else if (receipt === 'address-failed') await this.addressFailed(messageId, receipt);
    else await this.failedForNow(messageId, receipt);
  }

  /** It has arrived, as the provider says. */
  async delivered(messageId: string): Promise<void> {
    await this.database.rows(
      `UPDATE delivery SET state = 'delivered', delivered_at = clock.now, failure = NULL,
         accepted_at = coalesce(accepted_at, clock.now), lease_owner = NULL, lease_until = NULL
       FROM (SELECT mash.now() AS now) clock WHERE message_id = $1 AND state IN ('sending', 'accepted')`,
      [messageId],
    );
  }

  /**
   * It may be tried again: it was not taken, or nobody knows, or the provider has given up on it for now.
   *
   * @param limited too many at once: no failure, so it counts as no try
   */
  async failedForNow(
    messageId: string,
    code: string,
    { limited = false, owner = null }: { limited?: boolean; owner?: string | null } = {},
  ): Promise<void> {
    await this.database.transaction(async (tx) => {
      const seconds = limited
        ? `${LIMITED_SECONDS}`
        : `least(${FIRST_RETRY_SECONDS} * 2 ^ least(attempts - 1, 10), ${SLOWEST_RETRY_SECONDS})`;
      const failed = await tx.rows<Sent>(
        `UPDATE delivery SET state = 'queued', lease_owner = NULL, lease_until = NULL, message_id = NULL,
           attempts = attempts - ${limited ? IN_ITS_FIRST_MINUTE : 0}, failure = $2,
           next_attempt_at = $3::timestamptz + make_interval(secs => ${seconds})
         WHERE message_id = $1 AND ${MAY_SAY_OF} RETURNING ${SENT}`,
        [messageId, code, tx.now, owner],
      );
      for (const delivery of failed) {
        if (delivery.attempts >= FAILURES_BEFORE_FALLBACK) await this.fallBack(tx, delivery);
      }
    });
  }

  /** The address does not work, for good: the next channel at once, and somebody is told of the dead address. */
  async addressFailed(messageId: string, code: string, owner: string | null = null): Promise<void> {
    await this.database.transaction(async (tx) => {
      const failed = await tx.rows<Sent>(
        `UPDATE delivery SET state = 'failed', failed_at = $3, failure = $2, lease_owner = NULL, lease_until = NULL
         WHERE message_id = $1 AND ${MAY_SAY_OF} RETURNING ${SENT}`,
        [messageId, code, tx.now, owner],
      );
      const [first] = failed;
      if (first !== undefined && first.recipientId !== null) await this.markContact(tx, first);
      for (const delivery of failed) await this.fallBack(tx, delivery);
    });
  }

  /** Not an address that has been corrected since the message was sent. */
  private async markContact(tx: Transaction, { channel, recipientId, sentAt }: Sent): Promise<void> {
    const address = channel === 'sms' ? 'phone' : 'email';
    const marked = await tx.update(
      `UPDATE staff_member SET ${address}_failed_at = coalesce(${address}_failed_at, $2)
       WHERE id = $1 AND ($3::timestamptz > contact_changed_at) IS NOT FALSE`,
      [recipientId, tx.now, sentAt],
    );
    if (marked === 0) return;
    const inForce = await this.policies.inForce(tx);
    const steps = serviceSteps(inForce.calendar, 'contact_failed', tx.now);
    await openServiceDeadline(tx, 'contact_failed', `${recipientId} ${address}`, steps, inForce);
  }

  /** The person's next channel is used now; without one, somebody else is told. */
  private async fallBack(tx: Transaction, { alertId, recipientId }: Sent): Promise<void> {
    const next = await tx.update(
      `UPDATE delivery SET next_attempt_at = $3 WHERE id = (
         SELECT id FROM delivery WHERE alert_id = $1 AND recipient_id IS NOT DISTINCT FROM $2
         AND state = 'queued' AND attempts = 0 AND channel <> 'console' ORDER BY next_attempt_at LIMIT 1)`,
      [alertId, recipientId, tx.now],
    );
    if (next === 0 && recipientId !== null) await reachSomebody(tx, this.policies, this.channels, alertId);
  }
}

const IN_ITS_FIRST_MINUTE = `CASE WHEN (SELECT fired_at FROM alert WHERE alert.id = alert_id)
  > $3::timestamptz - make_interval(secs => ${LIMITED_FOR_SECONDS}) THEN 1 ELSE 0 END`;

const SENT = `id, alert_id AS "alertId", channel, recipient_id AS "recipientId", attempts, sent_at AS "sentAt"`;

/** A receipt, which has no owner, tells of what has been taken as well; a sender only of what it still has the lease of. */
const MAY_SAY_OF = `CASE WHEN $4::uuid IS NULL THEN state IN ('sending', 'accepted')
  ELSE state = 'sending' AND lease_owner = $4 END`;
