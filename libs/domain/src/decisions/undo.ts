import type { Outcome } from '../code-lists/outcomes.ts';

/**
 * Seconds in which the person who decided or signed off can take that back (decision record 15). No agency learns of
 * the decision before they are over.
 */
export const UNDO_SECONDS = 30;

/** The outcomes that reach the agencies at once, so that they cannot be taken back. */
const NEVER_HELD_BACK: readonly Outcome[] = ['immediate_protection'];

/**
 * Until when a decision, or the sign-off of one, can be taken back.
 *
 * @param now the instant of the decision or sign-off
 * @param decision its outcome, and whether the referral says that a child is in danger now
 * @returns an instant, {@link UNDO_SECONDS} later; null when it cannot be taken back, because a child is in danger now
 * or needs immediate protection
 */
export function undoableUntil(
  now: Temporal.Instant,
  decision: { readonly immediateDanger: boolean; readonly outcome: Outcome },
): Temporal.Instant | null {
  const isHeldBack = !decision.immediateDanger && !NEVER_HELD_BACK.includes(decision.outcome);
  return isHeldBack ? now.add({ seconds: UNDO_SECONDS }) : null;
}

/** As {@link undoableUntil} of a decision with other outcomes for single children: one that is not held back holds none back. */
export function allUndoableUntil(
  now: Temporal.Instant,
  immediateDanger: boolean,
  outcomes: readonly Outcome[],
): Temporal.Instant | null {
  const all = outcomes.map((outcome) => undoableUntil(now, { immediateDanger, outcome }));
  return all.includes(null) ? null : (all[0] ?? null);
}
