import { randomUUIDv7 } from 'node:crypto';
import type { Channel, Rung } from '#domain';
import type { Person, ChannelsInUse } from '#rota';
import { Delivery, rowsOf, type RowsOf } from '#store';

const TO_THE_HUB: readonly Channel[] = ['teams', 'webhook'];

/**
 * The deliveries of an alert: for each person the channels of each rung that reach them, and once those that go to
 * the hub as a whole. Somebody whom no channel of the ladder reaches is told by another all the same.
 *
 * @param ladder as the step says; a rung after the first waits for its minutes
 */
export function deliveryRows(
  alert: { readonly id: string; readonly urgency: number; readonly firedAt: Temporal.Instant },
  people: readonly Person[],
  ladder: readonly Rung[],
  inUse: ChannelsInUse,
): RowsOf {
  const row = (channel: Delivery['channel'], recipientId: string | null, afterMinutes: number): Partial<Delivery> => ({
    id: randomUUIDv7(),
    alertId: alert.id,
    channel,
    recipientId,
    state: 'queued',
    urgency: alert.urgency,
    attempts: 0,
    nextAttemptAt: alert.firedAt.add({ minutes: afterMinutes }),
  });
  const rungs = ladder.flatMap(({ channels, afterMinutes }) =>
    channels.filter((channel) => inUse.has(channel)).map((channel) => ({ channel, afterMinutes })),
  );
  return rowsOf(
    Delivery,
    ...people.flatMap((person) => {
      const own = rungs.filter(({ channel }) => reaches(channel, person));
      const sure = own.filter(({ channel }) => channel !== 'console');
      const certain = sure.length > 0 ? own : [...own, whateverWorks(person, inUse)];
      // Where the first rung is not there for this person, the second does not wait for it.
      const first = Math.min(...(sure.length > 0 ? sure : certain).map(({ afterMinutes }) => afterMinutes));
      return certain.map(({ channel, afterMinutes }) => row(channel, person.id, Math.max(afterMinutes - first, 0)));
    }),
    ...rungs
      .filter(({ channel }) => TO_THE_HUB.includes(channel))
      .map(({ channel, afterMinutes }) => row(channel, null, afterMinutes)),
  );
}

/** The delivery of the canary's alert: it leads nowhere and says that it has arrived. */
export function loopbackRow(alert: { readonly id: string; readonly firedAt: Temporal.Instant }): RowsOf {
  return rowsOf(Delivery, {
    id: randomUUIDv7(),
    alertId: alert.id,
    channel: 'loopback',
    state: 'queued',
    urgency: 1,
    attempts: 0,
    nextAttemptAt: alert.firedAt,
  });
}

/** For somebody whom no channel of the ladder reaches: the one that does; e-mail when none is known to. */
function whateverWorks({ hasEmail, hasPhone }: Person, inUse: ChannelsInUse) {
  const channel = !hasEmail && hasPhone && inUse.has('sms') ? ('sms' as const) : ('email' as const);
  return { channel, afterMinutes: 0 };
}

function reaches(channel: Channel, { hasEmail, hasPhone }: Person): boolean {
  return channel === 'console' || (channel === 'email' && hasEmail) || (channel === 'sms' && hasPhone);
}
