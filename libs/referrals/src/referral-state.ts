import { needUnclaimedSteps } from '#deadlines';
import { claimLapsesAt, urgency, type DueTimes, type Rating } from '#domain';
import { Referral, sql, type Transaction } from '#store';

/*
 * Which state a referral may go to next. Every statement that changes one is in this file; a referral is made in
 * prepare-referral.ts.
 *
 *   awaiting_decision → awaiting_sign_off | decided      a person decides
 *   awaiting_sign_off → decided | awaiting_decision      a manager agrees, or returns the decision
 *   decided | awaiting_sign_off → the state before       the decision, or the agreement, is taken back
 *   decided → awaiting_decision                          a sample found that the decision may leave a child unsafe, or those
 *                                                        whom the family was sent to do not take it
 *
 * A change adds one to `version` and says in `last_changed_at` when it was, so that a person with an older page is told
 * and open pages are renewed. The three statements written out below do less, each for the reason that it gives.
 */

/** The columns of a referral that say who holds it. */
type Hold = Pick<Referral, 'id' | 'firstClaimedAt'>;

/** A person holds the referral from now on. */
export async function holdReferral(tx: Transaction, { id, firstClaimedAt }: Hold, holder: string): Promise<void> {
  await tx.change(Referral, id, {
    claimedBy: holder,
    claimedAt: tx.now,
    claimLapsesAt: claimLapsesAt(tx.now),
    firstClaimedAt: firstClaimedAt ?? tx.now,
  });
}

/** No person holds the referral any more: it is back on the queue, and the alerts that this calls for are needed again. */
export async function releaseReferral(tx: Transaction, id: string): Promise<void> {
  await tx.change(Referral, id, { claimedBy: null, claimedAt: null, claimLapsesAt: null });
  await needUnclaimedSteps(tx, id);
}

/**
 * Working on a referral keeps it: the claim of its holder lasts from now on, unless it has lapsed. An act of another
 * person does nothing to it. Not a change: the page of a colleague shows the same as before.
 */
export async function keepHold(tx: Transaction, id: string, holder: string): Promise<void> {
  await tx.run(sql`
    UPDATE referral SET claim_lapses_at = ${claimLapsesAt(tx.now)}
    WHERE id = ${id} AND claimed_by = ${holder} AND claim_lapses_at BETWEEN ${tx.now} AND ${claimLapsesAt(tx.now)}`);
}

/** The claim of a referral lasts from now on, whether or not it was about to lapse. Not a change, as {@link keepHold}. */
export async function renewHold(tx: Transaction, id: string): Promise<void> {
  await tx.run(sql`UPDATE referral SET claim_lapses_at = ${claimLapsesAt(tx.now)} WHERE id = ${id}`);
}

/**
 * Notes the first time that a person opens a referral. The version stays, because a colleague
 * sees the same as before, and so does the instant of the last change, because the queue shows nothing of it.
 */
export async function noteOpened(tx: Transaction, id: string): Promise<void> {
  await tx.run(sql`
    UPDATE referral SET first_opened_at = ${tx.now} WHERE id = ${id} AND first_opened_at IS NULL`);
}

/**
 * A person has confirmed the rating. The version stays: nothing is other than a colleague saw who is deciding at the
 * same time. The queue shows that the rating is not only suggested any more.
 */
export async function confirmRating(tx: Transaction, { id }: Pick<Referral, 'id'>): Promise<void> {
  await tx.run(sql`
    UPDATE referral SET first_rated_at = coalesce(first_rated_at, ${tx.now}), last_changed_at = ${tx.now} WHERE id = ${id}`);
}

/** A person has changed the rating, and with it the due times. */
export async function changeRating(
  tx: Transaction,
  { id, firstRatedAt }: Pick<Referral, 'id' | 'firstRatedAt'>,
  rating: Rating,
  { decisionDueAt, statutoryDueAt }: DueTimes,
): Promise<void> {
  await tx.change(Referral, id, {
    ...{ rating, urgency: urgency(rating), decisionDueAt, statutoryDueAt },
    firstRatedAt: firstRatedAt ?? tx.now,
  });
}

/**
 * Other due times hold, under a new version of policy or calendar.
 *
 * @param at the instant of the change: later than the transaction's where a person has changed the referral meanwhile
 */
export async function changeDueTimes(
  tx: Transaction,
  id: string,
  { decisionDueAt, statutoryDueAt }: DueTimes,
  at: Temporal.Instant,
): Promise<void> {
  await tx.run(sql`
    UPDATE referral SET decision_due_at = ${decisionDueAt}, statutory_due_at = ${statutoryDueAt}, version = version + 1,
      last_changed_at = ${at}
    WHERE id = ${id}`);
}

/** Another fact that its page shows has changed, such as who its children are: a person with an older page is told. */
export async function noteChange(tx: Transaction, id: string): Promise<void> {
  await tx.change(Referral, id, {});
}

/** A person has decided, and another has to sign the decision off. @param undoableUntil null when it cannot be taken back */
export async function awaitSignOff(tx: Transaction, id: string, undoableUntil: Temporal.Instant | null): Promise<void> {
  await tx.change(Referral, id, { status: 'awaiting_sign_off', undoableUntil });
}

/** The decision has taken effect. @param undoableUntil null when it cannot be taken back */
export async function decideReferral(
  tx: Transaction,
  id: string,
  responseTimeId: string,
  undoableUntil: Temporal.Instant | null,
): Promise<void> {
  await tx.change(Referral, id, { status: 'decided', responseTimeId, undoableUntil });
}

/** A manager has returned the decision: its holder decides again. */
export async function returnReferral(tx: Transaction, id: string): Promise<void> {
  await tx.change(Referral, id, {
    ...{ status: 'awaiting_decision', undoableUntil: null },
    claimLapsesAt: claimLapsesAt(tx.now),
  });
  await releaseFromAbsent(tx, id);
}

/** A referral that comes back is not with a person who has left meanwhile, or may not open it any more: it is on the queue. */
async function releaseFromAbsent(tx: Transaction, id: string): Promise<void> {
  const cannotGoOn = await tx.row(sql`
    SELECT 1 FROM referral r JOIN staff_member s ON s.id = r.claimed_by
    WHERE r.id = ${id} AND (NOT s.is_active OR r.id IN (SELECT mash.hidden_from(s.id)))`);
  if (cannotGoOn !== null) await releaseReferral(tx, id);
}

/** A decision, or the agreement with one, has been taken back. @param status the state before it */
export async function reopenReferral(
  tx: Transaction,
  id: string,
  status: 'awaiting_decision' | 'awaiting_sign_off',
): Promise<void> {
  await tx.change(Referral, id, {
    ...{ status, responseTimeId: null, undoableUntil: null },
    claimLapsesAt: claimLapsesAt(tx.now),
  });
  await releaseFromAbsent(tx, id);
}

/**
 * A sample found that the decision may leave a child unsafe: the referral is back on the queue, and no person holds it.
 * The due times are those under the versions in force.
 */
export async function requeueDecided(
  tx: Transaction,
  id: string,
  { decisionDueAt, statutoryDueAt }: DueTimes,
): Promise<void> {
  await tx.change(Referral, id, {
    ...{ status: 'awaiting_decision', responseTimeId: null, undoableUntil: null },
    ...{ claimedBy: null, claimedAt: null, claimLapsesAt: null },
    ...{ decisionDueAt, statutoryDueAt },
  });
}
