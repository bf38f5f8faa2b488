import { Module } from '@nestjs/common';
import { ConsoleSettings, Seal } from '#platform';
import { Database } from '#store';
import { AssignReferrals } from './claims/assign-referrals.ts';
import { ChangeHours } from './claims/change-hours.ts';
import { ClaimReferral } from './claims/claim-referral.ts';
import { EndShift } from './claims/end-shift.ts';
import { GiveBack } from './claims/give-back.ts';
import { ReadCaseload } from './claims/read-caseload.ts';
import { ReadChosen } from './claims/read-chosen.ts';
import { ReadHolders } from './claims/read-holders.ts';
import { ReadTakenWith } from './claims/read-taken-with.ts';
import { ReadWorkload } from './claims/read-workload.ts';
import { ReturnLapsedClaims } from './claims/return-lapsed-claims.ts';
import { SendToSocialWorkers } from './claims/send-to-social-workers.ts';
import { SkipReferral } from './claims/skip-referral.ts';
import { TakeBackAssignment } from './claims/take-back-assignment.ts';
import { Drafts } from './desk/drafts.ts';
import { Preferences } from './desk/preferences.ts';
import { RemindOfKeptForms } from './desk/remind-of-kept-forms.ts';
import { SavedFilters } from './desk/saved-filters.ts';
import { DueSoon } from './live/due-soon.ts';
import { RecentChanges } from './live/recent-changes.ts';
import { AdmitPerson } from './people/admit-person.ts';
import { ChangeEmail } from './people/change-email.ts';
import { ChangeRole } from './people/change-role.ts';
import { LeaveHub } from './people/leave-hub.ts';
import { ReadPeople } from './people/read-people.ts';
import { RoleMappings } from './people/role-mappings.ts';
import { GlanceAtQueue } from './queue/glance-at-queue.ts';
import { NameReferrals } from './queue/name-referrals.ts';
import { QueueCounts } from './queue/queue-counts.ts';
import { ReadHeld } from './queue/read-held.ts';
import { ReadQueue } from './queue/read-queue.ts';
import { TakeNext } from './queue/take-next.ts';

const USE_CASES = [
  QueueCounts,
  ReadQueue,
  GlanceAtQueue,
  ReadHeld,
  NameReferrals,
  TakeNext,
  ChangeHours,
  ClaimReferral,
  GiveBack,
  SkipReferral,
  SendToSocialWorkers,
  AssignReferrals,
  TakeBackAssignment,
  EndShift,
  ReadCaseload,
  ReadChosen,
  ReadHolders,
  ReadTakenWith,
  ReadWorkload,
  ReturnLapsedClaims,
  SavedFilters,
  RemindOfKeptForms,
  Preferences,
  RecentChanges,
  DueSoon,
  ReadPeople,
  ChangeEmail,
  ChangeRole,
  AdmitPerson,
  RoleMappings,
  LeaveHub,
];

/** The triage queue, the claims on it, and how each person works at it. */
@Module({ providers: USE_CASES, exports: USE_CASES })
export class WorkModule {}

/** The drafts of the console, sealed by its secret. */
@Module({
  providers: [
    {
      provide: Drafts,
      useFactory: (database: Database, { SESSION_SECRET }: ConsoleSettings) =>
        new Drafts(database, new Seal(SESSION_SECRET, 'drafts')),
      inject: [Database, ConsoleSettings],
    },
  ],
  exports: [Drafts],
})
export class DraftsModule {}
