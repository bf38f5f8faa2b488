import { Injectable } from '@nestjs/common';
import type { StaffActor } from '#access';
import { parseReferralReference } from '#domain';
import { Database, sql } from '#store';

/**
 * Finds the referrals that a person was given by the presses that recorded something on another one, and has still:
 * where the recording is taken back, those stay with the person. One press has one instant for both.
 */
@Injectable()
export class ReadTakenWith {
  constructor(private readonly database: Database) {}

  /**
   * @param presses the instants of what this person recorded on the referral
   * @returns the references of the others, the most urgent first
   */
  async execute({
    reference,
    presses,
    by,
  }: {
    readonly reference: string;
    readonly presses: readonly Temporal.Instant[];
    readonly by: StaffActor;
  }): Promise<readonly string[]> {
    if (presses.length === 0) return [];
    return this.database.as(by).transaction(async (tx) => {
      const taken = await tx.rows<{ reference: string }>(sql`
        SELECT reference FROM referral
        WHERE claimed_by = ${by.id} AND status = 'awaiting_decision'
          AND claimed_at = ANY(${presses.map((at) => at.toString())}::timestamptz[])
          AND reference <> ${parseReferralReference(reference) ?? ''}
        ORDER BY urgency, decision_due_at, id`);
      return taken.map((one) => one.reference);
    });
  }
}
