import type { StaffActor } from '#access';
import { auditEntry } from '#audit';
import {
  parseReferralReference,
  type MatchedRule,
  type Outcome,
  type Rating,
  type SignOffReason,
  type Span,
  type SubmittedAdult,
  type SubmittedChild,
  type SubmittedReferral,
  type ThresholdLevel,
} from '#domain';
import { Refused } from '#platform';
import type { Database, Referral, ResponseTime, Transaction } from '#store';
import { WhoLooks, type Standing } from './who-looks.ts';
import { renewClaim } from './renew-claim.ts';

type Clocks = Pick<
  Referral,
  | 'reference'
  | 'status'
  | 'version'
  | 'rating'
  | 'immediateDanger'
  | 'receivedAt'
  | 'decisionDueAt'
  | 'statutoryDueAt'
  | 'claimedAt'
  | 'claimLapsesAt'
  | 'undoableUntil'
  | 'firstOpenedAt'
>;

export interface GivenRating {
  readonly rating: Rating;
  readonly previous: Rating | null;
  readonly matched: readonly MatchedRule[] | null;
  readonly by: string | null;
  readonly reason: string | null;
  readonly at: Temporal.Instant;
}

export interface RecordedDecision {
  readonly id: string;
  readonly outcome: Outcome;
  readonly thresholdLevel: ThresholdLevel;
  readonly rationale: string;
  readonly worries: string | null;
  readonly workingWell: string | null;
  readonly needsToHappen: string | null;
  readonly safetyScale: number | null;
  readonly childsVoice: string | null;
  /** When whoever decided took it back; null while it stands. */
  readonly undoneAt: Temporal.Instant | null;
  readonly by: string;
  readonly byId: string;
  readonly at: Temporal.Instant;
  readonly signOffReasons: readonly SignOffReason[];
  readonly signOff: {
    readonly id: string;
    readonly result: 'agreed' | 'returned';
    readonly comments: string | null;
    readonly by: string;
    readonly byId: string;
    readonly at: string;
  } | null;
}

export interface AuditLine {
  readonly at: Temporal.Instant;
  readonly act: string;
  readonly by: string;
  readonly details: Readonly<Record<string, unknown>>;
  /** What the person wrote with the act, if anything. */
  readonly note: string | null;
}

/** Somebody opened the referral. */
export interface Opening {
  readonly at: Temporal.Instant;
  readonly by: string;
  /** What they opened: the referral itself, its print, its alerts, or an agency its status. */
  readonly act: string;
}

export interface DeadlineLine {
  readonly kind: 'decision' | 'claim';
  readonly rating: Rating;
  readonly dueAt: Temporal.Instant;
  readonly state: 'open' | 'met' | 'superseded';
  readonly endedAt: Temporal.Instant | null;
  readonly pausedUntil: Temporal.Instant | null;
  /** The rule it was set by: how long after receipt at the latest, and where that is written. */
  readonly within: Span;
  readonly policyVersion: number;
  readonly calendarVersion: number;
}

/** Everything on a referral's page. */
export interface ReferralPage extends Clocks {
  readonly agency: string;
  readonly holder: string | null;
  readonly holderId: string | null;
  readonly submitted: Omit<SubmittedReferral, 'children' | 'adults'>;
  readonly children: readonly SubmittedChild[];
  readonly adults: readonly SubmittedAdult[];
  readonly earlier: readonly {
    readonly reference: string;
    readonly receivedAt: Temporal.Instant;
    readonly matchedOn: string;
  }[];
  readonly ratings: readonly GivenRating[];
  readonly decisions: readonly RecordedDecision[];
  readonly deadlines: readonly DeadlineLine[];
  readonly responseTime: Omit<ResponseTime, 'id' | 'referralId' | 'decisionId'> | null;
  /** Every act but readings, the latest first. */
  readonly timeline: readonly AuditLine[];
  /** Who has it open at this moment. */
  readonly looking: Standing['looking'];
  /** Who has opened it, the latest first. */
  readonly openings: readonly Opening[];
  readonly now: Temporal.Instant;
}

