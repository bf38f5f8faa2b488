import type { Channel } from '#domain';

/** The channels that this hub has set up. E-mail always is. */
export type ChannelsInUse = ReadonlySet<Channel>;
