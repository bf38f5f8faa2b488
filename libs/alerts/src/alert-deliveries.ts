import type { Channel, Rung } from '#domain';
import { deliveryRows, queuedDelivery } from '#messages';
import type { ChannelsInUse, Person } from '#rota';
import type { Delivery, RowsOf } from '#store';

const TO_THE_HUB: readonly Channel[] = ['teams', 'webhook'];

/** An alert as its deliveries need it. */
interface Fired {
  readonly id: string;
  readonly urgency: number;
  readonly firedAt: Temporal.Instant;
}

/**
 * The deliveries of an alert: for each person the channels of each rung that reach them, and once those that go to the
 * hub as a whole. A person whom no channel of the ladder reaches is told by another all the same.
 *
 * @param ladder as the step says; a rung after the first waits for its minutes
 */
export function alertDeliveries(
  alert: Fired,
  people: readonly Person[],
  ladder: readonly Rung[],
  inUse: ChannelsInUse,
): RowsOf {
  const row = (channel: Delivery['channel'], recipientId: string | null, afterMinutes: number) =>
    queuedDelivery(
      { purpose: 'alert', alertId: alert.id, channel, recipientId, urgency: alert.urgency },
      alert.firedAt.add({ minutes: afterMinutes }),
    );
  const rungs = ladder.flatMap(({ channels, afterMinutes }) =>
    channels.filter((channel) => inUse.has(channel)).map((channel) => ({ channel, afterMinutes })),
  );
  return deliveryRows(
    ...people.flatMap((person) => {
      const own = rungs.filter(({ channel }) => reaches(channel, person));
      const sure = own.filter(({ channel }) => channel !== 'console');
      const certain = sure.length > 0 ? own : [...own, { channel: channelThatReaches(person, inUse), afterMinutes: 0 }];
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
export function loopbackDelivery({ id, firedAt }: Fired): RowsOf {
  return deliveryRows(
    queuedDelivery({ purpose: 'alert', alertId: id, channel: 'loopback', recipientId: null, urgency: 1 }, firedAt),
  );
}

/** For a person whom no channel of the ladder reaches: the one that does; e-mail when none is known to. */
function channelThatReaches({ hasEmail, hasPhone }: Person, inUse: ChannelsInUse): Channel {
  return !hasEmail && hasPhone && inUse.has('sms') ? 'sms' : 'email';
}

function reaches(channel: Channel, { hasEmail, hasPhone }: Person): boolean {
  return channel === 'console' || (channel === 'email' && hasEmail) || (channel === 'sms' && hasPhone);
}
