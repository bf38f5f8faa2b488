import { randomUUIDv7 } from 'node:crypto';
import type { StaffActor } from '#access';
import { claimLapsesAt } from '#domain';
import { Refused } from '#platform';
import { auditEntry, rowsOf, SignOff, type Database, type Policies } from '#store';
import { lockReferral } from '../referral/open-referral.ts';
import { takeEffect } from './take-effect.ts';

export interface SignOffCommand {
  readonly reference: string;
  readonly result: 'agreed' | 'returned';
  /** Needed when it is returned. */
  readonly comments: string | null;
  readonly version: number;
  readonly by: StaffActor;
}

/** A manager agrees with somebody else's decision, which takes effect then, or returns it to be decided again. */
export class SignOffDecision {
  constructor(
    private readonly database: Database,
    private readonly policies: Policies,
  ) {}

  /** @throws Refused `not-found`, `changed-meanwhile`, `nothing-to-sign-off`, or `decider-cannot-sign-off` */
  async execute({ reference, result, comments, version, by }: SignOffCommand): Promise<void> {
    await this.database.transaction(async (tx) => {
      const referral = await lockReferral(tx, reference, version);
      if (referral.status !== 'awaiting_sign_off') throw new Refused('nothing-to-sign-off');
      const decision = await tx.row<{ id: string; decidedBy: string; decidedAt: Temporal.Instant }>(
        `SELECT id, decided_by AS "decidedBy", decided_at AS "decidedAt" FROM decision
         WHERE referral_id = $1 ORDER BY decided_at DESC, id DESC LIMIT 1`,
        [referral.id],
      );
      const { id: decisionId, decidedBy } = decision!;
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
        auditEntry(tx, by, `decision.${result}`, referral.id, { decisionId }),
      );
      if (result === 'agreed') return takeEffect(tx, this.policies, referral, decision!);
      await tx.update(
        `UPDATE referral SET status = 'awaiting_decision', claim_lapses_at = $3, version = version + 1,
           last_changed_at = $2
         WHERE id = $1`,
        [referral.id, tx.now, claimLapsesAt(tx.now)],
      );
    });
  }
}
