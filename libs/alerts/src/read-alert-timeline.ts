import { Injectable } from '@nestjs/common';
import type { StaffActor } from '#access';
import { auditEntry } from '#audit';
import type { Versions } from '#deadlines';
import { parseReferralReference, type Addressee, type Rating } from '#domain';
import { Refused } from '#platform';
import { mustBeOpenTo } from '#referrals';
import { Database, type Delivery, type Deadline, sql } from '#store';

/** A deadline of the referral, with the alerts that it fired. */
export interface TimelineDeadline extends Versions {
  readonly id: string;
  readonly kind: Deadline['kind'];
  readonly generation: number;
  readonly rating: Rating;
  readonly dueAt: Temporal.Instant;
  readonly armedAt: Temporal.Instant;
  readonly state: Deadline['state'];
  readonly endedAt: Temporal.Instant | null;
}

export interface TimelineAlert {
  readonly id: string;
  readonly deadlineId: string;
  /** When it was to fire: its step's time, or later where it was not needed or held back until then. */
  readonly fireAt: Temporal.Instant;
  readonly firedAt: Temporal.Instant;
  readonly told: readonly Addressee[];
  readonly acknowledgedBy: string | null;
  readonly acknowledgedAt: Temporal.Instant | null;
  readonly pausedUntil: Temporal.Instant | null;
}

export interface TimelineDelivery {
  readonly alertId: string;
  readonly channel: Delivery['channel'];
  /** Null for what went to the hub as a whole. */
  readonly recipient: string | null;
  readonly state: Delivery['state'];
  readonly attempts: number;
  readonly sentAt: Temporal.Instant | null;
  readonly acceptedAt: Temporal.Instant | null;
  readonly deliveredAt: Temporal.Instant | null;
  readonly failedAt: Temporal.Instant | null;
  readonly failure: string | null;
}

/** Everything that was due, fired, sent, accepted, delivered and acknowledged for one referral. */
export interface AlertTimeline {
  readonly now: Temporal.Instant;
  readonly reference: string;
  readonly rating: Rating;
  readonly receivedAt: Temporal.Instant;
  readonly decided: {
    readonly by: string;
    readonly at: Temporal.Instant;
    readonly effectiveAt: Temporal.Instant;
  } | null;
  /** Who decided, and when, while the decision waits for sign-off; null otherwise. */
  readonly awaitsSignOff: { readonly by: string; readonly at: Temporal.Instant } | null;
  readonly deadlines: readonly TimelineDeadline[];
  readonly alerts: readonly TimelineAlert[];
  readonly deliveries: readonly TimelineDelivery[];
}

/** Reads the alert timeline of a referral: the proof of who was told of it, and when. */
@Injectable()
export class ReadAlertTimeline {
  constructor(private readonly database: Database) {}

  /** @throws Refused `not-found`, or `no-reason-for-audit` to an auditor who has not said why in the last hour */
  async execute({ reference, by }: { reference: string; by: StaffActor }): Promise<AlertTimeline> {
    return this.database.as(by).transaction(async (tx) => {
      const referral = await tx.row<{ id: string; reference: string; rating: Rating; receivedAt: Temporal.Instant }>(
        sql`SELECT id, reference, rating, received_at AS "receivedAt" FROM referral WHERE reference = ${parseReferralReference(reference) ?? ''}`,
      );
      if (referral === null) throw new Refused('not-found');
      const { id, ...head } = referral;
      await mustBeOpenTo(tx, id, by);
      await tx.insert(auditEntry(tx, 'alert-timeline.read', id));
      return {
        ...head,
        now: tx.now,
        decided: await tx.row<NonNullable<AlertTimeline['decided']>>(
          sql`SELECT m.name AS by, t.decided_at AS at, t.effective_at AS "effectiveAt" FROM response_time t
           JOIN decision d ON d.id = t.decision_id JOIN staff_member m ON m.id = d.decided_by
           WHERE t.id = (SELECT response_time_id FROM referral WHERE id = ${id})`,
        ),
        awaitsSignOff: await tx.row<NonNullable<AlertTimeline['awaitsSignOff']>>(
          sql`SELECT m.name AS by, d.decided_at AS at FROM referral r
           JOIN LATERAL (SELECT * FROM decision WHERE referral_id = r.id ORDER BY decided_at DESC, id DESC LIMIT 1) d ON true
           JOIN staff_member m ON m.id = d.decided_by WHERE r.id = ${id} AND r.status = 'awaiting_sign_off'`,
        ),
        deadlines: await tx.rows<TimelineDeadline>(
          sql`SELECT id, kind, generation, rating, due_at AS "dueAt", armed_at AS "armedAt", state, ended_at AS "endedAt",
             policy_version AS "policyVersion", calendar_version AS "calendarVersion"
           FROM deadline WHERE referral_id = ${id} ORDER BY generation, kind DESC`,
        ),
        alerts: await tx.rows<TimelineAlert>(
          sql`SELECT a.id, a.deadline_id AS "deadlineId", s.fire_at AS "fireAt", a.fired_at AS "firedAt", a.told,
             m.name AS "acknowledgedBy", k.acknowledged_at AS "acknowledgedAt", k.paused_until AS "pausedUntil"
           FROM alert a JOIN deadline_step s ON s.id = a.id LEFT JOIN acknowledgement k ON k.alert_id = a.id
           LEFT JOIN staff_member m ON m.id = k.acknowledged_by
           WHERE a.referral_id = ${id} ORDER BY a.fired_at, a.id`,
        ),
        deliveries: await tx.rows<TimelineDelivery>(
          sql`SELECT v.alert_id AS "alertId", v.channel, m.name AS recipient, v.state, v.attempts, v.sent_at AS "sentAt",
             v.accepted_at AS "acceptedAt", v.delivered_at AS "deliveredAt", v.failed_at AS "failedAt", v.failure
           FROM delivery v JOIN alert a ON a.id = v.alert_id LEFT JOIN staff_member m ON m.id = v.recipient_id
           WHERE a.referral_id = ${id} ORDER BY v.next_attempt_at, v.id`,
        ),
      };
    });
  }
}
