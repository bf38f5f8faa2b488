import {
  Module,
  type BeforeApplicationShutdown,
  type DynamicModule,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { APP_GUARD, DiscoveryModule } from '@nestjs/core';
import { TerminusModule } from '@nestjs/terminus';
import { AccessGuard, DEPENDENCIES, HealthController, NobodyIdentified } from '#access';
import { FireDue } from '#alerts';
import { DeadlinesModule, Policies } from '#deadlines';
import { channelsInUse } from '#messages';
import type { Dependency, Logger, WatchdogSettings } from '#platform';
import { RearmReferrals } from '#referrals';
import { Database, StoreModule } from '#store';
import { Canary, CheckInvariants, DeadMansSwitch, ReadServiceState, Watchdog } from '#watchdog';
import { MetricsController } from './metrics.controller.ts';
import { Metrics } from './metrics.ts';

@Module({})
export class WatchdogModule implements OnApplicationBootstrap, BeforeApplicationShutdown {
  constructor(private readonly watchdog: Watchdog) {}

  static with(settings: WatchdogSettings, log: Logger): DynamicModule {
    return {
      module: WatchdogModule,
      imports: [
        StoreModule.connectedTo({
          url: settings.DATABASE_URL,
          pool: settings.DATABASE_POOL,
          app: 'mash-watchdog',
          // It fires too: stopped or cut off in the middle it must not hold back what it has locked.
          isUrgent: true,
        }),
        DeadlinesModule,
        TerminusModule.forRoot({ logger: false }),
        DiscoveryModule,
      ],
      controllers: [HealthController, MetricsController],
      providers: [
        {
          provide: Metrics,
          useFactory: (database: Database) => new Metrics(database, new ReadServiceState(database)),
          inject: [Database],
        },
        {
          provide: Watchdog,
          useFactory: (database: Database, policies: Policies, metrics: Metrics) => {
            const watchdog: Watchdog = new Watchdog(
              database,
              new CheckInvariants(database, policies),
              new Canary(database, policies),
              {
                fireDue: new FireDue(database, policies, channelsInUse(settings), log),
                rearm: new RearmReferrals(database, policies, log),
              },
              new DeadMansSwitch(settings.DEAD_MANS_SWITCH_URL ?? null, log),
              log,
              () => metrics.observe(watchdog),
            );
            return watchdog;
          },
          inject: [Database, Policies, Metrics],
        },
        { provide: APP_GUARD, useFactory: () => new AccessGuard(new NobodyIdentified()) },
        {
          provide: DEPENDENCIES,
          useFactory: (database: Database, watchdog: Watchdog): Dependency[] => [
            { name: 'database', answers: () => database.now() },
            { name: 'everythingHolds', answers: async () => mustBeContent(watchdog) },
          ],
          inject: [Database, Watchdog],
        },
      ],
    };
  }

  onApplicationBootstrap(): void {
    this.watchdog.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.watchdog.stop();
  }
}

function mustBeContent(watchdog: Watchdog): void {
  if (!watchdog.isContent) throw new Error('something does not hold');
}
