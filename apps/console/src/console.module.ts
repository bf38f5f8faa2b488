import { Module, type DynamicModule } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, DiscoveryModule } from '@nestjs/core';
import { TerminusModule } from '@nestjs/terminus';
import {
  AccessGuard,
  AgencyCredentials,
  DEPENDENCIES,
  Drafts,
  HealthController,
  Identify,
  Preferences,
  Staff,
} from '#access';
import {
  AcceptHandover,
  AcknowledgeAlerts,
  ChangeRota,
  LiveAlerts,
  PreviewVersion,
  PublishVersion,
  ReadAlerts,
  ReadAlertTimeline,
  ReadHandovers,
  ReadRota,
  ReadServiceState,
  ReadVersions,
} from '#alerts';
import { Consultations, ReferralReader, SubmitReferral } from '#intake';
import { Seal, type ConsoleSettings, type Dependency, type Logger } from '#platform';
import { Database, Policies, StoreModule } from '#store';
import {
  AssignReferrals,
  ClaimReferral,
  DueSoon,
  EndShift,
  GiveBack,
  PreviewDecision,
  RateReferral,
  GlanceAtQueue,
  ReadQueue,
  ReadReferral,
  ReadChosen,
  ReadWorkload,
  RecentChanges,
  RecordDecision,
  RenewClaim,
  SavedFilters,
  SearchReferrals,
  SentForms,
  SignOffDecision,
  SkipReferral,
  TakeNext,
  UndoDecision,
  WhoLooks,
} from '#triage';
import { ConsoleFilter } from './shell/console.filter.ts';
import { ConsoleLog } from './shell/console-log.ts';
import { HubTime } from './shell/hub-time.ts';
import { HomeController } from './pages/home/home.controller.ts';
import { AlertsController } from './pages/alerts/alerts.controller.ts';
import { AlertTimelineController } from './pages/alert-timeline/alert-timeline.controller.ts';
import { AssignController } from './pages/assign/assign.controller.ts';
import { GiveBackController } from './pages/give-back/give-back.controller.ts';
import { ShiftController } from './pages/shift/shift.controller.ts';
import { SkipController } from './pages/skip/skip.controller.ts';
import { WorkloadController } from './pages/workload/workload.controller.ts';
import { DecisionCheckController } from './pages/decision/decision-check.controller.ts';
import { DecisionController } from './pages/decision/decision.controller.ts';
import { DraftsController } from './pages/drafts/drafts.controller.ts';
import { HandoverController } from './pages/handover/handover.controller.ts';
import { CalendarController } from './pages/calendar/calendar.controller.ts';
import { AlertStream } from './pages/live/alert-stream.ts';
import { HintStream } from './pages/live/hint-stream.ts';
import { LiveController } from './pages/live/live.controller.ts';
import { HelpController } from './pages/help/help.controller.ts';
import { PreferencesController } from './pages/preferences/preferences.controller.ts';
import { PolicyController } from './pages/policy/policy.controller.ts';
import { QueueController } from './pages/queue/queue.controller.ts';
import { SavedFiltersController } from './pages/saved-filters/saved-filters.controller.ts';
import { RatingController } from './pages/rating/rating.controller.ts';
import { ReferralController } from './pages/referral/referral.controller.ts';
import { RotaController } from './pages/rota/rota.controller.ts';
import { ServiceController } from './pages/service/service.controller.ts';
import { SignOffController } from './pages/sign-off/sign-off.controller.ts';
import { SearchController } from './pages/search/search.controller.ts';
import { ConsultationsController } from './pages/consultation/consultation.controller.ts';
import { TelephoneController } from './pages/telephone/telephone.controller.ts';
import { IdentifyStaff } from './shell/session/identify-staff.ts';
import { IdentityProvider } from './pages/sign-in/identity-provider.ts';
import { Sessions } from './shell/session/sessions.ts';
import { SignInController } from './pages/sign-in/sign-in.controller.ts';

type UseCase<T> = new (database: Database) => T;
type UseCaseUnderPolicy<T> = new (database: Database, policies: Policies) => T;

const onDatabase = <T>(provide: UseCase<T>) => ({
  provide,
  useFactory: (database: Database) => new provide(database),
  inject: [Database],
});

