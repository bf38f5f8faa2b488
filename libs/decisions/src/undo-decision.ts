import { randomUUIDv7 } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { StaffActor } from '#access';
import { auditEntry } from '#audit';
import { followUpSubject, Policies, reopenDecisionDeadline, reopenFollowUps } from '#deadlines';
import { withdrawFeedback } from '#feedback';
import { withdrawDiscussion } from '#discussions';
import { sendAlertsAgain } from '#messages';
import { Refused } from '#platform';
import { endLateAnswers, reopenRequests } from '#partners';
import { lockReferral, reopenReferral, type LockedReferral } from '#referrals';
import { endRouteOfDecision } from '#routes';
import { Database, rowsOf, sql, Undoing, type Transaction } from '#store';
import { decisionInForce } from './decision-in-force.ts';
import { decidedWith, lockTogether } from './reports-of-incident.ts';
import { beginWhatIsMissing, otherReports } from './what-follows.ts';

/**
 * Takes back an act that a person did by mistake a moment ago: a decision, or an agreement with one. No person outside
 * has learned of it, the clocks run on as if it had not been, and the record keeps both. What the same press decided on other
 * reports of the incident goes with it.
 */
@Injectable()
export class UndoDecision {
  constructor(
    private readonly database: Database,
    private readonly policies: Policies,
  ) {}

  /**
   * Taken back twice it is taken back once.
   *
   * @param command.undoes the id of the decision or the agreement that is taken back
   * @throws Refused `not-found` when it was not this person's, or `too-late-to-undo`, also when another decision is in force by
   * now
   */
  async execute({ reference, undoes, by }: { reference: string; undoes: string; by: StaffActor }): Promise<void> {
    await this.database.as(by).transaction(async (tx) => {
      const others = await decidedWith(tx, undoes);
      await lockTogether(tx, [reference, ...others.map((other) => other.reference)]);
      const undone = [await undo(tx, reference, undoes, by)];
      for (const other of others) {
        undone.push(await tx.overAll((all) => undo(all, other.reference, other.decisionId, by)));
      }
      // A report that another person has signed off meanwhile stays decided, and followed one of these.
      for (const id of undone) await beginWhatIsMissing(tx, this.policies, await otherReports(tx, id));
    });
  }
}

/** @returns the id of the referral */
async function undo(tx: Transaction, reference: string, undoes: string, by: StaffActor): Promise<string> {
  const referral = await lockReferral(tx, reference);
  if (await isUndone(tx, referral.id, undoes, by)) return referral.id;
  const { id: decisionId, decidedBy, signOff } = await decisionInForce(tx, referral.id);
  if ((signOff?.signedBy ?? decidedBy) !== by.id) throw Refused.byPolicy();
  if ((signOff?.id ?? decisionId) !== undoes) throw new Refused('too-late-to-undo');
  const { undoableUntil: until } = referral;
  if (until === null || Temporal.Instant.compare(tx.now, until) >= 0) throw new Refused('too-late-to-undo');
  await tx.insert(
    rowsOf(Undoing, {
      id: randomUUIDv7(),
      decisionId,
      signOffId: signOff?.id ?? null,
      undoneBy: by.id,
      undoneAt: tx.now,
    }),
    auditEntry(tx, 'decision.undone', referral.id, {
      decisionId,
      what: signOff === null ? 'decision' : 'sign-off',
    }),
  );
  if (referral.status === 'decided') {
    await reopenDeadlines(tx, referral);
    await withdrawFeedback(tx, decisionId);
  }
  if (signOff === null) await endLateAnswers(tx, referral, decisionId);
  await endRouteOfDecision(tx, referral, 'undone');
  await withdrawDiscussion(tx, referral, decisionId);
  await reopenReferral(tx, referral.id, signOff === null ? 'awaiting_decision' : 'awaiting_sign_off');
  return referral.id;
}

/** This person has taken it back, and nothing has been decided or signed since. */
async function isUndone(tx: Transaction, referralId: string, undoes: string, by: StaffActor): Promise<boolean> {
  const done = await tx.row(
    sql`SELECT 1 FROM undoing u JOIN decision d ON d.id = u.decision_id AND d.referral_id = ${referralId}
     WHERE u.undone_by = ${by.id} AND coalesce(u.sign_off_id, u.decision_id)::text = ${undoes}
       AND NOT EXISTS (SELECT 1 FROM decision WHERE referral_id = ${referralId} AND decided_at >= u.undone_at AND id <> u.decision_id)
       AND NOT EXISTS (SELECT 1 FROM sign_off WHERE decision_id = u.decision_id AND signed_at >= u.undone_at
         AND id IS DISTINCT FROM u.sign_off_id)`,
  );
  return done !== null;
}

/**
 * The deadline that the decision met is open again, as are those of requests for information, with the steps that had
 * not fired. Those of its alerts that were dropped, because they were not needed any more, are sent now.
 */
async function reopenDeadlines(tx: Transaction, referral: LockedReferral): Promise<void> {
  const { effectiveAt } = (await tx.row<{ effectiveAt: Temporal.Instant }>(sql`
    SELECT t.effective_at AS "effectiveAt" FROM referral r JOIN response_time t ON t.id = r.response_time_id
    WHERE r.id = ${referral.id}`))!;
  await sendAlertsAgain(tx, await reopenDecisionDeadline(tx, referral.id, effectiveAt));
  await sendAlertsAgain(tx, await reopenRequests(tx, referral, effectiveAt));
  const thirdContact = [followUpSubject(referral.reference, referral.id)];
  await sendAlertsAgain(tx, await reopenFollowUps(tx, 'third_contact', thirdContact, effectiveAt));
}
