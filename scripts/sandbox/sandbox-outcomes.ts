import type { RecordDecisionCommand } from '#decisions';

/** Outcomes that a developer may ask for, each with what a person would choose beside it. */
export const DECISIONS = {
  child_and_family_assessment: { thresholdLevel: 3, progression: 'referral', primaryNeed: 'N1' },
  strategy_discussion: { thresholdLevel: 4, progression: 'referral', primaryNeed: 'N1' },
  early_help: { thresholdLevel: 2, progression: 'contact_only', primaryNeed: null },
  advice_and_signposting: { thresholdLevel: 1, progression: 'contact_only', primaryNeed: null },
  no_further_action: { thresholdLevel: 1, progression: 'contact_only', primaryNeed: null },
} as const satisfies Readonly<
  Record<string, Pick<RecordDecisionCommand, 'thresholdLevel' | 'progression' | 'primaryNeed'>>
>;
export const SANDBOX_OUTCOMES = Object.keys(DECISIONS) as readonly (keyof typeof DECISIONS)[];
export type SandboxOutcome = keyof typeof DECISIONS;
