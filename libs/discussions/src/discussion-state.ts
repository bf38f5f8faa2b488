import { randomUUIDv7 } from 'node:crypto';
import { endServiceDeadline, followUpRows, followUpSubject, Policies } from '#deadlines';
import {
  armFollowUp,
  discussionDueAt,
  followUpSpan,
  isInjuryOrSexualHarm,
  type ConcernType,
  type Indicator,
} from '#domain';
import { rowsOf, sql, StrategyDiscussion, type Transaction } from '#store';

/*
 * How a strategy discussion stands follows from its rows:
 *
 *   open → recorded      a person records how it went: held, or not held
 *   open, recorded → withdrawn      its decision, or the agreement with it, is taken back within seconds
 *
 * A referral has one open discussion at the most. Its lock keeps two acts from making two.
 */

/** The referral that discussions are of, locked by the act. */
export interface Discussed {
  readonly id: string;
  readonly reference: string;
}

/** A discussion of which no person has recorded how it went. */
export interface OpenDiscussion {
  readonly id: string;
  readonly number: number;
}

/** The discussion of a referral that is open; null when none is. */
export async function openDiscussion(tx: Transaction, referralId: string): Promise<OpenDiscussion | null> {
  return tx.row<OpenDiscussion>(sql`
    SELECT d.id, d.number FROM strategy_discussion d
    WHERE d.referral_id = ${referralId} AND d.withdrawn_at IS NULL
      AND NOT EXISTS (SELECT 1 FROM discussion_record WHERE discussion_id = d.id)`);
}

/** A discussion as it is to begin. */
interface Beginning {
  readonly decisionId: string;
  /** The person whom its alerts tell first. */
  readonly ownerId: string;
  /** The instant from which its time is counted: that of the decision, or of the call. */
  readonly startedAt: Temporal.Instant;
  /** Who called it, and why, where a decision does not ask for it by itself. */
  readonly again: { readonly by: string; readonly because: string } | null;
}

/** Begins a discussion and its clock. Its alerts are those of a red: a child may be suffering significant harm. */
export async function startDiscussion(
  tx: Transaction,
  policies: Policies,
  referral: Discussed,
  { decisionId, ownerId, startedAt, again }: Beginning,
): Promise<OpenDiscussion> {
  const { number, concerns } = (await tx.overAll((all) =>
    all.row<{ number: number; concerns: readonly Concern[] }>(sql`
    SELECT (SELECT jsonb_agg(report.submitted->'concern') FROM referral report WHERE report.id = r.id OR report.id IN (
        SELECT theirs.referral_id FROM referral_incident mine JOIN referral_incident theirs USING (incident_id)
        WHERE mine.referral_id = r.id)) AS concerns,
      (SELECT coalesce(max(number), 0)::int + 1 FROM strategy_discussion
      WHERE referral_id = r.id AND withdrawn_at IS NULL) AS number
    FROM referral r WHERE r.id = ${referral.id}`),
  ))!;
  const inForce = await policies.inForce(tx);
  // Of several reports of one incident the most urgent counts.
  const isSameDay = concerns.some(isInjuryOrSexualHarm);
  const within = followUpSpan(inForce.policy, 'strategy_discussion', 'red');
  const dueAt = discussionDueAt(inForce.calendar, { startedAt, within, isSameDay });
  const armed = armFollowUp(inForce.calendar, 'strategy_discussion', { rating: 'red', startedAt, dueAt });
  const id = randomUUIDv7();
  const about = { kind: 'strategy_discussion', subject: followUpSubject(referral.reference, id), ownerId } as const;
  await tx.insert(
    rowsOf(StrategyDiscussion, {
      ...{ id, referralId: referral.id, decisionId, number, startedAt, dueAt, isSameDay, withdrawnAt: null },
      ...{ calledAgainBy: again?.by ?? null, calledAgainBecause: again?.because ?? null },
    }),
    ...followUpRows(tx, about, armed, inForce),
  );
  return { id, number };
}

interface Concern {
  readonly types: readonly ConcernType[];
  readonly indicators?: readonly Indicator[];
}

/** Ends the clock of a discussion. */
export async function endDiscussionClock(
  tx: Transaction,
  { reference }: Discussed,
  id: string,
  state: 'met' | 'superseded' = 'met',
): Promise<void> {
  await endServiceDeadline(tx, 'strategy_discussion', followUpSubject(reference, id), state);
}

/** Ends the clock of the conference after a discussion. */
export async function endConferenceClock(
  tx: Transaction,
  { reference }: Discussed,
  id: string,
  state: 'met' | 'superseded' = 'met',
): Promise<void> {
  await endServiceDeadline(tx, 'conference', followUpSubject(reference, id), state);
}
