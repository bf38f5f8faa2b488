import { randomUUIDv7 } from 'node:crypto';
import type { StaffActor } from '#access';
import { auditEntry } from '#audit';
import type { Policies } from '#deadlines';
import { claimLapsesAt, undoableUntil } from '#domain';
import { Refused } from '#platform';
import { lockReferral } from '#referrals';
import { rowsOf, SignOff, type Database } from '#store';
import { standingDecision } from './standing-decision.ts';
import { takeEffect } from './take-effect.ts';

export interface SignOffCommand {
  readonly reference: string;
  readonly result: 'agreed' | 'returned';
  /** Needed when it is returned. */
  readonly comments: string | null;
  readonly version: number;
  /** The form it is sent from, a UUID, for telling a second sending from another act. */
  readonly formId?: string;
  readonly by: StaffActor;
}

/** A manager agrees with somebody else's decision, which takes effect then, or returns it to be decided again. */
export class SignOffDecision {
  constructor(
    private readonly database: Database,
    private readonly policies: Policies,
  ) {}

  /** @throws Refused `not-found`, `changed-meanwhile`, `nothing-to-sign-off`, or `decider-cannot-sign-off` */
  async execute({ reference, result, comments, version, formId, by }: SignOffCommand): Promise<void> {
    await this.database.transaction(async (tx) => {
      const referral = await lockReferral(tx, reference, version);
      if (referral.status !== 'awaiting_sign_off') throw new Refused('nothing-to-sign-off');
      const { id: decisionId, outcome, decidedBy, decidedAt } = await standingDecision(tx, referral.id);
      if (decidedBy === by.id) throw new Refused('decider-cannot-sign-off');
      await tx.insert(
        rowsOf(SignOff, {
          id: randomUUIDv7(),
          decisionId,
          decidedBy,
          signedBy: by.id,
          result,
          comments,
          signedAt: tx.now,
        }),
        auditEntry(tx, by, `decision.${result}`, referral.id, { decisionId, formId }),
      );
      if (result === 'agreed') {
        const until = undoableUntil(tx.now, { immediateDanger: referral.immediateDanger, outcome });
        return takeEffect(tx, this.policies, referral, { id: decisionId, decidedAt, undoableUntil: until });
      }
      await tx.update(
        `UPDATE referral SET status = 'awaiting_decision', claim_lapses_at = $3, undoable_until = NULL, version = version + 1,
           last_changed_at = $2
         WHERE id = $1`,
        [referral.id, tx.now, claimLapsesAt(tx.now)],
      );
    });
  }
}
