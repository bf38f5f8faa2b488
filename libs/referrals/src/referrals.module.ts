import { Module } from '@nestjs/common';
import { ReferralReader } from './body/referral-reader.ts';
import { CheckReferral } from './check-referral.ts';
import { ClearFlag } from './clear-flag.ts';
import { ConfirmRating } from './confirm-rating.ts';
import { Consultations } from './consultations.ts';
import { EndConsultation } from './end-consultation.ts';
import { FindByTelephone } from './find-by-telephone.ts';
import { FindConsultations } from './find-consultations.ts';
import { ListOwnLines } from './list-own-lines.ts';
import { ListOwnReferrals } from './list-own-referrals.ts';
import { OpenForAudit } from './open-for-audit.ts';
import { PreviewLowering } from './preview-lowering.ts';
import { RateReferral } from './rate-referral.ts';
import { ReadCodeLists } from './read-code-lists.ts';
import { ReadEarlierOfChildren } from './read-earlier-of-children.ts';
import { ReadFlags } from './read-flags.ts';
import { ReadOwnInFull } from './read-own-in-full.ts';
import { ReadOwnReferral } from './read-own-referral.ts';
import { ReadReferral } from './read-referral.ts';
import { RearmReferrals } from './rearm-referrals.ts';
import { RecordChildViews } from './record-child-views.ts';
import { RenewClaim } from './renew-claim.ts';
import { SearchReferrals } from './search-referrals.ts';
import { SendByForm } from './send-by-form.ts';
import { SubmitReferral } from './submit-referral.ts';
import { TakeDownReferral } from './take-down-referral.ts';
import { WhoLooks } from './who-looks.ts';
import { WriteNote } from './write-note.ts';

const USE_CASES = [
  ReferralReader,
  SubmitReferral,
  CheckReferral,
  TakeDownReferral,
  SendByForm,
  ReadOwnReferral,
  ReadOwnInFull,
  ListOwnReferrals,
  ListOwnLines,
  ReadCodeLists,
  ReadFlags,
  ClearFlag,
  ReadReferral,
  ReadEarlierOfChildren,
  OpenForAudit,
  RateReferral,
  ConfirmRating,
  PreviewLowering,
  RenewClaim,
  SearchReferrals,
  FindByTelephone,
  WhoLooks,
  WriteNote,
  RecordChildViews,
  Consultations,
  FindConsultations,
  EndConsultation,
];

/** Referrals: received, read, rated, searched for. An app that imports it says by a jobs module how jobs are told of. */
@Module({ providers: USE_CASES, exports: USE_CASES })
export class ReferralsModule {}

/** Brings open referrals under the versions of policy and calendar in force: machine work. */
@Module({ providers: [RearmReferrals], exports: [RearmReferrals] })
export class RearmModule {}
