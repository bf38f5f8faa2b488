import { endServiceDeadline, followUpRows, followUpSubject, type PolicyInForce } from '#deadlines';
import { after, armFollowUp, followUpSpan } from '#domain';
import type { RowsOf, Transaction } from '#store';

/** Nothing that a child waits for: its alerts come while the front door is open, each working day. */
const RATING = 'green';

/** One answer, and the referral that it is about. */
export interface OnTheClock {
  readonly feedbackId: string;
  readonly reference: string;
}

/** When the referrer has to be told at the latest: one working day from an instant, unless the policy says otherwise. */
export function feedbackDueAt({ policy, calendar }: PolicyInForce, from: Temporal.Instant): Temporal.Instant {
  return after(calendar, from, followUpSpan(policy, 'feedback', RATING));
}

/** The clock of an answer from now on. @param ownerId the decider, whose decision is to be told of */
export function clockRows(
  tx: Transaction,
  inForce: PolicyInForce,
  { feedbackId, reference }: OnTheClock,
  ownerId: string,
): readonly RowsOf[] {
  const times = { rating: RATING, startedAt: tx.now, dueAt: feedbackDueAt(inForce, tx.now) } as const;
  const about = { kind: 'feedback', subject: followUpSubject(reference, feedbackId), ownerId } as const;
  return followUpRows(tx, about, armFollowUp(inForce.calendar, 'feedback', times), inForce);
}

/** @param state `superseded` when the answer is owed no more */
export async function endClock(
  tx: Transaction,
  { feedbackId, reference }: OnTheClock,
  state: 'met' | 'superseded',
): Promise<void> {
  await endServiceDeadline(tx, 'feedback', followUpSubject(reference, feedbackId), state);
}
