/** What a decision may come to (policy key `outcomes`). */
export const OUTCOMES = [
  'immediate_protection',
  'strategy_discussion',
  'child_and_family_assessment',
  'edge_of_care',
  'early_help',
  'advice_and_signposting',
  'to_allocated_worker',
  'transfer_to_other_authority',
  'refer_to_lado',
  'returned_to_referrer',
  'no_further_action',
] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** The continuum of need: 1 universal, 2 early help, 3 targeted, 4 acute. Each authority labels its own. */
export const THRESHOLD_LEVELS = [1, 2, 3, 4] as const;
export type ThresholdLevel = (typeof THRESHOLD_LEVELS)[number];
