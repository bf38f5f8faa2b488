import { auditEntry } from '#audit';
import { endServiceDeadline, followUpSubject, reopenFollowUps } from '#deadlines';
import { DecidedWithout, rowsOf, sql, type Transaction } from '#store';

interface About {
  readonly id: string;
  readonly reference: string;
}

/** Records which answers a decision is made without. A decision never waits for an agency. */
export async function decideWithout(tx: Transaction, referral: About, decisionId: string): Promise<void> {
  const open = await openRequests(tx, referral.id);
  if (open.length === 0) return;
  await tx.insert(
    rowsOf(DecidedWithout, ...open.map(({ id: requestId }) => ({ decisionId, requestId }))),
    auditEntry(tx, 'decision.made-without', referral.id, {
      ...{ decisionId, agencies: [...new Set(open.map(({ agencyId }) => agencyId))] },
    }),
  );
}

/** The decision takes effect: the clocks of what agencies have not answered stop. They may answer all the same. */
export async function endRequests(tx: Transaction, referral: About): Promise<void> {
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

function openRequests(tx: Transaction, referralId: string) {
  return tx.rows<{ id: string; agencyId: string }>(sql`
    SELECT q.id, q.agency_id AS "agencyId" FROM information_request q
    WHERE q.referral_id = ${referralId} AND q.withdrawn_at IS NULL
      AND NOT EXISTS (SELECT 1 FROM information_answer WHERE request_id = q.id)
    ORDER BY q.asked_at, q.id`);
}
