import { Injectable } from '@nestjs/common';
import type { Rating } from '#domain';
import { SERVICE, Database, sql } from '#store';

/** Minutes before a decision is due at which its holder is told, once, on the page that they have open. */
const TOLD_BEFORE_MINUTES = 15;

/** A referral that is due soon, for who holds it. */
export interface DueSoonForHolder {
  readonly id: string;
  readonly kind: 'due_soon';
  readonly recipientId: string;
  readonly reference: string;
  readonly rating: Rating;
  readonly dueAt: Temporal.Instant;
  /** When it is told. */
  readonly firedAt: Temporal.Instant;
}

/** What the people who have the console open hold that is due soon. No alert: no other person is told, and nothing waits for it. */
@Injectable()
export class DueSoon {
  constructor(private readonly database: Database) {}

  /** What these people are to be told since an instant and until now, the earliest first. */
  async since(people: readonly string[], from: Temporal.Instant): Promise<readonly DueSoonForHolder[]> {
    return this.database.as(SERVICE).transaction((tx) =>
      tx.rows<DueSoonForHolder>(sql`SELECT r.id, 'due_soon' AS kind, r.claimed_by AS "recipientId", r.reference, r.rating, r.decision_due_at AS "dueAt",
         r.decision_due_at - make_interval(mins => ${TOLD_BEFORE_MINUTES}) AS "firedAt"
       FROM referral r
       WHERE r.claimed_by = ANY(${people}) AND r.status = 'awaiting_decision'
         AND r.decision_due_at > ${from}::timestamptz + make_interval(mins => ${TOLD_BEFORE_MINUTES})
         AND r.decision_due_at <= (SELECT mash.now()) + make_interval(mins => ${TOLD_BEFORE_MINUTES})
       ORDER BY r.decision_due_at`),
    );
  }
}