const underPolicy = <T>(provide: UseCaseUnderPolicy<T>) => ({
  provide,
  useFactory: (database: Database, policies: Policies) => new provide(database, policies),
  inject: [Database, Policies],
});

const ON_DATABASE = [
  Staff,
  Preferences,
  AgencyCredentials,
  Consultations,
  GlanceAtQueue,
  ReadQueue,
  TakeNext,
  ReadReferral,
  ClaimReferral,
  GiveBack,
  SkipReferral,
  RenewClaim,
  UndoDecision,
  WhoLooks,
  RecentChanges,
  SearchReferrals,
  SentForms,
  AssignReferrals,
  EndShift,
  ReadChosen,
  ReadWorkload,
  SavedFilters,
  ReadAlerts,
  ReadAlertTimeline,
  LiveAlerts,
  DueSoon,
  ChangeRota,
  AcceptHandover,
  ReadHandovers,
  PublishVersion,
  ReadVersions,
  ReadServiceState,
];
const UNDER_POLICY = [
  ReferralReader,
  RateReferral,
  PreviewDecision,
  RecordDecision,
  SignOffDecision,
  AcknowledgeAlerts,
  PreviewVersion,
  ReadRota,
];

@Module({})
export class ConsoleModule {
  static with(settings: ConsoleSettings, log: Logger): DynamicModule {
    return {
      module: ConsoleModule,
      imports: [
        StoreModule.connectedTo({ url: settings.DATABASE_URL, pool: settings.DATABASE_POOL, app: 'mash-console' }),
        TerminusModule.forRoot({ logger: false }),
        DiscoveryModule,
      ],
      controllers: [
        QueueController,
        SavedFiltersController,
        HomeController,
        AssignController,
        GiveBackController,
        SkipController,
        ShiftController,
        WorkloadController,
        ReferralController,
        RatingController,
        DecisionController,
        DecisionCheckController,
        DraftsController,
        TelephoneController,
        SearchController,
        PreferencesController,
        HelpController,
        ConsultationsController,
        SignOffController,
        LiveController,
        AlertsController,
        AlertTimelineController,
        HandoverController,
        RotaController,
        PolicyController,
        CalendarController,
        ServiceController,
        SignInController,
        HealthController,
      ],
      providers: [
        {
          provide: HubTime,
          useFactory: async (policies: Policies) => new HubTime((await policies.inForce()).calendar.timeZone),
          inject: [Policies],
        },
        { provide: IdentityProvider, useValue: new IdentityProvider(settings) },
        { provide: Sessions, useFactory: () => new Sessions(settings) },
        {
          provide: Drafts,
          useFactory: (database: Database) => new Drafts(database, new Seal(settings.SESSION_SECRET, 'drafts')),
          inject: [Database],
        },
        {
          // The worker looks for jobs every second: nobody need be told of them here.
          provide: SubmitReferral,
          useFactory: (database: Database, policies: Policies) =>
            new SubmitReferral(database, policies, { nudge: () => undefined }),
          inject: [Database, Policies],
        },
        { provide: ConsoleLog, useValue: new ConsoleLog(log) },
        ...ON_DATABASE.map((one) => onDatabase<unknown>(one)),
        ...UNDER_POLICY.map((one) => underPolicy<unknown>(one)),
        {
          provide: HintStream,
          useFactory: (changes: RecentChanges, whoLooks: WhoLooks) => new HintStream(changes, whoLooks, log),
          inject: [RecentChanges, WhoLooks],
        },
        {
          provide: AlertStream,
          useFactory: (live: LiveAlerts, dueSoon: DueSoon) => new AlertStream(live, dueSoon, log),
          inject: [LiveAlerts, DueSoon],
        },
        {
          provide: Identify,
          useFactory: (staff: Staff, preferences: Preferences) => new IdentifyStaff(staff, preferences),
          inject: [Staff, Preferences],
        },
        { provide: APP_GUARD, useFactory: (identify: Identify) => new AccessGuard(identify), inject: [Identify] },
        { provide: APP_FILTER, useValue: new ConsoleFilter(log) },
        {
          provide: DEPENDENCIES,
          useFactory: (database: Database): Dependency[] => [{ name: 'database', answers: () => database.now() }],
          inject: [Database],
        },
      ],
    };
  }
}
