/**
 * The outcomes that a decision may have (policy key `outcomes`).
 *
 * A new outcome is added here, to the CHECK `decision_outcome` by a new migration, to the console's hints in
 * `decision.presenter.ts`, and with what it counts as to `recording-rules.ts`. Then look whether it belongs to
 * {@link OUTCOMES_WITHOUT_ACTION}, to the lists in `undo.ts` and `sign-off.ts`, and to the contradictions in
 * `decision-rules.ts`.
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
 * The outcomes by which social care itself takes no action. They respect a family's refusal (`signOffReasons`), and
 * before one of them the decider reads why to think twice (`reasonsToPause`).
 */
export const OUTCOMES_WITHOUT_ACTION: readonly Outcome[] = [
  'no_further_action',
  'advice_and_signposting',
  'returned_to_referrer',
];

/**
 * The levels of need: 1 universal, 2 early help, 3 targeted, 4 acute (local threshold documents; each authority has its
 * own labels).
 */
export const THRESHOLD_LEVELS = [1, 2, 3, 4] as const;
/** One level of {@link THRESHOLD_LEVELS}. */
export type ThresholdLevel = (typeof THRESHOLD_LEVELS)[number];
