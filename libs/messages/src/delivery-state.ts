import { backoffSeconds, type Backoff } from '#platform';
import { Delivery, sql, type Transaction } from '#store';
import type { Outcome } from './purpose.ts';

/*
 * Which state a delivery may go to next. Every statement that changes one is in this file; `queue-deliveries.ts` has those
 * that begin one, as queued.
 *
 *   queued → sending        a worker leases it, and it may have left the building from then on
 *   sending → accepted      the provider has taken it
 *   sending → queued        the provider has not taken it, or nothing is known: it is tried again
 *   sending → failed        the address does not work, for good
 *   sending → not_needed    the thing that it was about is done
 *   sending | queued → accepted | delivered     the provider has it, whichever worker holds the lease by now
 *   accepted → delivered | queued | failed      as the provider's receipt says
 *   queued → not_needed     the person to whom it was to go has left
 *   not_needed | failed → queued                a decision is taken back, and its alerts are needed again
 */

/** The worker that has leased a delivery has it to itself for so long. */
export const LEASE_SECONDS = 10;
/** A provider that has not taken a message is tried again after this. */
const RETRY: Backoff = { firstSeconds: 2, slowestSeconds: 300 };
/** After so many failures the purpose acts; the tries go on. */
const FAILURES_BEFORE_FOLLOW_UP = 4;
/** When a provider is first asked about a message it has taken; then ever more rarely. */
const FIRST_LOOK_UP_SECONDS = 60;
/** How long to wait after a provider's "too many at once", and for how long that counts as no failure. */
const LIMITED_SECONDS = 1;
const LIMITED_FOR_SECONDS = 60;

/**
 * Leases deliveries for a worker. Committed before anything leaves: from now on they may have been sent.
 *
 * @param pairs each delivery with the message that carries it
 */
export async function leaseDeliveries(
  tx: Transaction,
  pairs: readonly { readonly id: string; readonly messageId: string }[],
  owner: string,
  until: Temporal.Instant,
): Promise<void> {
  await tx.run(sql`
    UPDATE delivery SET state = 'sending', lease_owner = ${owner}, lease_until = ${until}, sent_at = ${tx.now},
      attempts = attempts + 1, message_id = claimed.message
    FROM unnest(${pairs.map(({ id }) => id)}::uuid[], ${pairs.map(({ messageId }) => messageId)}::uuid[])
      AS claimed(id, message)
    WHERE delivery.id = claimed.id`);
}

/** A lease from now on, of deliveries that this worker still holds. @returns their ids */
export async function renewLease(
  tx: Transaction,
  { messageId, deliveryIds }: { readonly messageId: string; readonly deliveryIds: readonly string[] },
  owner: string,
): Promise<readonly string[]> {
  const held = await tx.rows<{ id: string }>(sql`
    UPDATE delivery SET lease_until = ${tx.now.add({ seconds: LEASE_SECONDS })}
    WHERE id = ANY(${deliveryIds}) AND message_id = ${messageId} AND lease_owner = ${owner} AND state = 'sending'
      AND lease_until >= ${tx.now}
    RETURNING id`);
  return held.map(({ id }) => id);
}

/** Puts off the deliveries other than red that wait for a recipient, until an instant. */
export async function postponeDeliveries(
  tx: Transaction,
  channel: Delivery['channel'],
  recipientId: string | null,
  until: Temporal.Instant,
): Promise<void> {
  await tx.run(sql`
    UPDATE delivery SET next_attempt_at = ${until}
    WHERE channel = ${channel} AND recipient_id IS NOT DISTINCT FROM ${recipientId} AND purpose = 'alert' AND urgency > 1
      AND state = 'queued' AND next_attempt_at < ${until}`);
}

/** Drops deliveries that a worker has leased: nothing needs them any more. */
export async function dropDeliveries(tx: Transaction, ids: readonly string[], owner: string): Promise<void> {
  await tx.run(sql`
    UPDATE delivery SET state = 'not_needed', lease_owner = NULL, lease_until = NULL, sent_at = NULL, message_id = NULL
    WHERE id = ANY(${ids}) AND lease_owner = ${owner}`);
}

