/**
 * The outcomes that a decision may have (policy key `outcomes`).
 *
 * A new outcome is added here, to the CHECK `decision_outcome` by a new migration, and to the console's hints in
 * `decision-form.ts`. Then look whether it belongs to the lists in `sign-off.ts`, `pause-for-thought.ts` and `undo.ts`.
 */
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
/** One code of {@link OUTCOMES}. */
export type Outcome = (typeof OUTCOMES)[number];

/**
 * The levels of need: 1 universal, 2 early help, 3 targeted, 4 acute (local threshold documents; each authority has its
 * own labels).
 */
export const THRESHOLD_LEVELS = [1, 2, 3, 4] as const;
/** One level of {@link THRESHOLD_LEVELS}. */
export type ThresholdLevel = (typeof THRESHOLD_LEVELS)[number];
