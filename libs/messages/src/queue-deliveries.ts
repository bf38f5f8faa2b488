import { randomUUIDv7 } from 'node:crypto';
import { Delivery, rowsOf, sql, type NewRow, type RowsOf, type Transaction } from '#store';

/** A delivery to be inserted in the transaction of the act that calls for it. It waits until an instant. */
export function queuedDelivery(
  delivery: Pick<
    NewRow<Delivery>,
    'purpose' | 'alertId' | 'referralId' | 'week' | 'feedbackId' | 'draftId' | 'channel' | 'recipientId' | 'urgency'
  >,
  notBefore: Temporal.Instant,
): NewRow<Delivery> {
  return { ...delivery, id: randomUUIDv7(), state: 'queued', attempts: 0, nextAttemptAt: notBefore };
}

/** Deliveries for {@link Transaction.insert}. */
export function deliveryRows(...deliveries: readonly NewRow<Delivery>[]): RowsOf {
  return rowsOf(Delivery, ...deliveries);
}

/** By which channel an alert goes to a person or to the hub as a whole, and how long after its firing. */
export interface Way {
  readonly channel: Delivery['channel'];
  readonly recipientId: string | null;
  readonly afterMinutes: number;
}

/** Alerts that go the same ways. */
export interface AlikeAlerts {
  readonly alertIds: readonly string[];
  readonly urgency: number;
  readonly ways: readonly Way[];
}

/**
 * Queues the deliveries of many alerts, in the transaction that fires them. They travel as arrays: in a burst there are
 * tens of thousands, and as JSON they cost more than their rows.
 */
export async function queueAlertDeliveries(tx: Transaction, alike: readonly AlikeAlerts[]): Promise<void> {
  const ways = alike.flatMap(({ urgency, ways }) => ways.map((way) => ({ ...way, urgency })));
  const [ids, alerts, numbers]: [string[], string[], number[]] = [[], [], []];
  let first = 0;
  for (const { alertIds, ways: own } of alike) {
    for (const alertId of alertIds) {
      own.forEach((_, index) => {
        ids.push(randomUUIDv7());
        alerts.push(alertId);
        numbers.push(first + index);
      });
    }
    first += own.length;
  }
  if (ids.length === 0) return;
  const written = ways.map(({ channel, recipientId, urgency, afterMinutes }, way) => ({
    ...{ way, channel, recipient_id: recipientId, urgency },
    next_attempt_at: tx.now.add({ minutes: afterMinutes }),
  }));
  await tx.run(sql`
    INSERT INTO delivery (id, purpose, alert_id, channel, recipient_id, state, urgency, attempts, next_attempt_at)
    SELECT one.id, 'alert', one.alert_id, channel, recipient_id, 'queued', urgency, 0, next_attempt_at
    FROM unnest(${ids}::uuid[], ${alerts}::uuid[], ${numbers}::int[]) AS one(id, alert_id, way)
    JOIN jsonb_to_recordset(${JSON.stringify(written)}::jsonb)
      AS w(way int, channel text, recipient_id uuid, urgency smallint, next_attempt_at timestamptz) USING (way)`);
}
