import { Global, Module } from '@nestjs/common';
import { ChannelSettings } from '#platform';
import { ChangeRota } from './change-rota.ts';
import { CHANNELS_IN_USE, channelsInUse } from './channels-in-use.ts';
import { AcceptHandover } from './handover/accept-handover.ts';
import { BeginHandover } from './handover/begin-handover.ts';
import { ReadHandovers } from './handover/read-handovers.ts';
import { ReadManagersOnDuty } from './read-managers-on-duty.ts';
import { ReadRota } from './read-rota.ts';
import { WatchRota } from './watch-rota.ts';

const USE_CASES = [ReadRota, ReadManagersOnDuty, ChangeRota, ReadHandovers, AcceptHandover];

/** The rota and the hand-over as people read and change them. */
@Module({ providers: USE_CASES, exports: USE_CASES })
export class RotaModule {}

/** The channels by which this hub reaches people, for an app that has their settings. */
@Global()
@Module({
  providers: [{ provide: CHANNELS_IN_USE, useFactory: channelsInUse, inject: [ChannelSettings] }],
  exports: [CHANNELS_IN_USE],
})
export class ChannelsModule {}

const WATCHES = [WatchRota, BeginHandover];

/** The machine work on the rota: gaps ahead, and hand-overs when the front door opens or shuts. */
@Module({ providers: WATCHES, exports: WATCHES })
export class RotaWatchModule {}
