import type { ConcernType } from '../code-lists/concern-types.ts';
import type { Outcome, ThresholdLevel } from '../code-lists/outcomes.ts';
import type { SignOffReason } from '../decisions/sign-off.ts';
import type { Rating } from '../rating/rating.ts';

/** What the figures need to know of a child in a referral. */
export interface ChildStanding {
  /** Whole years at receipt; null when neither a date of birth nor an age was given, and for an unborn child. */
  readonly age: number | null;
  readonly isUnborn: boolean;
  /** A DfE ethnicity code; null when the sender gave none. */
  readonly ethnicity: string | null;
  /** Whether the sender names a disability; null when the sender does not say. */
  readonly isDisabled: boolean | null;
}

/**
 * How one referral stood at an instant: what the record said of it then, and nothing that happened later. Every figure
 * is counted from standings, and the rows behind a figure are standings.
 */
export interface Standing {
  readonly referralId: string;
  readonly reference: string;
  readonly receivedAt: Temporal.Instant;
  readonly channel: string;
  readonly agencyId: string;
  /** DfE's code of the source of this referral; null where it was not recorded. */
  readonly sourceCode: string | null;
  readonly concernTypes: readonly ConcernType[];
  readonly children: readonly ChildStanding[];
  /** The level of need that the sender believes the referral reaches; null where they do not say. */
  readonly senderLevel: ThresholdLevel | null;
  /** Whether the sender asked the child; null where they do not say. */
  readonly isVoiceSought: boolean | null;
  readonly suggested: Rating;
  /** The ids of the rules that suggested it. */
  readonly suggestedBy: readonly string[];
  /** The first rating that a person gave; null while no person has. */
  readonly firstGiven: Rating | null;
  /** The rating in force when the decision took effect, or at the instant of the standing. */
  readonly rating: Rating;
  /** Whether a person lowered the rating. */
  readonly wasLowered: boolean;
  /** By when it is or was to be decided by the hub's own limit for its rating. */
  readonly dueAt: Temporal.Instant;
  /** The earliest instant by which it was ever to be decided: what the limit would be without a lowering. */
  readonly strictestDueAt: Temporal.Instant;
  /** By when it is or was to be decided by Working Together. */
  readonly statutoryDueAt: Temporal.Instant;
  /** By when a person was first to claim it; null where its rating has no such limit. */
  readonly claimDueAt: Temporal.Instant | null;
  readonly firstOpenedAt: Temporal.Instant | null;
  readonly firstClaimedAt: Temporal.Instant | null;
  readonly firstRatedAt: Temporal.Instant | null;
  /** The decision in force, in effect or waiting for sign-off; null when there is none. */
  readonly decisionId: string | null;
  readonly decidedAt: Temporal.Instant | null;
  readonly decidedBy: string | null;
  readonly outcome: Outcome | null;
  readonly thresholdLevel: ThresholdLevel | null;
  readonly progression: string | null;
  readonly lateReason: string | null;
  readonly signOffReasons: readonly SignOffReason[];
  /** Whether the decision says what the child said; null without a decision. */
  readonly hasChildsVoice: boolean | null;
  /** When another person agreed; null without an agreement. */
  readonly signedAt: Temporal.Instant | null;
  /** When the decision took effect; null while none has. */
  readonly effectiveAt: Temporal.Instant | null;
  /** Whole minutes from receipt to effect; null while no decision has effect. */
  readonly elapsedMinutes: number | null;
  /** Whole minutes of opening hours from receipt to effect; null while no decision has effect. */
  readonly workingMinutes: number | null;
  /** How many decisions were returned at sign-off. */
  readonly returned: number;
  /** How many decisions or agreements were taken back. */
  readonly takenBack: number;
  /** For how many earlier incidents the same children were referred in the twelve months before. */
  readonly earlier: number;
  /** When a child of it was first referred again within 90 days of its effect, for another incident; null when none was. */
  readonly cameBackAt: Temporal.Instant | null;
  /** The same, where the later one was rated more urgent or decided at level 4. */
  readonly cameBackWorseAt: Temporal.Instant | null;
  /** The versions of policy and calendar that its deadline was armed under. */
  readonly policyVersion: number;
  readonly calendarVersion: number;
  /** The instant of the latest act in it: from then on the referral stood like this. */
  readonly changedAt: Temporal.Instant;
}

/**
 * Whether instant `a` is `b` or before it. By whole milliseconds, in which every act on the record is: figures compare
 * millions of instants, and this costs a tenth of `Temporal.Instant.compare`.
 */
export const isAtOrBefore = (a: Temporal.Instant, b: Temporal.Instant): boolean =>
  a.epochMilliseconds <= b.epochMilliseconds;
