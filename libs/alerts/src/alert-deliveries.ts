import type { Channel, Rung } from '#domain';
import { deliveryRows, queuedDelivery, type Way } from '#messages';
import type { ChannelsInUse, Person } from '#rota';
import type { RowsOf } from '#store';

const TO_THE_HUB: readonly Channel[] = ['teams', 'webhook'];

/** An alert as its deliveries need it. */
interface Fired {
  readonly id: string;
  readonly urgency: number;
  readonly firedAt: Temporal.Instant;
}

/** The deliveries of one alert. */
export function alertDeliveries(
  { id, urgency, firedAt }: Fired,
  people: readonly Person[],
  ladder: readonly Rung[],
  inUse: ChannelsInUse,
): RowsOf {
  return deliveryRows(
    ...waysOfAlert(people, ladder, inUse).map(({ channel, recipientId, afterMinutes }) =>
      queuedDelivery(
        { purpose: 'alert', alertId: id, channel, recipientId, urgency },
        firedAt.add({ minutes: afterMinutes }),
      ),
    ),
  );
}

/**
 * The ways by which an alert reaches people: for each person the channels of each rung that reach them, and once those
 * that go to the hub as a whole. A person whom no channel of the ladder reaches is told by another all the same.
 *
 * @param ladder as the step says; a rung after the first waits for its minutes
 */
export function waysOfAlert(people: readonly Person[], ladder: readonly Rung[], inUse: ChannelsInUse): readonly Way[] {
  const rungs = ladder.flatMap(({ channels, afterMinutes }) =>
    channels.filter((channel) => inUse.has(channel)).map((channel) => ({ channel, afterMinutes })),
  );
  return [
    ...people.flatMap((person) => {
      const own = rungs.filter(({ channel }) => reaches(channel, person));
      const sure = own.filter(({ channel }) => channel !== 'console');
      const certain = sure.length > 0 ? own : [...own, { channel: channelThatReaches(person, inUse), afterMinutes: 0 }];
      // Where the first rung is not there for this person, the second does not wait for it.
      const first = Math.min(...(sure.length > 0 ? sure : certain).map(({ afterMinutes }) => afterMinutes));
      return certain.map(({ channel, afterMinutes }) => ({
        ...{ channel, recipientId: person.id },
        afterMinutes: Math.max(afterMinutes - first, 0),
      }));
    }),
    ...rungs
      .filter(({ channel }) => TO_THE_HUB.includes(channel))
      .map(({ channel, afterMinutes }) => ({ channel, recipientId: null, afterMinutes })),
  ];
}

/** The one way of the canary's alert: it leads nowhere and says that it has arrived. */
export const LOOPBACK: Way = { channel: 'loopback', recipientId: null, afterMinutes: 0 };

/** For a person whom no channel of the ladder reaches: the one that does; e-mail when none is known to. */
function channelThatReaches({ hasEmail, hasPhone }: Person, inUse: ChannelsInUse): Channel {
  return !hasEmail && hasPhone && inUse.has('sms') ? 'sms' : 'email';
}

function reaches(channel: Channel, { hasEmail, hasPhone }: Person): boolean {
  return channel === 'console' || (channel === 'email' && hasEmail) || (channel === 'sms' && hasPhone);
}
