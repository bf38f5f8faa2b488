import { may, type StaffActor } from '#access';
import type { ReadUndoable } from '#decisions';
import { parseReferralReference } from '#domain';

/** What a person did to the referral before this one, and how they take it back. */
export interface JustDone {
  readonly reference: string;
  /** The end of the address that takes it back. */
  readonly by: 'undo' | 'claim';
  readonly undoes: string | null;
  readonly seconds: number;
}

/** For so long a screener is offered to take back what they sent on; a colleague may have taken it sooner. */
const SENT_SECONDS = 30;

/**
 * The offer to take back what was done on the page before, for the next page.
 *
 * @param done the reference in this page's address
 * @returns null when there is nothing to take back
 */
export async function justDone(undoable: ReadUndoable, done: unknown, by: StaffActor): Promise<JustDone | null> {
  if (typeof done !== 'string' || parseReferralReference(done) !== done) return null;
  if (!may(by, 'referral:decide')) return { reference: done, by: 'claim', undoes: null, seconds: SENT_SECONDS };
  const act = await undoable.execute({ reference: done, by });
  return act && { ...act, by: 'undo' };
}
