import { auditEntry } from '#audit';
import { endServiceDeadline, followUpSubject, reopenFollowUps } from '#deadlines';
import { DecidedWithout, rowsOf, sql, type Transaction } from '#store';

interface About {
  readonly id: string;
  readonly reference: string;
}

/**
 * Records which answers a decision is made without, also of requests that were sent while it waited for its sign-off. A
 * decision never waits for an agency. Safe to repeat.
 */
export async function decideWithout(tx: Transaction, referral: About, decisionId: string): Promise<void> {
  const open = (await openRequests(tx, referral.id, decisionId)).filter(({ isRecorded }) => !isRecorded);
  if (open.length === 0) return;
  await tx.insert(
    rowsOf(DecidedWithout, ...open.map(({ id: requestId }) => ({ decisionId, requestId }))),
    auditEntry(tx, 'decision.made-without', referral.id, {
      ...{ decisionId, agencies: [...new Set(open.map(({ agencyId }) => agencyId))] },
    }),
  );
}

/** A decision is taken back: no person has to read any more what came after it. */
export async function endLateAnswers(tx: Transaction, { id, reference }: About, decisionId: string): Promise<void> {
  const answers = await tx.rows<{ id: string }>(sql`
    SELECT a.id FROM information_answer a JOIN information_request q ON q.id = a.request_id
    WHERE q.referral_id = ${id} AND a.came_after = ${decisionId}
    UNION ALL SELECT id FROM referral_addition WHERE came_after = ${decisionId}`);
  for (const answer of answers)
    await endServiceDeadline(tx, 'late_answer', followUpSubject(reference, answer.id), 'superseded');
}

/** The decision takes effect: the clocks of what agencies have not answered stop. They may answer all the same. */
export async function endRequests(tx: Transaction, referral: About, decisionId: string): Promise<void> {
  await decideWithout(tx, referral, decisionId);
  for (const subject of await subjectsOf(tx, referral)) {
    await endServiceDeadline(tx, 'information_request', subject, 'superseded');
  }
}

/**
 * The decision is taken back: the clocks that it stopped run on.
 *
 * @param effectiveAt the instant at which it took effect
 * @returns the ids of the deadlines that are open again
 */
export async function reopenRequests(
  tx: Transaction,
  referral: About,
  effectiveAt: Temporal.Instant,
): Promise<readonly string[]> {
  return reopenFollowUps(tx, 'information_request', await subjectsOf(tx, referral), effectiveAt);
}

async function subjectsOf(tx: Transaction, referral: About): Promise<readonly string[]> {
  return (await openRequests(tx, referral.id)).map(({ id }) => followUpSubject(referral.reference, id));
}

function openRequests(tx: Transaction, referralId: string, decisionId: string | null = null) {
  return tx.rows<{ id: string; agencyId: string; isRecorded: boolean }>(sql`
    SELECT q.id, q.agency_id AS "agencyId",
      EXISTS (SELECT 1 FROM decided_without WHERE request_id = q.id AND decision_id = ${decisionId}) AS "isRecorded"
    FROM information_request q
    WHERE q.referral_id = ${referralId} AND q.withdrawn_at IS NULL
      AND NOT EXISTS (SELECT 1 FROM information_answer WHERE request_id = q.id)
    ORDER BY q.asked_at, q.id`);
}
