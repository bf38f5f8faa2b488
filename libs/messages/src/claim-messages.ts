import { randomUUIDv7 } from 'node:crypto';
import type { Delivery, Database, Transaction } from '#store';
import type { Limit, Provider } from './provider.ts';

/** Whoever has claimed a delivery has it to themselves for so long. */
const LEASE_SECONDS = 10;
/** Amber and green messages that a person gets in a minute by one channel; the last carries all that waits. */
const A_MINUTE = 3;

/** Deliveries that go out as one message. */
export interface Claimed {
  readonly messageId: string;
  readonly channel: Delivery['channel'];
  readonly recipientId: string | null;
  readonly deliveryIds: readonly string[];
}

interface Waiting {
  readonly id: string;
  readonly channel: Delivery['channel'];
  readonly recipientId: string | null;
}

/**
 * Takes the most urgent deliveries that wait for a provider, within what it allows at this moment. One worker at a
 * time takes for a provider. Reds come first, one message each; of the others a person gets a few messages a minute,
 * the last of them a digest of everything that waits for them.
 *
 * @param room how many messages the worker can send now, and how many of those may be other than red
 * @returns what to send, and whether more may be waiting
 */
export async function claimMessages(
  database: Database,
  provider: Provider,
  owner: string,
  room: { readonly red: number; readonly other: number },
): Promise<{ readonly messages: readonly Claimed[]; readonly more: boolean }> {
  return database.transaction(async (tx) => {
    await tx.rows('SELECT pg_advisory_xact_lock(hashtextextended($1, 1))', [provider.name]);
    const budget = provider.limit === undefined ? null : await refill(tx, provider.name, provider.limit);
    const allowed = {
      red: Math.min(room.red, budget?.red ?? room.red),
      other: Math.min(room.other, budget?.other ?? room.other),
    };
    const reds = singly(await waiting(tx, provider, 'red', allowed.red));
    // What reds take now comes out of what is for all, so that as much as before is kept for the reds to come.
    const left = Math.max(allowed.other - reds.length, 0);
    const others = await waiting(tx, provider, 'other', left);
    const claimed = [...reds, ...(provider.digests ? await digested(tx, others) : singly(others))];
    if (claimed.length > 0) await lease(tx, claimed, owner);
    if (budget !== null) {
      await tx.update('UPDATE sending_budget SET tokens = tokens - $2 WHERE provider = $1', [
        provider.name,
        claimed.length,
      ]);
    }
    return { messages: claimed, more: reds.length + others.length > 0 };
  });
}

/** @returns whole messages that may be sent now */
async function refill(tx: Transaction, provider: string, limit: Limit): Promise<{ red: number; other: number }> {
  const found = await tx.row<{ tokens: number }>(
    `INSERT INTO sending_budget (provider, tokens, refilled_at) VALUES ($1, $2, $4)
     ON CONFLICT (provider) DO UPDATE SET refilled_at = $4,
       tokens = least($2, sending_budget.tokens
         + $3 * greatest(extract(epoch FROM $4::timestamptz - sending_budget.refilled_at)::float8, 0))
     RETURNING tokens`,
    [provider, limit.burst, limit.perSecond, tx.now],
  );
  const tokens = found!.tokens;
  return { red: Math.max(Math.floor(tokens), 0), other: Math.max(Math.floor(tokens - limit.keptForRed), 0) };
}

async function waiting(
  tx: Transaction,
  { channels }: Provider,
  rating: 'red' | 'other',
  limit: number,
): Promise<readonly Waiting[]> {
  if (limit === 0) return [];
  return tx.rows<Waiting>(
    `SELECT id, channel, recipient_id AS "recipientId" FROM delivery
     WHERE state = 'queued' AND channel = ANY($1) AND urgency ${rating === 'red' ? '= 1' : '> 1'}
       AND next_attempt_at <= $2
     ORDER BY urgency, next_attempt_at LIMIT $3 FOR NO KEY UPDATE SKIP LOCKED`,
    [channels, tx.now, limit],
  );
}

/** One message each. Its id is the delivery's: the same for every try, so that a receiver can tell a repeat. */
function singly(deliveries: readonly Waiting[]): readonly Claimed[] {
  return deliveries.map(({ id, ...to }) => ({ messageId: id, ...to, deliveryIds: [id] }));
}

/** Keeps each recipient's messages within the few of a minute. What has no room waits until the minute is over. */
async function digested(tx: Transaction, deliveries: readonly Waiting[]): Promise<readonly Claimed[]> {
  const recipients = Map.groupBy(deliveries, ({ channel, recipientId }) => `${channel} ${recipientId}`);
  const claimed: Claimed[] = [];
  for (const own of recipients.values()) {
    const { channel, recipientId } = own[0]!;
    const lately = (await tx.row<{ messages: number; first: Temporal.Instant | null; waiting: number }>(
      `SELECT count(DISTINCT message_id)::int AS messages, min(sent_at) AS first,
         (SELECT count(*)::int FROM delivery WHERE ${OF_RECIPIENT} AND state = 'queued' AND next_attempt_at <= $3) AS waiting
       FROM delivery WHERE ${OF_RECIPIENT} AND sent_at > $3::timestamptz - interval '1 minute'`,
      [channel, recipientId, tx.now],
    ))!;
    const room = A_MINUTE - lately.messages;
    if (room <= 0) await postpone(tx, channel, recipientId, lately.first!.add({ minutes: 1 }));
    else if (lately.waiting <= room) claimed.push(...singly(own));
    else {
      const alone = own.slice(0, room - 1);
      const together = await allWaiting(
        tx,
        channel,
        recipientId,
        alone.map(({ id }) => id),
      );
      claimed.push(...singly(alone), { messageId: randomUUIDv7(), channel, recipientId, deliveryIds: together });
    }
  }
  return claimed;
}

const OF_RECIPIENT = `channel = $1 AND recipient_id IS NOT DISTINCT FROM $2 AND urgency > 1`;

async function allWaiting(
  tx: Transaction,
  channel: string,
  recipientId: string | null,
  except: readonly string[],
): Promise<readonly string[]> {
  const rows = await tx.rows<{ id: string }>(
    `SELECT id FROM delivery WHERE ${OF_RECIPIENT} AND state = 'queued' AND next_attempt_at <= $3 AND id <> ALL($4)
     ORDER BY urgency, next_attempt_at FOR NO KEY UPDATE`,
    [channel, recipientId, tx.now, except],
  );
  return rows.map(({ id }) => id);
}

async function postpone(tx: Transaction, channel: string, recipientId: string | null, until: Temporal.Instant) {
  await tx.update(
    `UPDATE delivery SET next_attempt_at = $3 WHERE ${OF_RECIPIENT} AND state = 'queued' AND next_attempt_at < $3`,
    [channel, recipientId, until],
  );
}

/** Committed before anything leaves: from now on it may have been sent. */
async function lease(tx: Transaction, claimed: readonly Claimed[], owner: string): Promise<void> {
  const pairs = claimed.flatMap(({ messageId, deliveryIds }) => deliveryIds.map((id) => ({ id, messageId })));
  await tx.update(
    `UPDATE delivery SET state = 'sending', lease_owner = $3, lease_until = $4, sent_at = $5,
       attempts = attempts + 1, message_id = claimed.message
     FROM unnest($1::uuid[], $2::uuid[]) AS claimed(id, message) WHERE delivery.id = claimed.id`,
    [
      pairs.map(({ id }) => id),
      pairs.map(({ messageId }) => messageId),
      owner,
      tx.now.add({ seconds: LEASE_SECONDS }),
      tx.now,
    ],
  );
}
