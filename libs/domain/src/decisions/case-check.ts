import type { Outcome } from '../code-lists/outcomes.ts';

/** What the council's case system says of a child; `not_checked` where it could not be asked. */
export const CASE_RESULTS = ['not_known', 'closed', 'open', 'not_checked'] as const;
/** One code of {@link CASE_RESULTS}. */
export type CaseResult = (typeof CASE_RESULTS)[number];

export const CASE_RESULT_WORDS: Readonly<Record<CaseResult, string>> = {
  not_known: 'Not known there',
  closed: 'Known, closed',
  open: 'Known, open',
  not_checked: 'Could not be checked',
};

/** The case has a number, a worker or a team only where there is a case. */
export const isKnownThere = (result: CaseResult): boolean => result === 'closed' || result === 'open';

/** The outcomes that protect a child at once: nothing that is missing ever holds one up. */
const PROTECTING: readonly Outcome[] = ['immediate_protection', 'strategy_discussion'];

/** What the case system asks of a decision. */
export interface NeedsOfCaseCheck {
  /** A child has to be looked for there first. */
  readonly isMissing: boolean;
  /** A child has an open case, and the decision goes to another than its worker: it says why. */
  readonly asksWhyNotWorker: boolean;
}

/**
 * What the case system asks of a decision (policy key `caseCheck`). A child with an open case goes to its allocated
 * worker (Merton, Tower Hamlets and Swindon). A check that could not be made is one, with its reason. A child in danger
 * now, and a decision that protects at once, never wait.
 *
 * @param askedBefore the outcomes before which the policy asks for the check
 * @param decision.results of each child, the latest; null for a child who has not been looked for
 */
export function needsOfCaseCheck(
  askedBefore: readonly Outcome[],
  decision: {
    readonly outcome: Outcome;
    readonly immediateDanger: boolean;
    readonly results: readonly (CaseResult | null)[];
  },
): NeedsOfCaseCheck {
  const { outcome, immediateDanger, results } = decision;
  const isProtecting = immediateDanger || PROTECTING.includes(outcome);
  return {
    isMissing: !isProtecting && askedBefore.includes(outcome) && results.includes(null),
    asksWhyNotWorker: !isProtecting && outcome !== 'to_allocated_worker' && results.includes('open'),
  };
}
