import { Module, type DynamicModule } from '@nestjs/common';
import type { ConsoleSettings, Logger } from '#platform';
import { StoreModule } from '#store';
import { AlertTimelineModule } from './pages/alert-timeline/alert-timeline.module.ts';
import { AlertsModule } from './pages/alerts/alerts.module.ts';
import { AssignModule } from './pages/assign/assign.module.ts';
import { CalendarModule } from './pages/calendar/calendar.module.ts';
import { ConsultationModule } from './pages/consultation/consultation.module.ts';
import { DecisionModule } from './pages/decision/decision.module.ts';
import { DraftsModule } from './pages/drafts/drafts.module.ts';
import { GiveBackModule } from './pages/give-back/give-back.module.ts';
import { HandoverModule } from './pages/handover/handover.module.ts';
import { HelpModule } from './pages/help/help.module.ts';
import { HomeModule } from './pages/home/home.module.ts';
import { LiveModule } from './pages/live/live.module.ts';
import { PolicyModule } from './pages/policy/policy.module.ts';
import { PreferencesModule } from './pages/preferences/preferences.module.ts';
import { QueueModule } from './pages/queue/queue.module.ts';
import { RatingModule } from './pages/rating/rating.module.ts';
import { ReferralModule } from './pages/referral/referral.module.ts';
import { RotaModule } from './pages/rota/rota.module.ts';
import { SavedFiltersModule } from './pages/saved-filters/saved-filters.module.ts';
import { SearchModule } from './pages/search/search.module.ts';
import { ServiceModule } from './pages/service/service.module.ts';
import { ShiftModule } from './pages/shift/shift.module.ts';
import { SignInModule } from './pages/sign-in/sign-in.module.ts';
import { SignOffModule } from './pages/sign-off/sign-off.module.ts';
import { SkipModule } from './pages/skip/skip.module.ts';
import { TelephoneModule } from './pages/telephone/telephone.module.ts';
import { WorkloadModule } from './pages/workload/workload.module.ts';
import { ShellModule } from './shell/shell.module.ts';
import { UseCasesModule } from './use-cases.module.ts';

/** A module for each page folder. */
export const PAGES = [
  AlertTimelineModule,
  AlertsModule,
  AssignModule,
  CalendarModule,
  ConsultationModule,
  DecisionModule,
  DraftsModule,
  GiveBackModule,
  HandoverModule,
  HelpModule,
  HomeModule,
  LiveModule,
  PolicyModule,
  PreferencesModule,
  QueueModule,
  RatingModule,
  ReferralModule,
  RotaModule,
  SavedFiltersModule,
  SearchModule,
  ServiceModule,
  ShiftModule,
  SignInModule,
  SignOffModule,
  SkipModule,
  TelephoneModule,
  WorkloadModule,
];

@Module({})
export class ConsoleModule {
  static with(settings: ConsoleSettings, log: Logger): DynamicModule {
    return {
      module: ConsoleModule,
      imports: [
        StoreModule.connectedTo({ url: settings.DATABASE_URL, pool: settings.DATABASE_POOL, app: 'mash-console' }),
        UseCasesModule,
        ShellModule.with(settings, log),
        ...PAGES,
      ],
    };
  }
}
