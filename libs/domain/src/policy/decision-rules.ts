import { OUTCOMES, THRESHOLD_LEVELS, type Outcome, type ThresholdLevel } from '../code-lists/outcomes.ts';
import type { Progression } from '../code-lists/progressions.ts';
import { SIGN_OFF_REASONS, type SignOffReason } from '../decisions/sign-off.ts';
import { DEFAULT_FOLLOW_UP_RULES, type FollowUpRules } from './follow-up-rules.ts';
import type { PolicyFault } from './policy-fault.ts';
import {
  DEFAULT_RECORDING_RULES,
  recordingRuleFaults,
  type LateReason,
  type RecordingRules,
} from './recording-rules.ts';
import { DEFAULT_WORKLOAD_RULES, type WorkloadRules } from './workload-rules.ts';

/** An outcome with the levels of need that contradict it: a decision of both says why. */
export interface Contradiction {
  readonly outcome: Outcome;
  readonly levels: readonly ThresholdLevel[];
}

/** What a policy asks of decisions. */
export interface DecisionRules extends RecordingRules {
  /** Another manager signs off a decision to which one of these applies (policy key `signOff.neededWhen`). */
  readonly signOff: { readonly neededWhen: readonly SignOffReason[] };
  /** The decider reads a page before a decision to which one of these applies (policy key `pauseWhen`). */
  readonly pauseWhen: readonly SignOffReason[];
  /** The outcomes and levels that do not go together (policy key `contradictions`). */
  readonly contradictions: readonly Contradiction[];
}

/**
 * A policy as it may be stored: a version that was published before a rule was data says nothing of it.
 */
export type StoredPolicy<P extends DecisionRules> = Omit<
  P,
  keyof DecisionRules | keyof FollowUpRules | keyof WorkloadRules
> &
  Partial<DecisionRules & FollowUpRules & WorkloadRules>;

/** The rules that the code had before they were data. A version that says nothing of them goes on to mean these. */
const RULES_BEFORE_THEY_WERE_DATA: DecisionRules = {
  signOff: {
    neededWhen: [
      'no_further_action',
      'rating_lowered',
      'refusal_overridden',
      'level_4_without_strategy_discussion',
      're_referral_within_12_months',
      'third_contact_within_12_months',
      'child_under_one_or_unborn',
    ],
  },
  pauseWhen: ['re_referral_within_12_months', 'third_contact_within_12_months', 'child_under_one_or_unborn'],
  contradictions: [],
  ...DEFAULT_RECORDING_RULES,
};

/** The policy that a stored version stands for. */
export function policyIn<P extends DecisionRules>(stored: StoredPolicy<P>): P {
  const progressions = { ...DEFAULT_RECORDING_RULES.progressions, ...stored.progressions };
  const followUpDue = { ...DEFAULT_FOLLOW_UP_RULES.followUpDue, ...stored.followUpDue };
  return {
    ...RULES_BEFORE_THEY_WERE_DATA,
    ...DEFAULT_FOLLOW_UP_RULES,
    ...DEFAULT_WORKLOAD_RULES,
    ...stored,
    progressions,
    followUpDue,
  } as unknown as P;
}

/** No policy may do without these: by them one person alone could drop a child (decision record 30). */
export const REASONS_OF_EVERY_POLICY: readonly SignOffReason[] = [
  'red_ends_at_early_help_or_less',
  'danger_ends_at_early_help_or_less',
];

/**
 * The rules that the service ships with (policy keys `signOff.neededWhen`, `pauseWhen`, `contradictions`). Migration
 * 0014 has them too, for the hubs that were there before.
 *
 * An outcome and a level contradict each other where the level's own words rule the outcome out: level 4 is acute need
 * or harm, levels 1 and 2 are universal and early help (local threshold documents). Level 3 is assessed under section
 * 17 in some areas and helped early in others, so it contradicts only protection, and no further action.
 */
export const DEFAULT_DECISION_RULES: DecisionRules = {
  signOff: { neededWhen: SIGN_OFF_REASONS },
  pauseWhen: [...REASONS_OF_EVERY_POLICY, ...RULES_BEFORE_THEY_WERE_DATA.pauseWhen],
  contradictions: [
    { outcome: 'immediate_protection', levels: [1, 2, 3] },
    { outcome: 'strategy_discussion', levels: [1, 2, 3] },
    { outcome: 'child_and_family_assessment', levels: [1] },
    { outcome: 'edge_of_care', levels: [1, 2] },
    { outcome: 'early_help', levels: [1, 4] },
    { outcome: 'advice_and_signposting', levels: [4] },
    { outcome: 'returned_to_referrer', levels: [4] },
    { outcome: 'no_further_action', levels: [3, 4] },
  ],
  ...DEFAULT_RECORDING_RULES,
};

