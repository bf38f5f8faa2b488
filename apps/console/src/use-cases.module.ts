import { Global, Module, type Type } from '@nestjs/common';
import { AgencyCredentials, Drafts, Preferences, Staff } from '#access';
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
import { ConsoleSettings, Seal } from '#platform';
import { Database, Policies } from '#store';
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

const ON_DATABASE: readonly Type[] = [
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

const UNDER_POLICY: readonly Type[] = [
  ReferralReader,
  RateReferral,
  PreviewDecision,
  RecordDecision,
  SignOffDecision,
  AcknowledgeAlerts,
  PreviewVersion,
  ReadRota,
];

const providers = [
  ...ON_DATABASE.map((provide) => ({
    provide,
    useFactory: (database: Database): unknown => new provide(database),
    inject: [Database],
  })),
  ...UNDER_POLICY.map((provide) => ({
    provide,
    useFactory: (database: Database, policies: Policies): unknown => new provide(database, policies),
    inject: [Database, Policies],
  })),
  {
    provide: Drafts,
    useFactory: (database: Database, { SESSION_SECRET }: ConsoleSettings) =>
      new Drafts(database, new Seal(SESSION_SECRET, 'drafts')),
    inject: [Database, ConsoleSettings],
  },
  {
    // The worker looks for jobs every second: the console need not tell a relay of them.
    provide: SubmitReferral,
    useFactory: (database: Database, policies: Policies) =>
      new SubmitReferral(database, policies, { nudge: () => undefined }),
    inject: [Database, Policies],
  },
];

/** Provides the use cases that the pages call, until each lib provides its own. */
@Global()
@Module({ providers, exports: providers.map(({ provide }) => provide) })
export class UseCasesModule {}
