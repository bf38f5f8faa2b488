import { Injectable } from '@nestjs/common';
import type { StaffActor } from '#access';
import { parseReferralReference, type EdgeOfCareEventKind } from '#domain';
import { Database, sql } from '#store';

/** Who might come into care and why, as a person said it. */
export interface ReadPlan {
  /** Their places among the children of the referral, from 0. */
  readonly children: readonly number[];
  readonly why: string;
  /** A local date. */
  readonly byWhen: string | null;
  readonly familyNetwork: string;
  readonly childsView: string;
  readonly by: string;
  readonly at: Temporal.Instant;
}

export interface ReadEvent {
  readonly kind: EdgeOfCareEventKind;
  /** A local date. */
  readonly on: string;
  readonly words: string | null;
  readonly by: string;
  readonly at: Temporal.Instant;
}

/** What is known of a family at the edge of care. */
export interface EdgeOfCareOfReferral {
  /** When the first response is due, and when it was given; null for a referral that was not sent there. */
  readonly route: {
    readonly dueAt: Temporal.Instant;
    readonly sentAt: Temporal.Instant;
    readonly respondedAt: Temporal.Instant | null;
    readonly isLive: boolean;
  } | null;
  /** The latest; null where no person has said it. */
  readonly plan: ReadPlan | null;
  /** In the order of their dates. */
  readonly events: readonly ReadEvent[];
}

/** A family at the edge of care, for those who opened its referral. */
@Injectable()
export class ReadEdgeOfCare {
  constructor(private readonly database: Database) {}

  async ofReferral(reference: string, by: StaffActor): Promise<EdgeOfCareOfReferral> {
    return this.database.as(by).transaction(async (tx) => {
      const found = await tx.row<{ decisionId: string } & NonNullable<EdgeOfCareOfReferral['route']>>(sql`
        SELECT t.decision_id AS "decisionId", t.due_at AS "dueAt", t.sent_at AS "sentAt",
          CASE WHEN t.answer = 'accepted' THEN t.answered_at END AS "respondedAt", t.ended_at IS NULL AS "isLive"
        FROM route t JOIN referral r ON r.id = t.referral_id
        WHERE r.reference = ${parseReferralReference(reference) ?? ''} AND t.kind = 'edge_of_care'
          AND t.end_reason IS DISTINCT FROM 'undone'
        ORDER BY t.sent_at DESC, t.id DESC LIMIT 1`);
      if (found === null) return { route: null, plan: null, events: [] };
      const { decisionId, ...route } = found;
      const plan = await tx.row<ReadPlan>(sql`
        SELECT to_jsonb(p.children) AS children, p.why, p.by_when::text AS "byWhen", p.family_network AS "familyNetwork",
          p.childs_view AS "childsView", s.name AS by, p.written_at AS at
        FROM edge_of_care_plan p JOIN staff_member s ON s.id = p.written_by
        WHERE p.decision_id = ${decisionId} ORDER BY p.written_at DESC, p.id DESC LIMIT 1`);
      const events = await tx.rows<ReadEvent>(sql`
        SELECT e.kind, e.on_date::text AS on, e.words, s.name AS by, e.recorded_at AS at
        FROM edge_of_care_event e JOIN staff_member s ON s.id = e.recorded_by
        WHERE e.decision_id = ${decisionId} ORDER BY e.on_date, e.recorded_at, e.id`);
      return { route, plan, events };
    });
  }
}
