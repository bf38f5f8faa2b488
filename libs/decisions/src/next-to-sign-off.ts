import { Injectable } from '@nestjs/common';
import { isHiddenFrom, type StaffActor } from '#access';
import { Database, sql } from '#store';

/** Finds the decision that waits longest past its time for this manager: never one of their own. */
@Injectable()
export class NextToSignOff {
  constructor(private readonly database: Database) {}

  /** @returns the reference; null when none waits for this person */
  async execute(by: StaffActor): Promise<string | null> {
    const next = sql`
      SELECT r.reference FROM referral r
      WHERE r.status = 'awaiting_sign_off' AND NOT ${isHiddenFrom(by.id)} AND ${by.id} IS DISTINCT FROM (
        SELECT d.decided_by FROM decision d
        WHERE d.referral_id = r.id
          AND NOT EXISTS (SELECT 1 FROM undoing u WHERE u.decision_id = d.id AND u.sign_off_id IS NULL)
        ORDER BY d.decided_at DESC, d.id DESC LIMIT 1)
      ORDER BY r.urgency, r.decision_due_at, r.received_at, r.id LIMIT 1`;
    const found = await this.database.as(by).transaction((tx) => tx.row<{ readonly reference: string }>(next));
    return found?.reference ?? null;
  }
}
