import { Injectable } from '@nestjs/common';
import type { StaffActor } from '#access';
import { parseReferralReference, type DiscussionAgency, type DiscussionOutcome } from '#domain';
import { Database, sql } from '#store';

/** A call of a discussion; instants are RFC 3339. */
export interface DiscussionCallLine {
  readonly plannedFor: string;
  readonly chair: string;
  readonly asked: readonly DiscussionAgency[];
  readonly askedOthers: string | null;
  readonly by: string;
  readonly at: string;
}

/** An agency that came, or could not. */
export interface DiscussionAgencyLine {
  readonly agency: DiscussionAgency;
  readonly people: readonly { readonly name: string; readonly role: string }[];
  readonly agrees: boolean | null;
  readonly why: string | null;
}

/** A strategy discussion as the page of its referral shows it. */
export interface DiscussionPage {
  readonly number: number;
  readonly startedAt: Temporal.Instant;
  readonly dueAt: Temporal.Instant;
  readonly isSameDay: boolean;
  /** Who called it after an earlier one, and why; null where a decision asks for it. */
  readonly calledAgainBy: string | null;
  readonly calledAgainBecause: string | null;
  /** The first first. */
  readonly calls: readonly DiscussionCallLine[];
  /** When a person recorded how it went, and who; null while it is open. */
  readonly recordedAt: Temporal.Instant | null;
  readonly recordedBy: string | null;
  /** Null while it is open, and where it is not held. */
  readonly heldAt: Temporal.Instant | null;
  readonly outcome: DiscussionOutcome | null;
  readonly minutes: string | null;
  readonly reason: string | null;
  readonly agencies: readonly DiscussionAgencyLine[];
  /** By when a conference is due that follows it; null where none does. */
  readonly conferenceDueAt: Temporal.Instant | null;
  readonly conferenceRecordedAt: Temporal.Instant | null;
  readonly conferenceRecordedBy: string | null;
  /** A local date, `YYYY-MM-DD`; null while it is not recorded, and where it is not needed. */
  readonly conferenceHeldOn: string | null;
  readonly conferenceReason: string | null;
}

/** The strategy discussions of one referral. */
@Injectable()
export class ReadDiscussions {
  constructor(private readonly database: Database) {}

  /** The first first, for a page of the referral: the person who opens that page is on the record by it. */
  async ofReferral(reference: string, by: StaffActor): Promise<readonly DiscussionPage[]> {
    return this.database.as(by).transaction((tx) =>
      tx.rows<DiscussionPage>(sql`
        SELECT d.number, d.started_at AS "startedAt", d.due_at AS "dueAt", d.is_same_day AS "isSameDay",
          again.name AS "calledAgainBy", d.called_again_because AS "calledAgainBecause",
          (SELECT coalesce(jsonb_agg(jsonb_build_object('plannedFor', c.planned_for, 'chair', c.chair, 'asked', c.asked,
             'askedOthers', c.asked_others, 'by', s.name, 'at', c.called_at) ORDER BY c.called_at, c.id), '[]')
           FROM discussion_call c JOIN staff_member s ON s.id = c.called_by WHERE c.discussion_id = d.id) AS calls,
          o.recorded_at AS "recordedAt", recorder.name AS "recordedBy", o.held_at AS "heldAt", o.outcome, o.minutes,
          o.reason,
          (SELECT coalesce(jsonb_agg(jsonb_build_object('agency', a.agency, 'agrees', a.agrees, 'why', a.why, 'people',
             (SELECT coalesce(jsonb_agg(jsonb_build_object('name', p.name, 'role', p.role) ORDER BY p.position), '[]')
              FROM discussion_participant p WHERE p.discussion_id = a.discussion_id AND p.agency = a.agency))
             ORDER BY a.agency), '[]')
           FROM discussion_agency a WHERE a.discussion_id = d.id) AS agencies,
          f.due_at AS "conferenceDueAt", g.recorded_at AS "conferenceRecordedAt",
          convener.name AS "conferenceRecordedBy", g.held_on AS "conferenceHeldOn", g.reason AS "conferenceReason"
        FROM strategy_discussion d JOIN referral r ON r.id = d.referral_id
        LEFT JOIN staff_member again ON again.id = d.called_again_by
        LEFT JOIN discussion_record o ON o.discussion_id = d.id LEFT JOIN staff_member recorder ON recorder.id = o.recorded_by
        LEFT JOIN conference f ON f.discussion_id = d.id LEFT JOIN conference_record g ON g.discussion_id = d.id
        LEFT JOIN staff_member convener ON convener.id = g.recorded_by
        WHERE r.reference = ${parseReferralReference(reference) ?? ''} AND d.withdrawn_at IS NULL ORDER BY d.number`),
    );
  }
}