/** Opens a referral for a person. Each reading is an act of its own on the record. */
export class ReadReferral {
  constructor(private readonly database: Database) {}

  /** @throws Refused `not-found` */
  async execute({
    reference,
    by,
    how = 'read',
  }: {
    reference: string;
    by: StaffActor;
    how?: 'read' | 'printed';
  }): Promise<ReferralPage> {
    return this.database.transaction(async (tx) => {
      const found = await tx.row<{ id: string }>('SELECT id FROM referral WHERE reference = $1', [
        parseReferralReference(reference) ?? '',
      ]);
      if (found === null) throw new Refused('not-found');
      await tx.update(
        `UPDATE referral SET first_opened_at = $2, version = version + 1 WHERE id = $1 AND first_opened_at IS NULL`,
        [found.id, tx.now],
      );
      await renewClaim(tx, found.id, by);
      await tx.insert(auditEntry(tx, by, `referral.${how}`, found.id));
      const page = await head(tx, found.id);
      const [standing] = await new WhoLooks(tx.inside()).at([page.reference]);
      return { ...page, ...(await history(tx, found.id)), looking: standing!.looking, now: tx.now };
    });
  }
}

/** Of openings, as many as anybody reads; the audit trail has them all. */
export const OPENINGS_SHOWN = 200;

async function head(tx: Transaction, id: string) {
  const found = await tx.row<Omit<ReferralPage, keyof Awaited<ReturnType<typeof history>> | 'looking' | 'now'>>(
    `SELECT r.reference, r.status, r.version, r.rating, r.immediate_danger AS "immediateDanger", r.submitted,
       r.received_at AS "receivedAt", r.decision_due_at AS "decisionDueAt", r.statutory_due_at AS "statutoryDueAt",
       r.claimed_at AS "claimedAt", r.claim_lapses_at AS "claimLapsesAt",
       r.undoable_until AS "undoableUntil", r.first_opened_at AS "firstOpenedAt", agency.name AS agency,
       holder.name AS holder, holder.id AS "holderId",
       (SELECT jsonb_agg(submitted ORDER BY position) FROM referral_child WHERE referral_id = r.id) AS children,
       (SELECT coalesce(jsonb_agg(submitted ORDER BY position), '[]') FROM referral_adult WHERE referral_id = r.id)
         AS adults
     FROM referral r JOIN agency ON agency.id = r.agency_id LEFT JOIN staff_member holder ON holder.id = r.claimed_by
     WHERE r.id = $1`,
    [id],
  );
  return found!;
}

