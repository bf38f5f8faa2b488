import {
  Module,
  type BeforeApplicationShutdown,
  type DynamicModule,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { APP_GUARD, DiscoveryModule } from '@nestjs/core';
import { TerminusModule } from '@nestjs/terminus';
import { AccessGuard, DEPENDENCIES, HealthController, Identify, NoActorIdentified } from '#access';
import { RefusalRecord } from '#audit';
import { DeadlinesModule } from '#deadlines';
import { PlatformModule, type Dependency, type Logger, WatchdogSettings } from '#platform';
import { ChannelsModule } from '#rota';
import { Database, StoreModule } from '#store';
import { Watchdog, WatchdogModule } from '#watchdog';
import { MetricsController } from './metrics.controller.ts';
import { Metrics } from './metrics.ts';

@Module({})
export class WatchdogAppModule implements OnApplicationBootstrap, BeforeApplicationShutdown {
  constructor(
    private readonly watchdog: Watchdog,
    private readonly metrics: Metrics,
  ) {}

  static with(settings: WatchdogSettings, log: Logger): DynamicModule {
    return {
      module: WatchdogAppModule,
      imports: [
        PlatformModule.with(WatchdogSettings, settings, log),
        StoreModule.connectedTo({
          url: settings.DATABASE_URL,
          pool: settings.DATABASE_POOL,
          app: 'mash-watchdog',
          // The watchdog fires too: stopped or cut off in the middle it must not hold back the rows that it has locked.
          isUrgent: true,
        }),
        TerminusModule.forRoot({ logger: false }),
        DiscoveryModule,
        DeadlinesModule,
        ChannelsModule,
        WatchdogModule.with(),
      ],
      controllers: [HealthController, MetricsController],
      providers: [
        Metrics,
        { provide: Identify, useClass: NoActorIdentified },
        RefusalRecord,
        { provide: APP_GUARD, useClass: AccessGuard },
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
    this.watchdog.andThen(() => this.metrics.observe(this.watchdog));
    this.watchdog.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.watchdog.stop();
  }
}

function mustBeContent(watchdog: Watchdog): void {
  if (!watchdog.isContent) throw new Error('an invariant does not hold');
}