/** Whether an outcome and a level of need contradict each other, so that the decision has to say why. */
export function contradicts(
  contradictions: readonly Contradiction[],
  outcome: Outcome,
  thresholdLevel: ThresholdLevel,
): boolean {
  return contradictions.some((one) => one.outcome === outcome && one.levels.includes(thresholdLevel));
}

/** The faults of the rules about decisions; an empty list when they may be published. */
export function decisionRuleFaults(rules: DecisionRules): readonly PolicyFault[] {
  const { signOff, pauseWhen, contradictions } = rules;
  return [
    ...reasonFaults('signOff.neededWhen', signOff.neededWhen, 'needs sign-off by another person'),
    ...reasonFaults('pauseWhen', pauseWhen, 'needs the page to read first'),
    ...(areContradictions(contradictions)
      ? []
      : [{ at: 'contradictions', message: 'Select each outcome and level that contradict each other once' }]),
    ...recordingRuleFaults(rules),
  ];
}

function reasonFaults(at: string, reasons: readonly SignOffReason[], needs: string): readonly PolicyFault[] {
  const isKnown = isSetOf(SIGN_OFF_REASONS, reasons);
  const isWhole = REASONS_OF_EVERY_POLICY.every((reason) => reasons.includes(reason));
  return [
    ...(isKnown ? [] : [{ at, message: 'Select each reason once' }]),
    ...(isWhole
      ? []
      : [{ at, message: `A red, or a child in danger now, that ends at early help or less always ${needs}` }]),
  ];
}

function areContradictions(contradictions: readonly Contradiction[]): boolean {
  const outcomes = contradictions.map(({ outcome }) => outcome);
  return isSetOf(OUTCOMES, outcomes) && contradictions.every(({ levels }) => isSetOf(THRESHOLD_LEVELS, levels));
}

function isSetOf<T>(known: readonly T[], some: readonly T[]): boolean {
  return some.every((one) => known.includes(one)) && new Set(some).size === some.length;
}

/** What one version asks and another does not. */
export interface RuleChange<T> {
  readonly added: readonly T[];
  readonly removed: readonly T[];
}

export interface RuleChanges {
  readonly signOff: RuleChange<SignOffReason>;
  readonly pause: RuleChange<SignOffReason>;
  readonly contradictions: RuleChange<{ readonly outcome: Outcome; readonly level: ThresholdLevel }>;
  /** The outcomes for which another progression is proposed, with the new one. */
  readonly progressions: readonly { readonly outcome: Outcome; readonly progression: Progression }[];
  /** By code and words: a reason that is worded anew is removed and added. */
  readonly lateReasons: RuleChange<LateReason>;
}

/** How the rules about decisions change from one version to another. */
export function ruleChanges(before: DecisionRules, then: DecisionRules): RuleChanges {
  const change = <T>(all: readonly T[], had: (one: T) => boolean, has: (one: T) => boolean): RuleChange<T> => ({
    added: all.filter((one) => has(one) && !had(one)),
    removed: all.filter((one) => had(one) && !has(one)),
  });
  const pairs = OUTCOMES.flatMap((outcome) => THRESHOLD_LEVELS.map((level) => ({ outcome, level })));
  const asksWhy =
    ({ contradictions }: DecisionRules) =>
    ({ outcome, level }: (typeof pairs)[number]) =>
      contradicts(contradictions, outcome, level);
  const isIn = (reasons: readonly SignOffReason[]) => (reason: SignOffReason) => reasons.includes(reason);
  return {
    signOff: change(SIGN_OFF_REASONS, isIn(before.signOff.neededWhen), isIn(then.signOff.neededWhen)),
    pause: change(SIGN_OFF_REASONS, isIn(before.pauseWhen), isIn(then.pauseWhen)),
    contradictions: change(pairs, asksWhy(before), asksWhy(then)),
    progressions: OUTCOMES.map((outcome) => ({ outcome, progression: then.progressions[outcome] })).filter(
      ({ outcome, progression }) => progression !== before.progressions[outcome],
    ),
    lateReasons: {
      added: then.lateReasons.filter((reason) => !hasReason(before, reason)),
      removed: before.lateReasons.filter((reason) => !hasReason(then, reason)),
    },
  };
}

function hasReason({ lateReasons }: DecisionRules, { code, words }: LateReason): boolean {
  return lateReasons.some((one) => one.code === code && one.words === words);
}