async function history(tx: Transaction, id: string) {
  return {
    earlier: await tx.rows<ReferralPage['earlier'][number]>(
      `SELECT r.reference, r.received_at AS "receivedAt", e.matched_on AS "matchedOn"
       FROM earlier_referral e JOIN referral r ON r.id = e.earlier_id WHERE e.referral_id = $1
       ORDER BY r.received_at DESC`,
      [id],
    ),
    ratings: await tx.rows<GivenRating>(
      `SELECT rating, previous, matched, staff_member.name AS by, reason, at
       FROM rating LEFT JOIN staff_member ON staff_member.id = given_by WHERE referral_id = $1 ORDER BY at, rating.id`,
      [id],
    ),
    decisions: await tx.rows<RecordedDecision>(
      `SELECT d.id, d.outcome, d.threshold_level AS "thresholdLevel", d.rationale, d.worries, d.working_well AS "workingWell",
         d.needs_to_happen AS "needsToHappen", d.safety_scale AS "safetyScale", d.childs_voice AS "childsVoice",
         decider.name AS by, u.undone_at AS "undoneAt",
         d.decided_by AS "byId", d.decided_at AS at, d.sign_off_reasons AS "signOffReasons",
         CASE WHEN s.id IS NULL THEN NULL ELSE jsonb_build_object(
           'id', s.id, 'result', s.result, 'comments', s.comments, 'by', signer.name, 'byId', s.signed_by, 'at', s.signed_at)
           END AS "signOff"
       FROM decision d JOIN staff_member decider ON decider.id = d.decided_by
       LEFT JOIN undoing u ON u.decision_id = d.id AND u.sign_off_id IS NULL
       LEFT JOIN LATERAL (
         SELECT * FROM sign_off s WHERE s.decision_id = d.id
           AND NOT EXISTS (SELECT 1 FROM undoing WHERE sign_off_id = s.id)
         ORDER BY s.signed_at DESC LIMIT 1) s ON true
       LEFT JOIN staff_member signer ON signer.id = s.signed_by
       WHERE d.referral_id = $1 ORDER BY d.decided_at, d.id`,
      [id],
    ),
    deadlines: await tx.rows<DeadlineLine>(
      `SELECT kind, rating, due_at AS "dueAt", state, ended_at AS "endedAt", paused_until AS "pausedUntil",
         p.policy->'ratings'->rating->(kind || 'Due') AS within, policy_version AS "policyVersion",
         calendar_version AS "calendarVersion"
       FROM deadline JOIN policy_version p ON p.version = policy_version
       WHERE referral_id = $1 ORDER BY generation, kind`,
      [id],
    ),
    responseTime: await tx.row<NonNullable<ReferralPage['responseTime']>>(
      `SELECT received_at AS "receivedAt", first_opened_at AS "firstOpenedAt", first_claimed_at AS "firstClaimedAt",
         first_rated_at AS "firstRatedAt", decided_at AS "decidedAt", effective_at AS "effectiveAt", due_at AS "dueAt",
         statutory_due_at AS "statutoryDueAt", elapsed_minutes AS "elapsedMinutes",
         working_minutes AS "workingMinutes", on_time AS "onTime", within_statutory_limit AS "withinStatutoryLimit",
         policy_version AS "policyVersion", calendar_version AS "calendarVersion"
       FROM response_time WHERE id = (SELECT response_time_id FROM referral WHERE id = $1)`,
      [id],
    ),
    timeline: await tx.rows<AuditLine>(
      `SELECT a.at, a.act, coalesce(s.name, agency.name, 'The service') AS by, a.details || jsonb_strip_nulls(
           jsonb_build_object('toName', assigned.name, 'fromName', holder.name)) AS details, n.note
       FROM (
         SELECT id, at, act, actor_kind, actor_id, details FROM audit_entry
         WHERE referral_id = $1 AND NOT act LIKE ANY ('{%read,%printed}')
         UNION ALL
         SELECT id, fired_at, 'alert.fired', 'service', NULL, jsonb_build_object('told', told) FROM alert
         WHERE referral_id = $1
       ) a
       LEFT JOIN staff_member s ON s.id = a.actor_id AND a.actor_kind = 'staff'
       LEFT JOIN agency ON agency.id = a.actor_id AND a.actor_kind = 'agency'
       LEFT JOIN claim_note n ON n.id::text = a.details->>'noteId'
       LEFT JOIN staff_member assigned ON assigned.id::text = a.details->>'to'
       LEFT JOIN staff_member holder ON holder.id::text = a.details->>'from'
       ORDER BY a.at DESC, a.id DESC`,
      [id],
    ),
    openings: await tx.rows<Opening>(
      `SELECT a.at, a.act, coalesce(s.name, agency.name, 'The service') AS by
       FROM audit_entry a
       LEFT JOIN staff_member s ON s.id = a.actor_id AND a.actor_kind = 'staff'
       LEFT JOIN agency ON agency.id = a.actor_id AND a.actor_kind = 'agency'
       WHERE a.referral_id = $1 AND a.act LIKE ANY ('{%read,%printed}')
       ORDER BY a.at DESC, a.id DESC LIMIT ${OPENINGS_SHOWN}`,
      [id],
    ),
  };
}
