import { randomUUIDv7 } from 'node:crypto';
import type { StaffActor } from '#access';
import { auditEntry } from '#audit';
import { claimLapsesAt } from '#domain';
import { Refused } from '#platform';
import { lockReferral, type LockedReferral } from '#referrals';
import { rowsOf, Undoing, type Database, type Transaction } from '#store';
import { standingDecision } from './standing-decision.ts';

/**
 * Takes back what somebody did by mistake a moment ago: their decision, or their agreement with one. Nobody outside
 * has learned of it, the clocks run on as if it had not been, and the record keeps both.
 */
export class UndoDecision {
  constructor(private readonly database: Database) {}

  /**
   * Taken back twice it is taken back once.
   *
   * @param command.act the id of the decision or the agreement that is taken back
   * @throws Refused `not-found` when it was not this person's, or `too-late-to-undo`, also when something else stands by
   * now
   */
  async execute({ reference, act, by }: { reference: string; act: string; by: StaffActor }): Promise<void> {
    await this.database.transaction(async (tx) => {
      const referral = await lockReferral(tx, reference);
      if (await isUndone(tx, referral.id, act, by)) return;
      const { id: decisionId, decidedBy, signOff } = await standingDecision(tx, referral.id);
      if ((signOff?.signedBy ?? decidedBy) !== by.id) throw new Refused('not-found');
      if ((signOff?.id ?? decisionId) !== act) throw new Refused('too-late-to-undo');
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
        auditEntry(tx, by, 'decision.undone', referral.id, {
          decisionId,
          what: signOff === null ? 'decision' : 'sign-off',
        }),
      );
      if (referral.status === 'decided') await reopenDeadlines(tx, referral);
      await tx.update(
        `UPDATE referral SET status = $2, response_time_id = NULL, undoable_until = NULL, claim_lapses_at = $3,
           version = version + 1, last_changed_at = $4
         WHERE id = $1`,
        [referral.id, signOff === null ? 'awaiting_decision' : 'awaiting_sign_off', claimLapsesAt(tx.now), tx.now],
      );
    });
  }
}

/** This person has taken it back, and nothing has been decided or signed since. */
async function isUndone(tx: Transaction, referralId: string, act: string, by: StaffActor): Promise<boolean> {
  const done = await tx.row(
    `SELECT 1 FROM undoing u JOIN decision d ON d.id = u.decision_id AND d.referral_id = $3
     WHERE u.undone_by = $1 AND coalesce(u.sign_off_id, u.decision_id)::text = $2
       AND NOT EXISTS (SELECT 1 FROM decision WHERE referral_id = $3 AND decided_at >= u.undone_at AND id <> u.decision_id)
       AND NOT EXISTS (SELECT 1 FROM sign_off WHERE decision_id = u.decision_id AND signed_at >= u.undone_at
         AND id IS DISTINCT FROM u.sign_off_id)`,
    [by.id, act, referralId],
  );
  return done !== null;
}

/**
 * The deadlines that the decision met are open again, with the steps that had not fired; and what was dropped of the
 * alerts that had, because nobody needed it, is sent now.
 */
async function reopenDeadlines(tx: Transaction, { id }: LockedReferral): Promise<void> {
  await tx.rows(
    `WITH again AS (
       UPDATE deadline d SET state = 'open', ended_at = NULL
       FROM referral r JOIN response_time t ON t.id = r.response_time_id
       WHERE r.id = $1 AND d.referral_id = r.id AND d.kind = 'decision' AND d.state = 'met' AND d.ended_at = t.effective_at
       RETURNING d.id, d.paused_until),
     sent_after_all AS (
       UPDATE delivery v SET state = 'queued', next_attempt_at = $2
       FROM alert a JOIN again ON again.id = a.deadline_id
       WHERE v.alert_id = a.id AND v.state IN ('not_needed', 'failed')
         AND NOT EXISTS (SELECT 1 FROM acknowledgement WHERE alert_id = a.id))
     UPDATE deadline_step s SET state = 'waiting', fire_at = greatest(s.at, again.paused_until, $2)
     FROM again WHERE s.deadline_id = again.id AND s.state = 'not_needed'`,
    [id, tx.now],
  );
}
