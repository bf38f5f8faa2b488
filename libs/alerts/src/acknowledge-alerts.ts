import { randomUUIDv7 } from 'node:crypto';
import type { StaffActor } from '#access';
import { auditEntry } from '#audit';
import type { Policies, Versions } from '#deadlines';
import { parseReferralReference, pausedUntil, type Rating } from '#domain';
import { Refused } from '#platform';
import { Acknowledgement, rowsOf, type Database } from '#store';

/**
 * "I have seen this": pauses a referral's chain of alerts for as long as its rating's policy allows. Only a decision
 * ends the chain. All alerts fired so far are acknowledged together, so that pauses cannot be saved up.
 */
export class AcknowledgeAlerts {
  constructor(
    private readonly database: Database,
    private readonly policies: Policies,
  ) {}

  /**
   * @returns until when the chain is paused, as seen from now
   * @throws Refused `not-found` when there is no alert to acknowledge
   */
  async execute({
    reference,
    by,
  }: {
    reference: string;
    by: StaffActor;
  }): Promise<{ until: Temporal.Instant; now: Temporal.Instant }> {
    return this.database.transaction(async (tx) => {
      const deadline = await tx.row<{ id: string; referralId: string; rating: Rating } & Versions>(
        `SELECT d.id, d.referral_id AS "referralId", d.rating, d.policy_version AS "policyVersion",
           d.calendar_version AS "calendarVersion" FROM deadline d JOIN referral r ON r.id = d.referral_id
         WHERE r.reference = $1 AND d.kind = 'decision' AND d.state = 'open' FOR UPDATE OF d`,
        [parseReferralReference(reference) ?? ''],
      );
      if (deadline === null) throw new Refused('not-found');
      const alerts = await tx.rows<{ id: string }>(
        `SELECT id FROM alert WHERE deadline_id = $1
         AND NOT EXISTS (SELECT 1 FROM acknowledgement WHERE alert_id = alert.id)`,
        [deadline.id],
      );
      if (alerts.length === 0) throw new Refused('not-found');
      const { policy, calendar } = await this.policies.of(deadline, tx);
      const until = pausedUntil(policy, calendar, deadline.rating, tx.now);
      await tx.update('UPDATE deadline SET paused_until = $2 WHERE id = $1', [deadline.id, until]);
      await tx.update(
        `UPDATE deadline_step SET fire_at = greatest(at, $2) WHERE deadline_id = $1 AND state = 'waiting'`,
        [deadline.id, until],
      );
      await tx.insert(
        rowsOf(
          Acknowledgement,
          ...alerts.map(({ id }) => ({
            id: randomUUIDv7(),
            alertId: id,
            deadlineId: deadline.id,
            acknowledgedBy: by.id,
            acknowledgedAt: tx.now,
            pausedUntil: until,
          })),
        ),
        auditEntry(tx, by, 'alert.acknowledged', deadline.referralId, { alerts: alerts.length }),
      );
      return { until, now: tx.now };
    });
  }
}
