import type { ConcernType, Indicator } from '../code-lists/concern-types.ts';
import type { AgreementStatus } from '../code-lists/submitted-codes.ts';
import type { ReferralFacts } from '../rating/referral-facts.ts';

export interface SubmittedAddress {
  readonly line1?: string;
  readonly line2?: string;
  readonly town?: string;
  readonly postcode?: string;
  readonly uprn?: string;
}

/** A child as an agency describes it. Dates are local dates, `YYYY-MM-DD`; `estimatedAge` is in years. */
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

/** A referral as an agency sends it: the body of `POST /api/v1/referrals`. */
export interface SubmittedReferral {
  readonly senderReference?: string;
  /** When the sender recorded the concern. Evidence only: every clock starts at our receipt. */
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
    /** A date-time, or a date when the time is unknown. */
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
    /** 0 = things could not be worse, 10 = safe enough to close. */
    readonly safetyScale?: number;
  };
  readonly otherAgencies?: readonly { readonly name: string; readonly contact?: string; readonly role?: string }[];
  readonly thresholdLevel?: number;
  readonly staffSafety?: string;
  readonly withholdFromFamily?: string;
}

/** What the rating rules need to know of it. */
export function factsOf({ immediateDanger, concern, children }: SubmittedReferral): ReferralFacts {
  return { immediateDanger, types: concern.types, indicators: concern.indicators ?? [], children };
}

/**
 * First and last name as one key for finding the same child again: without case, accents, spaces or punctuation.
 *
 * @returns null unless both names were given
 */
export function nameKey({ firstName, lastName }: Pick<SubmittedChild, 'firstName' | 'lastName'>): string | null {
  const [first, last] = [plain(firstName), plain(lastName)];
  return first === '' || last === '' ? null : `${first} ${last}`;
}

function plain(name = ''): string {
  return name
    .normalize('NFD')
    .replaceAll(/[^\p{Letter}\p{Number}]/gu, '')
    .toLowerCase();
}
