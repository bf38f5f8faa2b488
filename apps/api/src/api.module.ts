import { Module, type DynamicModule, type OnApplicationShutdown } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, DiscoveryModule } from '@nestjs/core';
import { TerminusModule } from '@nestjs/terminus';
import { AccessGuard, AgencyCredentials, DEPENDENCIES, HealthController, Identify } from '#access';
import { DeadlinesModule, Policies } from '#deadlines';
import { Courier, JobRelay, type QueueStoreSettings } from '#jobs';
import { RecordOutcome } from '#messages';
import type { ApiSettings, Dependency, Logger } from '#platform';
import { ReadOwnReferral, SubmitReferral, ReferralReader } from '#referrals';
import { Database, StoreModule } from '#store';
import { IdentifyAgency } from './identify-agency.ts';
import { ProblemFilter } from './problems/problem.filter.ts';
import { CallbackToken, ReceiptsController } from './receipts/receipts.controller.ts';
import { ReferralsController } from './referrals/referrals.controller.ts';

@Module({})
export class ApiModule implements OnApplicationShutdown {
  constructor(
    private readonly relay: JobRelay,
    private readonly courier: Courier,
  ) {}

  static with(settings: ApiSettings, log: Logger, queueStore: QueueStoreSettings): DynamicModule {
    return {
      module: ApiModule,
      imports: [
        StoreModule.connectedTo({ url: settings.DATABASE_URL, pool: settings.DATABASE_POOL, app: 'mash-api' }),
        DeadlinesModule,
        TerminusModule.forRoot({ logger: false }),
        DiscoveryModule,
      ],
      controllers: [ReferralsController, ReceiptsController, HealthController],
      providers: [
        { provide: Courier, useFactory: () => new Courier(queueStore, log) },
        {
          provide: JobRelay,
          useFactory: (database: Database, courier: Courier) => new JobRelay(database, courier, log),
          inject: [Database, Courier],
        },
        {
          provide: SubmitReferral,
          useFactory: (database: Database, policies: Policies, relay: JobRelay) =>
            new SubmitReferral(database, policies, relay),
          inject: [Database, Policies, JobRelay],
        },
        {
          provide: ReadOwnReferral,
          useFactory: (database: Database) => new ReadOwnReferral(database),
          inject: [Database],
        },
        {
          provide: ReferralReader,
          useFactory: (database: Database, policies: Policies) => new ReferralReader(database, policies),
          inject: [Database, Policies],
        },
        {
          provide: Identify,
          useFactory: (database: Database) => new IdentifyAgency(new AgencyCredentials(database)),
          inject: [Database],
        },
        { provide: CallbackToken, useValue: new CallbackToken(settings.NOTIFY_CALLBACK_TOKEN ?? null) },
        {
          provide: RecordOutcome,
          useFactory: (database: Database, policies: Policies) =>
            new RecordOutcome(database, policies, new Set(settings.NOTIFY_SMS_TEMPLATE ? ['email', 'sms'] : ['email'])),
          inject: [Database, Policies],
        },
        { provide: APP_GUARD, useFactory: (identify: Identify) => new AccessGuard(identify), inject: [Identify] },
        { provide: APP_FILTER, useValue: new ProblemFilter(log) },
        {
          provide: DEPENDENCIES,
          useFactory: (database: Database): Dependency[] => [{ name: 'database', answers: () => database.now() }],
          inject: [Database],
        },
      ],
    };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.relay.settled();
    await this.courier.close();
  }
}
