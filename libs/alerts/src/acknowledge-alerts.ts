import { randomUUIDv7 } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { StaffActor } from '#access';
import { auditEntry } from '#audit';
import { pauseDeadline, Policies, type Versions } from '#deadlines';
import { parseReferralReference, pausedUntil, type Rating } from '#domain';
import { Refused } from '#platform';
import { Acknowledgement, Database, rowsOf, sql } from '#store';

/**
 * "I have seen this": pauses a referral's chain of alerts for as long as its rating's policy allows. Only a decision
 * ends the chain. All alerts fired so far are acknowledged together, so that pauses cannot be saved up.
 */
@Injectable()
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
    return this.database.as(by).transaction(async (tx) => {
      const deadline = await tx.row<{ id: string; referralId: string; rating: Rating } & Versions>(sql`
        SELECT d.id, d.referral_id AS "referralId", d.rating, d.policy_version AS "policyVersion",
          d.calendar_version AS "calendarVersion" FROM deadline d JOIN referral r ON r.id = d.referral_id
        WHERE r.reference = ${parseReferralReference(reference) ?? ''} AND d.kind = 'decision' AND d.state = 'open'
        FOR UPDATE OF d`);
      if (deadline === null) throw new Refused('not-found');
      const { id: deadlineId, referralId, rating } = deadline;
      const alerts = await tx.rows<{ id: string }>(sql`
        SELECT id FROM alert WHERE deadline_id = ${deadlineId}
        AND NOT EXISTS (SELECT 1 FROM acknowledgement WHERE alert_id = alert.id)`);
      if (alerts.length === 0) throw new Refused('not-found');
      const { policy, calendar } = await this.policies.of(deadline, tx);
      const until = pausedUntil(policy, calendar, rating, tx.now);
      await pauseDeadline(tx, deadlineId, until);
      const acknowledged = { deadlineId, acknowledgedBy: by.id, acknowledgedAt: tx.now, pausedUntil: until };
      await tx.insert(
        rowsOf(Acknowledgement, ...alerts.map(({ id: alertId }) => ({ id: randomUUIDv7(), alertId, ...acknowledged }))),
        auditEntry(tx, 'alert.acknowledged', referralId, { alerts: alerts.length }),
      );
      return { until, now: tx.now };
    });
  }
}
