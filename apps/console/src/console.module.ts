import { Module, type DynamicModule } from '@nestjs/common';
import { DeadlinesModule } from '#deadlines';
import { JobsModule } from '#jobs';
import { PlatformModule, ConsoleSettings, type Logger } from '#platform';
import { StoreModule } from '#store';
import { AdministrationPageModule } from './pages/administration/administration.module.ts';
import { ReferralAgenciesPageModule } from './pages/agencies/agencies.module.ts';
import { AlertTimelinePageModule } from './pages/alert-timeline/alert-timeline.module.ts';
import { AlertsPageModule } from './pages/alerts/alerts.module.ts';
import { AssignPageModule } from './pages/assign/assign.module.ts';
import { AttachmentPageModule } from './pages/attachment/attachment.module.ts';
import { DiscussionPageModule } from './pages/discussion/discussion.module.ts';
import { OversightDiscussionsPageModule } from './pages/oversight-discussions/oversight-discussions.module.ts';
import { CaseCheckPageModule } from './pages/case-check/case-check.module.ts';
import { ChildViewsPageModule } from './pages/child-views/child-views.module.ts';
import { NotePageModule } from './pages/note/note.module.ts';
import { IncidentPageModule } from './pages/incident/incident.module.ts';
import { ChildPageModule } from './pages/child/child.module.ts';
import { AuditOpeningPageModule } from './pages/audit-opening/audit-opening.module.ts';
import { CalendarPageModule } from './pages/calendar/calendar.module.ts';
import { ConsultationPageModule } from './pages/consultation/consultation.module.ts';
import { ContentReportsModule } from './pages/content-reports/content-reports.module.ts';
import { DecisionPageModule } from './pages/decision/decision.module.ts';
import { DraftsPageModule } from './pages/drafts/drafts.module.ts';
import { GiveBackPageModule } from './pages/give-back/give-back.module.ts';
import { AgenciesPageModule } from './pages/oversight-agencies/agencies.module.ts';
import { DecisionsPageModule } from './pages/oversight-decisions/decisions.module.ts';
import { DefinitionsPageModule } from './pages/oversight-definitions/definitions.module.ts';
import { EquityPageModule } from './pages/oversight-equity/equity.module.ts';
import { BaselinesPageModule } from './pages/oversight-baselines/baselines.module.ts';
import { FlowPageModule } from './pages/oversight-flow/flow.module.ts';
import { PromptnessPageModule } from './pages/oversight-promptness/promptness.module.ts';
import { SafetyPageModule } from './pages/oversight-safety/safety.module.ts';
import { OverviewPageModule } from './pages/oversight-overview/overview.module.ts';
import { EvidencePageModule } from './pages/oversight-evidence/evidence.module.ts';
import { FeedbackPageModule } from './pages/feedback/feedback.module.ts';
import { FlagsPageModule } from './pages/flags/flags.module.ts';
import { FiguresPageModule } from './pages/oversight-figures/figures.module.ts';
import { HandoverPageModule } from './pages/handover/handover.module.ts';
import { HelpPageModule } from './pages/help/help.module.ts';
import { HomePageModule } from './pages/home/home.module.ts';
import { LivePageModule } from './pages/live/live.module.ts';
import { OversightRecordPageModule } from './pages/oversight-record/oversight-record.module.ts';
import { OversightChallengesPageModule } from './pages/oversight-challenges/oversight-challenges.module.ts';
import { OversightRetentionPageModule } from './pages/oversight-retention/oversight-retention.module.ts';
import { OversightSamplesPageModule } from './pages/oversight-samples/oversight-samples.module.ts';
import { OversightSupervisionPageModule } from './pages/oversight-supervision/oversight-supervision.module.ts';
import { OversightDecidedPageModule } from './pages/oversight-decided/oversight-decided.module.ts';
import { OwnFiguresPageModule } from './pages/oversight-own/own-figures.module.ts';
import { TeamFiguresPageModule } from './pages/oversight-team/team-figures.module.ts';
import { PolicyPageModule } from './pages/policy/policy.module.ts';
import { PreferencesPageModule } from './pages/preferences/preferences.module.ts';
import { QueuePageModule } from './pages/queue/queue.module.ts';
import { RatingPageModule } from './pages/rating/rating.module.ts';
import { EdgeOfCarePageModule } from './pages/edge-of-care/edge-of-care.module.ts';
import { LocalitiesPageModule } from './pages/localities/localities.module.ts';
import { RoutePageModule } from './pages/route/route.module.ts';
import { RoutesPageModule } from './pages/routes/routes.module.ts';
import { ReferralPageModule } from './pages/referral/referral.module.ts';
import { RequestsPageModule } from './pages/requests/requests.module.ts';
import { OwnReferralsPageModule } from './pages/own-referrals/own-referrals.module.ts';
import { RestrictionPageModule } from './pages/restriction/restriction.module.ts';
import { RotaPageModule } from './pages/rota/rota.module.ts';
import { SavedFiltersPageModule } from './pages/saved-filters/saved-filters.module.ts';
import { SearchPageModule } from './pages/search/search.module.ts';
import { ServicePageModule } from './pages/service/service.module.ts';
import { ShiftPageModule } from './pages/shift/shift.module.ts';
import { SignInPageModule } from './pages/sign-in/sign-in.module.ts';
import { SignOffPageModule } from './pages/sign-off/sign-off.module.ts';
import { SkipPageModule } from './pages/skip/skip.module.ts';
import { TelephonePageModule } from './pages/telephone/telephone.module.ts';
import { WorkloadPageModule } from './pages/workload/workload.module.ts';
import { ShellModule } from './shell/shell.module.ts';

