import { Module, type DynamicModule } from '@nestjs/common';
import { FiringModule } from '#alerts';
import { MessagesModule } from '#messages';
import { RearmModule } from '#referrals';
import { Canary } from './canary.ts';
import { DeadMansSwitch } from './dead-mans-switch.ts';
import { CheckInvariants } from './invariants.ts';
import { ReadBackgroundWork } from './read-background-work.ts';
import { ReadServiceState } from './read-service-state.ts';
import { ReadWaiting } from './read-waiting.ts';
import { Watchdog } from './watchdog.ts';

const READERS = [ReadServiceState, ReadBackgroundWork, ReadWaiting];

/** The state of the service, as pages and metrics show it. */
@Module({ providers: READERS, exports: READERS })
export class ServiceStateModule {}

const PARTS = [CheckInvariants, Canary, DeadMansSwitch, Watchdog];

/** The watchdog. It fires what was missed; the workers send it. */
@Module({})
export class WatchdogModule {
  static with(messages: DynamicModule = MessagesModule.leavingToOthers()): DynamicModule {
    return {
      module: WatchdogModule,
      imports: [ServiceStateModule, RearmModule, FiringModule.with(messages)],
      providers: PARTS,
      exports: [...PARTS, ServiceStateModule],
    };
  }
}
