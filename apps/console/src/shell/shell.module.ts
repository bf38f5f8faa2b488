import { Global, Module } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR, DiscoveryModule } from '@nestjs/core';
import { TerminusModule } from '@nestjs/terminus';
import { AccessGuard, AccessModule, DEPENDENCIES, HealthController, Identify, RecordRefusals } from '#access';
import { AlertsModule } from '#alerts';
import { AttachmentsModule } from '#attachments';
import { RefusalRecord } from '#audit';
import { ChildrenModule } from '#children';
import { FeedbackModule } from '#feedback';
import { DiscussionsModule } from '#discussions';
import { PartnersModule } from '#partners';
import type { Dependency } from '#platform';
import { ReferralsModule } from '#referrals';
import { RoutesModule } from '#routes';
import { Database } from '#store';
import { DraftsModule, WorkModule } from '#work';
import { AnswerInterceptor } from './answer/answer.interceptor.ts';
import { ConsoleFilter } from './answer/console.filter.ts';
import { CouncilOnPages } from './answer/council-on-pages.ts';
import { Renderer } from './answer/renderer.ts';
import { PostRoutes } from './forms/post-routes.ts';
import { AroundReferral } from './referral/around-referral.ts';
import { ReferralForms } from './referral/referral-forms.ts';
import { BeforeSignIn } from './session/before-sign-in.ts';
import { IdentifyStaff } from './session/identify-staff.ts';
import { RestrictedGuard } from './session/restricted.guard.ts';
import { IdentityProvider } from './session/identity-provider.ts';
import { ProviderGrants } from './session/provider-grants.ts';
import { Sessions } from './session/sessions.ts';
import { StillVouched } from './session/still-vouched.ts';

/** The parts of every page: session, who is signed in, and the answers, also to what goes wrong. */
@Global()
@Module({
  imports: [
    TerminusModule.forRoot({ logger: false }),
    DiscoveryModule,
    AccessModule,
    AlertsModule,
    WorkModule,
    DraftsModule,
    ReferralsModule,
    ChildrenModule,
    PartnersModule,
    AttachmentsModule,
    RoutesModule,
    FeedbackModule,
    DiscussionsModule,
  ],
  controllers: [HealthController],
  providers: [
    Sessions,
    BeforeSignIn,
    IdentityProvider,
    ProviderGrants,
    StillVouched,
    PostRoutes,
    CouncilOnPages,
    Renderer,
    AroundReferral,
    ReferralForms,
    { provide: Identify, useClass: IdentifyStaff },
    RefusalRecord,
    { provide: APP_GUARD, useClass: AccessGuard },
    { provide: APP_GUARD, useClass: RestrictedGuard },
    { provide: APP_INTERCEPTOR, useClass: RecordRefusals },
    { provide: APP_INTERCEPTOR, useClass: AnswerInterceptor },
    { provide: APP_FILTER, useClass: ConsoleFilter },
    {
      provide: DEPENDENCIES,
      useFactory: (database: Database): Dependency[] => [{ name: 'database', answers: () => database.now() }],
      inject: [Database],
    },
  ],
  exports: [Identify, AroundReferral, ReferralForms, BeforeSignIn, IdentityProvider, ProviderGrants, RefusalRecord],
})
export class ShellModule {}