/**
 * The provider has taken the message. That is certain, whichever worker holds the lease by now, and a delivery that
 * waits to be sent again is not sent again. The message of the canary comes back at once: it has arrived.
 */
export async function acceptMessage(tx: Transaction, messageId: string, deliveryIds: readonly string[]): Promise<void> {
  await tx.run(sql`
    UPDATE delivery SET state = CASE WHEN channel = 'loopback' THEN 'delivered' ELSE 'accepted' END,
      accepted_at = ${tx.now}, delivered_at = CASE WHEN channel = 'loopback' THEN ${tx.now}::timestamptz END,
      follow_up_at = CASE
        WHEN accepted_at IS NULL AND (channel = 'loopback' OR purpose <> 'alert') THEN ${tx.now}::timestamptz END,
      message_id = ${messageId}, lease_owner = NULL, lease_until = NULL, failure = NULL,
      next_attempt_at = ${tx.now.add({ seconds: FIRST_LOOK_UP_SECONDS })}
    WHERE (message_id = ${messageId} OR id = ANY(${deliveryIds})) AND state IN ('sending', 'queued')`);
}

/**
 * The message has arrived, as the provider says. One that waits to be sent again, because no word of it had come, is not
 * sent again: alone in its message a delivery has the message's id.
 */
export async function deliverMessage(tx: Transaction, messageId: string): Promise<void> {
  await tx.run(sql`
    UPDATE delivery SET state = 'delivered', delivered_at = ${tx.now}, failure = NULL, message_id = ${messageId},
      accepted_at = coalesce(accepted_at, ${tx.now}), lease_owner = NULL, lease_until = NULL,
      follow_up_at = CASE
        WHEN accepted_at IS NULL AND purpose <> 'alert' THEN ${tx.now}::timestamptz
        WHEN state <> 'queued' THEN follow_up_at END
    WHERE (message_id = ${messageId} OR id = ${messageId}) AND state IN ('sending', 'queued', 'accepted')`);
}

/**
 * The message may be tried again: it was not taken, or nothing is known, or the provider has given up on it for now.
 *
 * @param code the provider's code of the failure
 * @param how.limited too many at once: in the first minute no failure, so that it counts as no try
 * @param how.owner the worker that holds the lease; null when the provider says so, which may speak of an accepted one
 */
export async function failMessageForNow(
  tx: Transaction,
  messageId: string,
  code: string,
  { limited, owner }: { readonly limited: boolean; readonly owner: string | null },
): Promise<void> {
  const failed = await tx.rows<{ id: string; attempts: number; isYoung: boolean; isUnheard: boolean }>(sql`
    SELECT v.id, v.attempts, v.follow_up_at IS NOT NULL AS "isUnheard", coalesce(a.fired_at, r.received_at) > ${tx.now.subtract({ seconds: LIMITED_FOR_SECONDS })}
      AS "isYoung"
    FROM delivery v LEFT JOIN alert a ON a.id = v.alert_id LEFT JOIN referral r ON r.id = v.referral_id
    WHERE v.message_id = ${messageId}
      AND CASE WHEN ${owner}::uuid IS NULL THEN v.state IN ('sending', 'accepted')
        ELSE v.state = 'sending' AND v.lease_owner = ${owner} END
    FOR NO KEY UPDATE OF v`);
  for (const { id, attempts, isYoung, isUnheard } of failed) {
    const counted = limited && isYoung ? attempts - 1 : attempts;
    const wait = limited ? LIMITED_SECONDS : backoffSeconds(Math.max(attempts, 1), RETRY);
    await tx.change(Delivery, id, {
      ...{ state: 'queued', leaseOwner: null, leaseUntil: null, messageId: null, failure: code, attempts: counted },
      // Its purpose has not acted on it yet: when the message is taken again, that is the outcome to act on.
      ...(isUnheard ? { acceptedAt: null } : {}),
      nextAttemptAt: tx.now.add({ milliseconds: Math.round(wait * 1_000) }),
      followUpAt: counted >= FAILURES_BEFORE_FOLLOW_UP ? tx.now : null,
    });
  }
}

