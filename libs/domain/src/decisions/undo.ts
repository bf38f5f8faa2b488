import type { Outcome } from '../code-lists/outcomes.ts';

/** Seconds in which whoever decided or signed off may take it back. Nobody outside the hub learns of it before. */
export const UNDO_SECONDS = 30;

/** Outcomes that must not wait for anything. */
const AT_ONCE: readonly Outcome[] = ['immediate_protection'];

/**
 * Until when a decision can be taken back.
 *
 * @returns null when it cannot be at all: where a child is in danger now nothing is held back
 */
export function undoableUntil(
  now: Temporal.Instant,
  decision: { readonly immediateDanger: boolean; readonly outcome: Outcome },
): Temporal.Instant | null {
  const waits = !decision.immediateDanger && !AT_ONCE.includes(decision.outcome);
  return waits ? now.add({ seconds: UNDO_SECONDS }) : null;
}
