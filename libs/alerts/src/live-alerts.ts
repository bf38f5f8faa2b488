import type { Rating } from '#domain';
import type { Database, Deadline } from '#store';

/** An alert as it comes up on somebody's screen. */
export interface LiveAlert {
  readonly id: string;
  readonly recipientId: string;
  readonly kind: Deadline['kind'];
  /** What an alert about the service is about. */
  readonly subject: string | null;
  readonly reference: string | null;
  readonly rating: Rating;
  readonly dueAt: Temporal.Instant;
  readonly firedAt: Temporal.Instant;
}

/** What has been fired for the people who have the console open. */
export class LiveAlerts {
  constructor(private readonly database: Database) {}

  /**
   * The alerts that told these people since an instant, the earliest first; what is theirs on the console is
   * delivered by it. One that was being committed at the instant may be missing: ask from a little before.
   */
  async since(people: readonly string[], from: Temporal.Instant): Promise<readonly LiveAlert[]> {
    const alerts = await this.database.rows<LiveAlert>(
      `SELECT DISTINCT ON (a.fired_at, a.id, v.recipient_id) a.id, v.recipient_id AS "recipientId", d.kind, d.subject, r.reference,
         a.rating, a.due_at AS "dueAt", a.fired_at AS "firedAt"
       FROM alert a JOIN delivery v ON v.alert_id = a.id JOIN deadline d ON d.id = a.deadline_id
       LEFT JOIN referral r ON r.id = a.referral_id
       WHERE a.fired_at > $2 AND v.recipient_id = ANY($1) AND d.state = 'open'
       ORDER BY a.fired_at, a.id`,
      [people, from],
    );
    if (alerts.length > 0) {
      await this.database.rows(
        `UPDATE delivery SET state = 'delivered', delivered_at = mash.now(), accepted_at = coalesce(accepted_at, mash.now())
         WHERE channel = 'console' AND state IN ('queued', 'accepted')
           AND (alert_id, recipient_id) IN (SELECT * FROM unnest($1::uuid[], $2::uuid[]))`,
        [alerts.map(({ id }) => id), alerts.map(({ recipientId }) => recipientId)],
      );
    }
    return alerts;
  }

  now(): Promise<Temporal.Instant> {
    return this.database.now();
  }
}