/** The address does not work, for good. @param owner as for {@link failMessageForNow} */
export async function failAddress(
  tx: Transaction,
  messageId: string,
  code: string,
  owner: string | null,
): Promise<void> {
  await tx.run(sql`
    UPDATE delivery SET state = 'failed', failed_at = ${tx.now}, failure = ${code}, follow_up_at = ${tx.now},
      lease_owner = NULL, lease_until = NULL
    WHERE message_id = ${messageId}
      AND CASE WHEN ${owner}::uuid IS NULL THEN state IN ('sending', 'accepted')
        ELSE state = 'sending' AND lease_owner = ${owner} END`);
}

/** The ids of deliveries on whose outcome a purpose has to act, the oldest first. */
export async function followUpsDue(tx: Transaction, limit: number): Promise<readonly string[]> {
  const due = await tx.rows<{ id: string }>(sql`
    SELECT id FROM delivery WHERE follow_up_at <= ${tx.now} ORDER BY follow_up_at LIMIT ${limit}`);
  return due.map(({ id }) => id);
}

/** Takes the outcome of a delivery, so that one worker acts on it once; null when another worker has it. */
export async function takeOutcome(tx: Transaction, id: string): Promise<(Outcome & Pick<Delivery, 'purpose'>) | null> {
  return tx.row<Outcome & Pick<Delivery, 'purpose'>>(sql`
    UPDATE delivery SET follow_up_at = NULL
    WHERE id = (
      SELECT id FROM delivery WHERE id = ${id} AND follow_up_at <= ${tx.now} FOR NO KEY UPDATE SKIP LOCKED)
    RETURNING id, purpose, alert_id AS "alertId", referral_id AS "referralId", channel, recipient_id AS "recipientId",
      state, sent_at AS "sentAt", failure`);
}

/** An outcome on which the purpose failed to act is tried again later. */
export async function postponeFollowUp(tx: Transaction, id: string, until: Temporal.Instant): Promise<void> {
  await tx.change(Delivery, id, { followUpAt: until });
}

/**
 * Uses the next channel of a recipient now, where one of the alert's still waits for its turn.
 *
 * @returns whether there was one
 */
export async function useNextChannel(tx: Transaction, alertId: string, recipientId: string | null): Promise<boolean> {
  const changed = await tx.run(sql`
    UPDATE delivery SET next_attempt_at = ${tx.now} WHERE id = (
      SELECT id FROM delivery WHERE alert_id = ${alertId} AND recipient_id IS NOT DISTINCT FROM ${recipientId}
      AND state = 'queued' AND attempts = 0 AND channel <> 'console' ORDER BY next_attempt_at LIMIT 1)`);
  return changed > 0;
}

/**
 * A person has left: nothing waits to be sent to them, and their alerts come to the purpose, which passes them on. Of a
 * deadline it is the last alert, since who was told later has it already.
 */
export async function endDeliveriesTo(tx: Transaction, recipientId: string): Promise<void> {
  await tx.run(sql`
    UPDATE delivery SET follow_up_at = ${tx.now} WHERE id IN (
      SELECT DISTINCT ON (v.alert_id) v.id
      FROM delivery v JOIN alert a ON a.id = v.alert_id JOIN deadline d ON d.id = a.deadline_id
      WHERE v.recipient_id = ${recipientId} AND d.state = 'open'
        AND NOT EXISTS (SELECT 1 FROM alert later WHERE later.deadline_id = d.id AND later.fired_at > a.fired_at)
        AND NOT EXISTS (SELECT 1 FROM acknowledgement WHERE alert_id = a.id)
      ORDER BY v.alert_id, v.id)`);
  await tx.run(sql`
    UPDATE delivery SET state = 'not_needed' WHERE recipient_id = ${recipientId} AND state = 'queued'`);
}

/** Sends the alerts of deadlines again that were dropped or had failed, unless a person has acknowledged them. */
export async function sendAlertsAgain(tx: Transaction, deadlineIds: readonly string[]): Promise<void> {
  await tx.run(sql`
    UPDATE delivery v SET state = 'queued', next_attempt_at = ${tx.now}, follow_up_at = NULL
    FROM alert a
    WHERE v.alert_id = a.id AND a.deadline_id = ANY(${deadlineIds}) AND v.state IN ('not_needed', 'failed')
      AND NOT EXISTS (SELECT 1 FROM acknowledgement WHERE alert_id = a.id)`);
}

