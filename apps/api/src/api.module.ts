import { Module, type DynamicModule } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR, DiscoveryModule } from '@nestjs/core';
import { TerminusModule } from '@nestjs/terminus';
import {
  AgencyLimits,
  LimitStore,
  AccessGuard,
  AccessModule,
  DEPENDENCIES,
  HealthController,
  Identify,
  RecordRefusals,
} from '#access';
import { AttachmentsModule } from '#attachments';
import { RefusalRecord } from '#audit';
import { DeadlinesModule } from '#deadlines';
import { JobsModule, type QueueStoreSettings } from '#jobs';
import { ReceiptsModule } from '#messages';
import { PartnersModule, WebhooksModule } from '#partners';
import { PlatformModule, ApiSettings, type Dependency, type Logger } from '#platform';
import { ReferralsModule } from '#referrals';
import { Database, StoreModule } from '#store';
import { AdditionsController } from './additions/additions.controller.ts';
import { AttachmentsController } from './attachments/attachments.controller.ts';
import { BodyInterceptor } from './body.interceptor.ts';
import { CodeListsController } from './code-lists/code-lists.controller.ts';
import { EventsController } from './events/events.controller.ts';
import { IdentifyAgency } from './identify-agency.ts';
import { InformationRequestsController } from './information-requests/information-requests.controller.ts';
import { RegistrationController } from './oauth/registration.controller.ts';
import { TokenController } from './oauth/token.controller.ts';
import { Cursors } from './paging/cursors.ts';
import { ProblemFilter } from './problems/problem.filter.ts';
import { ProblemsController } from './problems/problems.controller.ts';
import { ReceiptsController } from './receipts/receipts.controller.ts';
import { DeliveriesController } from './webhooks/deliveries.controller.ts';
import { EndpointsController } from './webhooks/endpoints.controller.ts';
import { ReferralsController } from './referrals/referrals.controller.ts';

@Module({})
export class ApiModule {
  static with(settings: ApiSettings, log: Logger, queueStore: QueueStoreSettings): DynamicModule {
    return {
      module: ApiModule,
      imports: [
        PlatformModule.with(ApiSettings, settings, log),
        StoreModule.connectedTo({
          url: settings.DATABASE_URL,
          pool: settings.DATABASE_POOL,
          app: 'mash-api',
          isUrgent: true,
        }),
        TerminusModule.forRoot({ logger: false }),
        DiscoveryModule,
        AccessModule,
        JobsModule.handingOver(queueStore),
        DeadlinesModule,
        ReceiptsModule,
        ReferralsModule,
        PartnersModule,
        AttachmentsModule,
        WebhooksModule.with(settings.WEBHOOK_KEY),
      ],
      controllers: [
        RegistrationController,
        TokenController,
        ReferralsController,
        AdditionsController,
        AttachmentsController,
        EventsController,
        EndpointsController,
        DeliveriesController,
        CodeListsController,
        InformationRequestsController,
        ProblemsController,
        ReceiptsController,
        HealthController,
      ],
      providers: [
        { provide: Identify, useClass: IdentifyAgency },
        RefusalRecord,
        LimitStore,
        AgencyLimits,
        Cursors,
        { provide: APP_GUARD, useClass: AccessGuard },
        { provide: APP_INTERCEPTOR, useClass: RecordRefusals },
        { provide: APP_INTERCEPTOR, useClass: BodyInterceptor },
        { provide: APP_FILTER, useClass: ProblemFilter },
        {
          provide: DEPENDENCIES,
          useFactory: (database: Database): Dependency[] => [{ name: 'database', answers: () => database.now() }],
          inject: [Database],
        },
      ],
    };
  }
}
