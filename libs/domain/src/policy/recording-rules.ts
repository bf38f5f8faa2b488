import { OUTCOMES, type Outcome } from '../code-lists/outcomes.ts';
import { PROGRESSIONS, type Progression } from '../code-lists/progressions.ts';
import { isBlank } from '../text/blank.ts';
import type { PolicyFault } from './policy-fault.ts';

/** A reason for which a decision may be late: the code that is recorded, and its words on screens. */
export interface LateReason {
  readonly code: string;
  readonly words: string;
}

/** What a policy says of what is recorded with a decision. */
export interface RecordingRules {
  /** What a decision of each outcome counts as, unless the decider says otherwise (policy key `progressions`). */
  readonly progressions: Readonly<Record<Outcome, Progression>>;
  /** The reasons to choose from where a decision is late, in their order on the form (policy key `lateReasons`). */
  readonly lateReasons: readonly LateReason[];
}

/** Every list has it: a reason that is in no list is told in words. */
export const OTHER_REASON = 'other';
export const MOST_LATE_REASONS = 20;
export const LONGEST_LATE_REASON = 100;

/**
 * What the service ships with (policy keys `progressions`, `lateReasons`). A version of the policy from before these
 * were data means them too: they ask for what was not asked before, and change no decision.
 *
 * What social care itself takes on is a referral. What a worker has already, and what goes back for want of information,
 * never is; and the rest is a contact, unless a person accepted it as a referral (DfE children in need census guide,
 * 4.1 and 4.2).
 */
export const DEFAULT_RECORDING_RULES: RecordingRules = {
  progressions: {
    immediate_protection: 'referral',
    strategy_discussion: 'referral',
    child_and_family_assessment: 'referral',
    edge_of_care: 'referral',
    early_help: 'contact_only',
    advice_and_signposting: 'contact_only',
    to_allocated_worker: 'contact_only',
    transfer_to_other_authority: 'contact_only',
    refer_to_lado: 'contact_only',
    returned_to_referrer: 'contact_only',
    no_further_action: 'contact_only',
  },
  lateReasons: [
    { code: 'waiting_for_agency', words: 'Waiting for information from an agency' },
    { code: 'family_not_reached', words: 'The family could not be reached' },
    { code: 'volume_of_referrals', words: 'More referrals than could be decided in time' },
    { code: 'staff_absence', words: 'Staff were absent' },
    { code: 'complex_information', words: 'The information was complex' },
    { code: 'technical_fault', words: 'A technical fault' },
    { code: OTHER_REASON, words: 'Another reason' },
  ],
};

/**
 * The reason for lateness as it is recorded. A decision is never held up by it: none may be given, and one that is not
 * in the policy's list, like words alone, is another reason.
 */
export function recordedLateness(
  lateReasons: readonly LateReason[],
  isLate: boolean,
  { reason, words }: { readonly reason: string | null; readonly words: string },
): { readonly lateReason: string | null; readonly lateWords: string | null } {
  if (!isLate || (reason === null && isBlank(words))) return { lateReason: null, lateWords: null };
  const isListed = lateReasons.some(({ code }) => code === reason);
  return { lateReason: isListed ? reason : OTHER_REASON, lateWords: isBlank(words) ? null : words };
}

/** The faults of what is recorded with a decision; an empty list when the rules may be published. */
export function recordingRuleFaults({ progressions, lateReasons }: RecordingRules): readonly PolicyFault[] {
  const isProposedForEach =
    Object.keys(progressions).length === OUTCOMES.length &&
    OUTCOMES.every((outcome) => PROGRESSIONS.includes(progressions[outcome]));
  return [
    ...(isProposedForEach ? [] : [{ at: 'progressions', message: 'Select what a decision of each outcome counts as' }]),
    ...lateReasonFaults(lateReasons).map((message) => ({ at: 'lateReasons', message })),
  ];
}

function lateReasonFaults(lateReasons: readonly LateReason[]): readonly string[] {
  const areSeveral = (values: readonly string[]) => new Set(values).size === values.length;
  const isWritten = ({ words }: LateReason) => !isBlank(words) && words.length <= LONGEST_LATE_REASON;
  return [
    ...(lateReasons.some(({ code }) => code === OTHER_REASON) ? [] : ['Keep another reason at the end of the list']),
    ...(lateReasons.length <= MOST_LATE_REASONS ? [] : [`Enter ${MOST_LATE_REASONS} reasons or fewer`]),
    ...(lateReasons.every(isWritten) ? [] : [`Each reason needs words, at most ${LONGEST_LATE_REASON} characters`]),
    ...(areSeveral(lateReasons.map(({ words }) => words.trim().toLowerCase())) ? [] : ['Enter each reason once']),
    ...(areSeveral(lateReasons.map(({ code }) => code)) && lateReasons.every(({ code }) => CODE.test(code))
      ? []
      : ['Each reason needs a code of its own']),
  ];
}

/** As the CHECK `decision_late_reason`. */
const CODE = /^[a-z][a-z0-9_]{0,59}$/;

/** A code for a new reason, made from its words: one that no other reason of the list has. */
export function lateReasonCode(words: string, taken: readonly string[]): string {
  const letters = words
    .normalize('NFKD')
    .replaceAll(/\p{Mark}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '_')
    .replaceAll(/^[^a-z]+|_+$/g, '');
  const code = letters.slice(0, 50).replace(/_+$/, '') || 'reason';
  for (let number = 2, next = code; ; number++) {
    if (!taken.includes(next)) return next;
    next = `${code}_${number}`;
  }
}
