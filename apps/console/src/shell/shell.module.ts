import { Global, Module, type DynamicModule } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR, DiscoveryModule } from '@nestjs/core';
import { TerminusModule } from '@nestjs/terminus';
import { AccessGuard, DEPENDENCIES, HealthController, Identify } from '#access';
import { ConsoleSettings, type Dependency, type Logger } from '#platform';
import { Database, Policies } from '#store';
import { AnswerInterceptor } from './answer/answer.interceptor.ts';
import { ConsoleFilter } from './answer/console.filter.ts';
import { Renderer } from './answer/renderer.ts';
import { HubTime } from './context/hub-time.ts';
import { LOG } from './context/log.ts';
import { PostRoutes } from './forms/post-routes.ts';
import { ReferralForms } from './referral/referral-forms.ts';
import { IdentifyStaff } from './session/identify-staff.ts';
import { Sessions } from './session/sessions.ts';

/** What every page has: settings, log, time zone, session, who is signed in, and the answer to what goes wrong. */
@Global()
@Module({})
export class ShellModule {
  static with(settings: ConsoleSettings, log: Logger): DynamicModule {
    return {
      module: ShellModule,
      imports: [TerminusModule.forRoot({ logger: false }), DiscoveryModule],
      controllers: [HealthController],
      providers: [
        { provide: ConsoleSettings, useValue: settings },
        { provide: LOG, useValue: log },
        {
          provide: HubTime,
          useFactory: async (policies: Policies) => new HubTime((await policies.inForce()).calendar.timeZone),
          inject: [Policies],
        },
        Sessions,
        PostRoutes,
        Renderer,
        ReferralForms,
        { provide: Identify, useClass: IdentifyStaff },
        { provide: APP_GUARD, useFactory: (identify: Identify) => new AccessGuard(identify), inject: [Identify] },
        { provide: APP_INTERCEPTOR, useClass: AnswerInterceptor },
        { provide: APP_FILTER, useClass: ConsoleFilter },
        {
          provide: DEPENDENCIES,
          useFactory: (database: Database): Dependency[] => [{ name: 'database', answers: () => database.now() }],
          inject: [Database],
        },
      ],
      exports: [ConsoleSettings, LOG, HubTime, Identify, ReferralForms],
    };
  }
}