/** A person has these alerts on the screen: on the console they have arrived. Without a list, all that are theirs. */
export async function showOnConsole(
  tx: Transaction,
  recipientId: string,
  alertIds: readonly string[] | null = null,
): Promise<void> {
  await tx.run(sql`
    UPDATE delivery SET state = 'delivered', delivered_at = ${tx.now}, accepted_at = coalesce(accepted_at, ${tx.now})
    WHERE channel = 'console' AND recipient_id = ${recipientId} AND state IN ('queued', 'accepted')
      AND (${alertIds}::uuid[] IS NULL OR alert_id = ANY(${alertIds}::uuid[]))`);
}

/** A new lease on messages whose sender has died in the middle, so that one worker asks about each. */
export async function takeLapsedLeases(tx: Transaction, owner: string, limit: number): Promise<readonly InDoubt[]> {
  return tx.rows<InDoubt>(sql`
    WITH asked AS (
      UPDATE delivery SET lease_owner = ${owner}, lease_until = ${tx.now.add({ seconds: LEASE_SECONDS })}
      WHERE id IN (
        SELECT id FROM delivery WHERE state = 'sending' AND lease_until < ${tx.now}
        ORDER BY urgency, lease_until LIMIT ${limit} FOR UPDATE SKIP LOCKED)
      RETURNING message_id, channel, sent_at)
    SELECT DISTINCT message_id AS "messageId", channel,
      extract(epoch FROM ${tx.now}::timestamptz - sent_at)::float8 AS "ageSeconds" FROM asked`);
}

/** Messages that a provider has taken and that no receipt has come for. The next look is twice as far off as this one. */
export async function takeWithoutReceipt(
  tx: Transaction,
  channels: readonly Delivery['channel'][],
  acceptedAfter: Temporal.Instant,
  limit: number,
): Promise<readonly InDoubt[]> {
  return tx.rows<InDoubt>(sql`
    WITH asked AS (
      UPDATE delivery SET next_attempt_at = ${tx.now}::timestamptz + (${tx.now}::timestamptz - accepted_at)
      WHERE id IN (
        SELECT id FROM delivery WHERE state = 'accepted' AND channel = ANY(${channels}) AND next_attempt_at <= ${tx.now}
          AND accepted_at > ${acceptedAfter}
        ORDER BY urgency, next_attempt_at LIMIT ${limit} FOR UPDATE SKIP LOCKED)
      RETURNING message_id, channel)
    SELECT DISTINCT message_id AS "messageId", channel, 0::float8 AS "ageSeconds" FROM asked`);
}

/** A message of which nothing certain is known. */
export interface InDoubt {
  readonly messageId: string;
  readonly channel: Delivery['channel'];
  /** Seconds since it was sent. */
  readonly ageSeconds: number;
}

/** Forgets the deliveries of alerts that are forgotten. */
export async function forgetDeliveries(tx: Transaction, alertIds: readonly string[]): Promise<void> {
  await tx.run(sql`DELETE FROM delivery WHERE alert_id = ANY(${alertIds})`);
}

/**
 * Forgets deliveries that came to their end and were last tried before an instant. Those of alerts stay: pages and figures say by
 * them when an alert reached a person, and they go with their alert.
 *
 * @returns how many
 */
export function forgetOldDeliveries(tx: Transaction, before: Temporal.Instant, atMost: number): Promise<number> {
  return tx.run(sql`
    DELETE FROM delivery WHERE id IN (
      SELECT id FROM delivery WHERE purpose <> 'alert' AND next_attempt_at < ${before} AND state NOT IN ('queued', 'sending')
        AND follow_up_at IS NULL AND coalesce(sent_at, next_attempt_at) < ${before}
      ORDER BY next_attempt_at LIMIT ${atMost} FOR UPDATE SKIP LOCKED)`);
}
