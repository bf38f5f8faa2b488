import { Injectable } from '@nestjs/common';
import type { Rating } from '#domain';
import { showOnConsole } from '#messages';
import { Database, SERVICE, sql, type Deadline } from '#store';

/** An alert as it comes up on the screen of a person. */
export interface LiveAlert {
  readonly id: string;
  readonly recipientId: string;
  readonly kind: Deadline['kind'];
  /** The subject of an alert about the service. */
  readonly subject: string | null;
  readonly reference: string | null;
  readonly rating: Rating;
  readonly dueAt: Temporal.Instant;
  readonly firedAt: Temporal.Instant;
}

/** The alerts that have been fired for the people who have the console open. */
@Injectable()
export class LiveAlerts {
  constructor(private readonly database: Database) {}

  /**
   * The alerts that told these people since an instant, the earliest first; those on the console are
   * delivered by it. One that was being committed at the instant may be missing: ask from a little before.
   */
  async since(people: readonly string[], from: Temporal.Instant): Promise<readonly LiveAlert[]> {
    return this.database.as(SERVICE).transaction(async (tx) => {
      const alerts = await tx.rows<LiveAlert>(sql`
        SELECT DISTINCT ON (a.fired_at, a.id, v.recipient_id) a.id, v.recipient_id AS "recipientId", d.kind, d.subject,
          r.reference, a.rating, a.due_at AS "dueAt", a.fired_at AS "firedAt"
        FROM alert a JOIN delivery v ON v.alert_id = a.id JOIN deadline d ON d.id = a.deadline_id
        LEFT JOIN referral r ON r.id = a.referral_id
        WHERE a.fired_at > ${from} AND v.recipient_id = ANY(${people}) AND d.state = 'open'
        ORDER BY a.fired_at, a.id`);
      for (const [recipientId, own] of Map.groupBy(alerts, (alert) => alert.recipientId)) {
        await showOnConsole(
          tx,
          recipientId,
          own.map(({ id }) => id),
        );
      }
      return alerts;
    });
  }

  now(): Promise<Temporal.Instant> {
    return this.database.now();
  }
}
