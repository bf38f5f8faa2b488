import { randomUUIDv7 } from 'node:crypto';
import { TellOfThirdContact } from '#children';
import { endDeadlines, endServiceDeadline, followUpSubject, type Policies } from '#deadlines';
import { responseTime, type Outcome } from '#domain';
import { oweFeedback } from '#feedback';
import { endRequests } from '#partners';
import { decideReferral, type LockedReferral } from '#referrals';
import { endRouteOfDecision } from '#routes';
import { RecordedResponseTime, rowsOf, sql, type Transaction } from '#store';
import { beginWhatFollows, beginWhatIsMissing, otherReports } from './what-follows.ts';

/**
 * The decision takes effect: the referral is decided, its clocks stop, its chain of alerts ends, how long it took
 * is recorded for good, the family is sent where the decision says, and a strategy discussion begins
 * where it asks for one. The hub owes its referrer an answer from then on.
 *
 * @throws Error when the referral has no open decision deadline, which invariant I3 rules out
 */
export async function takeEffect(
  tx: Transaction,
  policies: Policies,
  referral: LockedReferral,
  decision: {
    readonly id: string;
    readonly outcome: Outcome;
    readonly decidedAt: Temporal.Instant;
    readonly undoableUntil: Temporal.Instant | null;
  },
): Promise<void> {
  const met = (await endDeadlines(tx, referral.id, 'met')).find(({ kind }) => kind === 'decision');
  if (met === undefined) throw new Error(`referral ${referral.id} has no open deadline for its decision`);
  const { policyVersion, calendarVersion, calendar } = await policies.of(met, tx);
  const { receivedAt, decisionDueAt, statutoryDueAt, firstOpenedAt, firstClaimedAt, firstRatedAt } = referral;
  const times = { receivedAt, effectiveAt: tx.now, dueAt: decisionDueAt, statutoryDueAt };
  const id = randomUUIDv7();
  await tx.insert(
    rowsOf(RecordedResponseTime, {
      id,
      referralId: referral.id,
      decisionId: decision.id,
      decidedAt: decision.decidedAt,
      ...{ firstOpenedAt, firstClaimedAt, firstRatedAt },
      ...times,
      ...responseTime(calendar, times),
      policyVersion,
      calendarVersion,
    }),
  );
  await endRequests(tx, referral, decision.id);
  // A manager who was told of a third contact need not look any more.
  await endServiceDeadline(tx, 'third_contact', followUpSubject(referral.reference, referral.id));
  await tellOfLaterContacts(tx, policies, referral.id);
  await decideReferral(tx, referral.id, id, decision.undoableUntil);
  const others = await otherReports(tx, referral.id);
  await endRouteOfDecision(tx, referral, 'decided_again');
  await beginWhatFollows(tx, policies, { ...referral, decisionId: decision.id, decidedAt: decision.decidedAt });
  // Those that followed a decision before this one.
  await beginWhatIsMissing(tx, policies, others);
  await oweFeedback(tx, policies, referral, decision);
}

/** No manager was told of a later referral of the same child while this one waited for them to look. */
async function tellOfLaterContacts(tx: Transaction, policies: Policies, referralId: string): Promise<void> {
  await tx.overAll(async (all) => {
    const later = await all.rows<{ id: string }>(sql`
      SELECT r.id FROM earlier_referral e JOIN referral r ON r.id = e.referral_id
      WHERE e.earlier_id = ${referralId} AND r.status <> 'decided' ORDER BY r.received_at, r.id`);
    await new TellOfThirdContact(policies).execute(
      all,
      later.map(({ id }) => id),
    );
  });
}
