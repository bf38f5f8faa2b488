import type { ConcernType, Indicator } from '../code-lists/concern-types.ts';
import type { AgreementStatus } from '../code-lists/submitted-codes.ts';
import type { ReferralFacts } from '../rating/referral-facts.ts';

/** An address as an agency sends it. */
export interface SubmittedAddress {
  readonly line1?: string;
  readonly line2?: string;
  readonly town?: string;
  readonly postcode?: string;
  /** The Unique Property Reference Number. */
  readonly uprn?: string;
  /** The person lives nowhere in particular; the lines say where letters reach them, if anywhere. */
  readonly noFixedAbode?: boolean;
}

/**
 * A child as an agency describes it (referral schema, `children`). Dates are local dates, `YYYY-MM-DD`; `estimatedAge`
 * is in whole years. A child has a name or a description, and at most one of the three fields about age.
 */
export interface SubmittedChild {
  readonly firstName?: string;
  readonly lastName?: string;
  readonly otherNames?: readonly string[];
  readonly dateOfBirth?: string;
  readonly expectedDateOfBirth?: string;
  readonly estimatedAge?: number;
  readonly sex?: string;
  readonly ethnicity?: string;
  readonly disabilities?: readonly string[];
  readonly nhsNumber?: string;
  readonly upn?: string;
  readonly address?: SubmittedAddress;
  readonly currentLocation?: string;
  readonly schoolOrSetting?: string;
  readonly gp?: string;
  readonly firstLanguage?: string;
  readonly interpreterNeeded?: boolean;
  readonly communicationNeeds?: string;
  readonly description?: string;
}

/** An adult as an agency describes them (referral schema, `adults`). `dateOfBirth` is a local date, `YYYY-MM-DD`. */
export interface SubmittedAdult {
  readonly name?: string;
  readonly relationship: string;
  readonly dateOfBirth?: string;
  readonly parentalResponsibility?: string;
  readonly livesWithChild?: string;
  readonly allegedPerpetrator?: boolean;
  readonly phone?: string;
  readonly address?: SubmittedAddress;
  readonly firstLanguage?: string;
}

/**
 * A referral as an agency sends it: the body of `POST /api/v1/referrals` (referral schema). It is never changed
 * afterwards.
 */
export interface SubmittedReferral {
  readonly senderReference?: string;
  /** When the sender recorded the concern, a date-time. Evidence only: every clock starts at the hub's receipt. */
  readonly reportedAt?: string;
  readonly referrer: {
    readonly name: string;
    readonly role: string;
    readonly phone?: string;
    readonly email?: string;
    readonly relationshipToChild?: string;
  };
  readonly immediateDanger: boolean;
  readonly concern: {
    readonly types: readonly ConcernType[];
    readonly indicators?: readonly Indicator[];
    readonly summary: string;
    readonly source: string;
    /** A date-time, or a local date when the time is unknown. */
    readonly occurredAt?: string;
    readonly location?: string;
  };
  readonly children: readonly SubmittedChild[];
  readonly adults?: readonly SubmittedAdult[];
  readonly parentsInformed: {
    readonly informed: string;
    readonly notInformedReason?: string;
    readonly notInformedDetail?: string;
    readonly views?: string;
  };
  readonly agreement: {
    readonly status: AgreementStatus;
    readonly givenBy?: string;
    readonly evidence?: string;
    readonly notSoughtReason?: string;
  };
  readonly childsVoice?: { readonly sought: string; readonly words?: string; readonly notSoughtReason?: string };
  readonly signsOfSafety?: {
    readonly worries?: string;
    readonly workingWell?: string;
    readonly needsToHappen?: string;
    /** 0 to 10. 0: things could not be worse. 10: safe enough to close. (Signs of Safety) */
    readonly safetyScale?: number;
  };
  readonly otherAgencies?: readonly { readonly name: string; readonly contact?: string; readonly role?: string }[];
  /** The level of need, 1 to 4, that the sender believes the referral reaches. */
  readonly thresholdLevel?: number;
  /** A risk to staff who visit the family. */
  readonly staffSafety?: string;
  /** Facts that the family must not learn from the hub. */
  readonly withholdFromFamily?: string;
}

/** The facts of a referral that rating rules use. A referral without indicators has an empty list of them. */
export function factsOf({ immediateDanger, concern, children }: SubmittedReferral): ReferralFacts {
  return { immediateDanger, types: concern.types, indicators: concern.indicators ?? [], children };
}
