import type { Channel } from '#domain';
import type { ChannelSettings } from '#platform';

/** The channels that this hub has set up. E-mail always is. */
export type ChannelsInUse = ReadonlySet<Channel>;

/** Nest's token of the channels in use. */
export const CHANNELS_IN_USE = Symbol('the channels that this hub has set up');

/** The channels that a hub has set up, by its settings. */
export function channelsInUse(settings: ChannelSettings): ChannelsInUse {
  const channels: Channel[] = ['email', 'console'];
  if (settings.NOTIFY_API_KEY && settings.NOTIFY_SMS_TEMPLATE) channels.push('sms');
  if (settings.TEAMS_WEBHOOK_URL) channels.push('teams');
  if (settings.ALERT_WEBHOOK_URL && settings.ALERT_WEBHOOK_SECRET) channels.push('webhook');
  return new Set(channels);
}
