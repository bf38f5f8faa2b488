import { randomUUIDv7 } from 'node:crypto';
import { SERVICE, sql, type Database, type Delivery, type Sql, type Transaction } from '#store';
import { LEASE_SECONDS, leaseDeliveries, postponeDeliveries } from './delivery-state.ts';
import type { Limit, Provider } from './provider.ts';
import type { Claimed } from './purpose.ts';

/** Amber and green alerts that a person gets in a minute by one channel; the last carries all that waits. */
const A_MINUTE = 3;

type Waiting = Pick<Delivery, 'id' | 'purpose' | 'channel' | 'recipientId'>;

/**
 * Takes the most urgent deliveries that wait for a provider, within the provider's limit at this moment. One worker at
 * a time takes for a provider. Reds come first, one message each. Of the other alerts a person gets a few messages a
 * minute, the last of them a digest of everything that waits for that person.
 *
 * @param room how many messages the worker can send now, and how many of those may be other than red
 * @returns the messages to send, and whether more may be waiting
 */
export async function claimMessages(
  database: Database,
  provider: Provider,
  owner: string,
  room: { readonly red: number; readonly other: number },
): Promise<{ readonly messages: readonly Claimed[]; readonly more: boolean }> {
  return database.as(SERVICE).transaction(async (tx) => {
    await tx.lock('takingForProvider', provider.name);
    const budget = provider.limit === undefined ? null : await refill(tx, provider.name, provider.limit);
    const allowed = {
      red: Math.min(room.red, budget?.red ?? room.red),
      other: Math.min(room.other, budget?.other ?? room.other),
    };
    const reds = singly(await waiting(tx, provider, REDS, allowed.red));
    // The messages that reds take now come out of what is for all, so that as much as before is kept for later reds.
    const left = Math.max(allowed.other - reds.length, 0);
    const others = await waiting(tx, provider, OTHERS, left);
    const claimed = [...reds, ...(provider.digests ? await digested(tx, others) : singly(others))];
    if (claimed.length > 0) {
      const pairs = claimed.flatMap(({ messageId, deliveryIds }) => deliveryIds.map((id) => ({ id, messageId })));
      await leaseDeliveries(tx, pairs, owner, tx.now.add({ seconds: LEASE_SECONDS }));
    }
    if (budget !== null) await spend(tx, provider.name, claimed.length);
    return { messages: claimed, more: reds.length + others.length > 0 };
  });
}

/** @returns whole messages that may be sent now */
async function refill(tx: Transaction, provider: string, limit: Limit): Promise<{ red: number; other: number }> {
  const { tokens } = (await tx.row<{ tokens: number }>(sql`
    INSERT INTO sending_budget (provider, tokens, refilled_at) VALUES (${provider}, ${limit.burst}, ${tx.now})
    ON CONFLICT (provider) DO UPDATE SET refilled_at = ${tx.now},
      tokens = least(${limit.burst}, sending_budget.tokens + ${limit.perSecond}
        * greatest(extract(epoch FROM ${tx.now}::timestamptz - sending_budget.refilled_at)::float8, 0))
    RETURNING tokens`))!;
  return { red: Math.max(Math.floor(tokens), 0), other: Math.max(Math.floor(tokens - limit.keptForRed), 0) };
}

async function spend(tx: Transaction, provider: string, tokens: number): Promise<void> {
  await tx.run(sql`UPDATE sending_budget SET tokens = tokens - ${tokens} WHERE provider = ${provider}`);
}

const REDS = sql`urgency = 1`;
const OTHERS = sql`urgency > 1`;

async function waiting(
  tx: Transaction,
  { channels }: Provider,
  which: Sql,
  limit: number,
): Promise<readonly Waiting[]> {
  if (limit === 0) return [];
  return tx.rows<Waiting>(sql`
    SELECT id, purpose, channel, recipient_id AS "recipientId" FROM delivery
    WHERE state = 'queued' AND channel = ANY(${channels}) AND ${which} AND next_attempt_at <= ${tx.now}
    ORDER BY urgency, next_attempt_at LIMIT ${limit} FOR NO KEY UPDATE SKIP LOCKED`);
}

/** One message each. Its id is the delivery's: the same for every try, so that a receiver can tell a repeat. */
function singly(deliveries: readonly Waiting[]): readonly Claimed[] {
  return deliveries.map(({ id, ...to }) => ({ messageId: id, ...to, deliveryIds: [id] }));
}

/** Keeps each recipient's alerts within the few of a minute. An alert without room waits until the minute is over. */
async function digested(tx: Transaction, deliveries: readonly Waiting[]): Promise<readonly Claimed[]> {
  const alerts = deliveries.filter(({ purpose }) => purpose === 'alert');
  const claimed: Claimed[] = [...singly(deliveries.filter(({ purpose }) => purpose !== 'alert'))];
  const recipients = Map.groupBy(alerts, ({ channel, recipientId }) => `${channel} ${recipientId}`);
  for (const own of recipients.values()) {
    const [{ purpose, channel, recipientId }] = own as [Waiting];
    const lately = await sentLately(tx, channel, recipientId);
    const room = A_MINUTE - lately.messages;
    if (room <= 0) await postponeDeliveries(tx, channel, recipientId, lately.first!.add({ minutes: 1 }));
    else if (lately.waiting <= room) claimed.push(...singly(own));
    else {
      const alone = own.slice(0, room - 1);
      const rest = await allWaiting(
        tx,
        channel,
        recipientId,
        alone.map(({ id }) => id),
      );
      claimed.push(...singly(alone), { messageId: randomUUIDv7(), purpose, channel, recipientId, deliveryIds: rest });
    }
  }
  return claimed;
}

interface SentLately {
  /** Messages of the last minute, and the instant of the first of them. */
  readonly messages: number;
  readonly first: Temporal.Instant | null;
  /** Deliveries that wait. */
  readonly waiting: number;
}

async function sentLately(tx: Transaction, channel: string, recipientId: string | null): Promise<SentLately> {
  const of = alertsOf(channel, recipientId);
  return (await tx.row<SentLately>(sql`
    SELECT count(DISTINCT message_id)::int AS messages, min(sent_at) AS first,
      (SELECT count(*)::int FROM delivery WHERE ${of} AND state = 'queued' AND next_attempt_at <= ${tx.now}) AS waiting
    FROM delivery WHERE ${of} AND sent_at > ${tx.now.subtract({ minutes: 1 })}`))!;
}

async function allWaiting(
  tx: Transaction,
  channel: string,
  recipientId: string | null,
  except: readonly string[],
): Promise<readonly string[]> {
  const rows = await tx.rows<{ id: string }>(sql`
    SELECT id FROM delivery WHERE ${alertsOf(channel, recipientId)} AND state = 'queued'
      AND next_attempt_at <= ${tx.now} AND id <> ALL(${except})
    ORDER BY urgency, next_attempt_at FOR NO KEY UPDATE`);
  return rows.map(({ id }) => id);
}

/** The alerts other than red of a recipient by a channel. */
function alertsOf(channel: string, recipientId: string | null): Sql {
  return sql`channel = ${channel} AND recipient_id IS NOT DISTINCT FROM ${recipientId} AND purpose = 'alert' AND urgency > 1`;
}