/** A module for each page folder. */
export const PAGES = [
  AdministrationPageModule,
  AgenciesPageModule,
  AlertTimelinePageModule,
  AlertsPageModule,
  AssignPageModule,
  AttachmentPageModule,
  ChildPageModule,
  DiscussionPageModule,
  OversightDiscussionsPageModule,
  NotePageModule,
  CaseCheckPageModule,
  ChildViewsPageModule,
  AuditOpeningPageModule,
  CalendarPageModule,
  ConsultationPageModule,
  ContentReportsModule,
  DecisionPageModule,
  DecisionsPageModule,
  DefinitionsPageModule,
  DraftsPageModule,
  EdgeOfCarePageModule,
  EquityPageModule,
  EvidencePageModule,
  FeedbackPageModule,
  FiguresPageModule,
  FlagsPageModule,
  BaselinesPageModule,
  FlowPageModule,
  GiveBackPageModule,
  HandoverPageModule,
  HelpPageModule,
  HomePageModule,
  IncidentPageModule,
  LivePageModule,
  LocalitiesPageModule,
  OversightRecordPageModule,
  OverviewPageModule,
  OversightChallengesPageModule,
  OversightRetentionPageModule,
  OversightSamplesPageModule,
  OversightSupervisionPageModule,
  OversightDecidedPageModule,
  OwnFiguresPageModule,
  OwnReferralsPageModule,
  PolicyPageModule,
  PreferencesPageModule,
  PromptnessPageModule,
  QueuePageModule,
  RatingPageModule,
  ReferralPageModule,
  RestrictionPageModule,
  ReferralAgenciesPageModule,
  RequestsPageModule,
  RotaPageModule,
  RoutePageModule,
  RoutesPageModule,
  SafetyPageModule,
  SavedFiltersPageModule,
  SearchPageModule,
  ServicePageModule,
  ShiftPageModule,
  SignInPageModule,
  SignOffPageModule,
  SkipPageModule,
  TeamFiguresPageModule,
  TelephonePageModule,
  WorkloadPageModule,
];

@Module({})
export class ConsoleModule {
  static with(settings: ConsoleSettings, log: Logger): DynamicModule {
    return {
      module: ConsoleModule,
      imports: [
        PlatformModule.with(ConsoleSettings, settings, log),
        StoreModule.connectedTo({
          url: settings.DATABASE_URL,
          pool: settings.DATABASE_POOL,
          app: 'mash-console',
          isUrgent: true,
        }),
        JobsModule.leavingToSweep(),
        DeadlinesModule,
        ShellModule,
        ...PAGES,
      ],
    };
  }
}
