import { Injectable } from '@nestjs/common';
import { may, restrictedPage, type RestrictedPage, type StaffActor } from '#access';
import { actsOn, auditEntry, openingsOf, type AuditLine, type Opening, type ReferralOnRecord } from '#audit';
import {
  parseReferralReference,
  type ChildDecision,
  type MatchedRule,
  type Outcome,
  type PrimaryNeed,
  type Progression,
  type Rating,
  type ReferralSource,
  type SignOffReason,
  type Span,
  type SubmittedAdult,
  type SubmittedChild,
  type SubmittedReferral,
  type ThresholdLevel,
} from '#domain';
import { endServiceDeadline, followUpSubject } from '#deadlines';
import { Refused } from '#platform';
import { Database, Referral, sql, type RecordedResponseTime, type Transaction } from '#store';
import { caseChecksOf, type CaseCheckLine } from './case-checks-of.ts';
import { childViewsOf, type ChildViewsLine } from './child-views-of.ts';
import { mustBeOpenTo } from './open-for-audit.ts';
import { flagsOf, type FlagLine } from './referral-flags.ts';
import { keepHold, noteOpened } from './referral-state.ts';
import { relatedReferrals, type RelatedReferrals } from './related-referrals.ts';
import { onScreens, type ReferralOnScreens } from './who-looks.ts';

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
  readonly byId: string | null;
  readonly reason: string | null;
  readonly at: Temporal.Instant;
}

export interface RecordedDecision {
  readonly id: string;
  readonly outcome: Outcome;
  readonly thresholdLevel: ThresholdLevel;
  readonly rationale: string;
  readonly contradictionReason: string | null;
  /** Why no strategy discussion follows although the level is 4; null where none has to, and on decisions of before. */
  readonly noDiscussionReason: string | null;
  /** Why it goes to another than the allocated worker of a child with an open case. */
  readonly openCaseReason: string | null;
  /** The agencies that were asked and had not answered when it was made. */
  readonly madeWithout: readonly string[];
  /** What it counts as, and the primary need: null where that was not recorded. */
  readonly progression: Progression | null;
  readonly primaryNeed: PrimaryNeed | null;
  /** A limit had passed when it was decided. */
  readonly wasLate: boolean;
  /** Why, as a code and as the policy worded it then; null where no reason was recorded. */
  readonly lateReason: string | null;
  readonly lateReasonWords: string | null;
  readonly lateWords: string | null;
  readonly worries: string | null;
  readonly workingWell: string | null;
  readonly needsToHappen: string | null;
  readonly safetyScale: number | null;
  readonly childsVoice: string | null;
  /** What it means for each child, in their order; empty where it was not asked: then it is the same for all. */
  readonly children: readonly ChildDecision[];
  /** The referral whose decision it was made with, by one press, since both report one incident; null for one of its own. */
  readonly decidedWith: string | null;
  /** Where the decider said that it goes, other than the address says; null where they did not. */
  readonly chosenRoute: {
    /** The code of a locality team; null for a worker or an authority. */
    readonly team: string | null;
    readonly name: string;
    readonly reason: string | null;
  } | null;
  /** What the decider wrote for the referrer; null for the hub's own words. */
  readonly reasonToReferrer: string | null;
  /** When the person who decided took it back; null while it stands. */
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
export interface ReferralPage extends Clocks, RelatedReferrals {
  readonly agency: string;
  /** The source of this referral itself; null where it was not recorded. */
  readonly sourceCode: ReferralSource | null;
  readonly holder: string | null;
  readonly holderId: string | null;
  readonly submitted: Omit<SubmittedReferral, 'children' | 'adults'>;
  readonly children: readonly SubmittedChild[];
  readonly adults: readonly SubmittedAdult[];
  /** Every look for a child in the council's case system, and what was recorded of the children's views, the latest first. */
  readonly caseChecks: readonly CaseCheckLine[];
  readonly childViews: readonly ChildViewsLine[];
  /** Values that could not be right, and that its agency asked to be set apart. */
  readonly flags: readonly FlagLine[];
  readonly ratings: readonly GivenRating[];
  readonly decisions: readonly RecordedDecision[];
  readonly deadlines: readonly DeadlineLine[];
  readonly responseTime: Omit<RecordedResponseTime, 'id' | 'referralId' | 'decisionId'> | null;
  /** Every act but readings, the latest first. */
  readonly timeline: readonly AuditLine[];
  /** Why only some people may open it, and how this person may; null where it is not restricted. */
  readonly restricted: RestrictedPage | null;
  /** Who has it open at this moment. */
  readonly looking: ReferralOnScreens['looking'];
  /** Who has opened it, the latest first. */
  readonly openings: readonly Opening[];
  readonly now: Temporal.Instant;
}

/** Opens a referral for a person. Each reading is an act of its own on the record. */
@Injectable()
export class ReadReferral {
  constructor(private readonly database: Database) {}

  /** @throws Refused `not-found`, or `no-reason-for-audit` to an auditor who has not said why in the last hour */
  async execute({
    reference,
    by,
    how = 'read',
  }: {
    reference: string;
    by: StaffActor;
    how?: 'read' | 'printed';
  }): Promise<ReferralPage> {
    return this.database.as(by).transaction(async (tx) => {
      const found = await tx.one(Referral, { reference: parseReferralReference(reference) ?? '' }, ['id', 'reference']);
      if (found === null) throw new Refused('not-found');
      await openReferral(tx, found, by);
      const restricted = await restrictedPage(tx, found.id, by);
      const byGlass = restricted?.glassId ? { glassId: restricted.glassId } : {};
      await tx.insert(auditEntry(tx, `referral.${how}`, found.id, byGlass));
      const page = await head(tx, found.id);
      const [screens] = await onScreens(tx, [page.reference]);
      return {
        ...page,
        ...(await history(tx, { ...found, receivedAt: page.receivedAt })),
        restricted,
        looking: screens!.looking,
        now: tx.now,
      };
    });
  }
}

/**
 * An auditor needs a reason, and changes nothing: that one opened it is not that the hub did. A manager who opens a third
 * contact has seen it.
 */
async function openReferral(
  tx: Transaction,
  { id, reference }: Pick<Referral, 'id' | 'reference'>,
  by: StaffActor,
): Promise<void> {
  await mustBeOpenTo(tx, id, by);
  if (may(by, 'referral:open-for-audit')) return;
  await noteOpened(tx, id);
  if (may(by, 'contacts:watch')) await endServiceDeadline(tx, 'third_contact', followUpSubject(reference, id));
  await keepHold(tx, id, by.id);
}

async function head(tx: Transaction, id: string) {
  const found = await tx.row<
    Omit<ReferralPage, keyof Awaited<ReturnType<typeof history>> | 'restricted' | 'looking' | 'now'>
  >(
    sql`SELECT r.reference, r.status, r.version, r.rating, r.immediate_danger AS "immediateDanger", mash.submitted(r.id) AS submitted,
       r.received_at AS "receivedAt", r.decision_due_at AS "decisionDueAt", r.statutory_due_at AS "statutoryDueAt",
       r.claimed_at AS "claimedAt", r.claim_lapses_at AS "claimLapsesAt",
       r.undoable_until AS "undoableUntil", r.first_opened_at AS "firstOpenedAt", agency.name AS agency,
       r.source_code AS "sourceCode", holder.name AS holder, holder.id AS "holderId",
       (SELECT jsonb_agg(submitted ORDER BY position) FROM referral_child WHERE referral_id = r.id) AS children,
       (SELECT coalesce(jsonb_agg(submitted ORDER BY position), '[]') FROM referral_adult WHERE referral_id = r.id)
         AS adults
     FROM referral r JOIN agency ON agency.id = r.agency_id LEFT JOIN staff_member holder ON holder.id = r.claimed_by
     WHERE r.id = ${id}`,
  );
  return found!;
}

async function history(tx: Transaction, referral: ReferralOnRecord) {
  const { id } = referral;
  return {
    ...(await relatedReferrals(tx, id)),
    ratings: await tx.rows<GivenRating>(
      sql`SELECT rating, previous, matched, staff_member.name AS by, given_by AS "byId", reason, at
       FROM rating LEFT JOIN staff_member ON staff_member.id = given_by WHERE referral_id = ${id} ORDER BY at, rating.id`,
    ),
    decisions: await tx.rows<RecordedDecision>(
      sql`SELECT d.id, d.outcome, d.threshold_level AS "thresholdLevel", d.rationale,
         d.contradiction_reason AS "contradictionReason", d.no_discussion_reason AS "noDiscussionReason",
         d.open_case_reason AS "openCaseReason", (SELECT coalesce(jsonb_agg(agency.name ORDER BY agency.name), '[]')
           FROM decided_without w JOIN information_request q ON q.id = w.request_id
           JOIN agency ON agency.id = q.agency_id WHERE w.decision_id = d.id) AS "madeWithout", d.progression, d.primary_need AS "primaryNeed",
         d.decided_at > least(r.statutory_due_at, coalesce((
           SELECT due_at FROM deadline WHERE referral_id = r.id AND kind = 'decision'
             AND (ended_at IS NULL OR ended_at > d.decided_at) ORDER BY generation LIMIT 1), r.decision_due_at)) AS "wasLate",
         d.late_reason AS "lateReason", d.late_words AS "lateWords",
         (SELECT listed->>'words' FROM policy_version v, jsonb_array_elements(v.policy->'lateReasons') listed
          WHERE listed->>'code' = d.late_reason AND v.effective_from <= d.decided_at
          ORDER BY v.effective_from DESC, v.version DESC LIMIT 1) AS "lateReasonWords",
         (SELECT coalesce(jsonb_agg(jsonb_build_object('position', c.position, 'leftOutBecause', c.reason,
             'other', CASE WHEN c.outcome IS NULL THEN NULL
               ELSE jsonb_build_object('outcome', c.outcome, 'thresholdLevel', c.threshold_level) END) ORDER BY c.position), '[]')
          FROM decision_child c WHERE c.decision_id = d.id) AS children,
         (SELECT w.reference FROM decision x JOIN referral w ON w.id = x.referral_id WHERE x.id = d.decided_with) AS "decidedWith",
         d.worries, d.working_well AS "workingWell",
         d.needs_to_happen AS "needsToHappen", d.safety_scale AS "safetyScale", d.childs_voice AS "childsVoice", d.reason_to_referrer AS "reasonToReferrer",
         (SELECT jsonb_build_object('team', c.team, 'reason', c.reason, 'name', coalesce(c.recipient, (
            SELECT listed->>'name' FROM locality_version v, jsonb_array_elements(v.localities->'teams') listed
            WHERE listed->>'code' = c.team ORDER BY v.version DESC LIMIT 1)))
          FROM route_choice c WHERE c.decision_id = d.id) AS "chosenRoute",
         decider.name AS by, u.undone_at AS "undoneAt",
         d.decided_by AS "byId", d.decided_at AS at, d.sign_off_reasons AS "signOffReasons",
         CASE WHEN s.id IS NULL THEN NULL ELSE jsonb_build_object(
           'id', s.id, 'result', s.result, 'comments', s.comments, 'by', signer.name, 'byId', s.signed_by, 'at', s.signed_at)
           END AS "signOff"
       FROM decision d JOIN referral r ON r.id = d.referral_id JOIN staff_member decider ON decider.id = d.decided_by
       LEFT JOIN undoing u ON u.decision_id = d.id AND u.sign_off_id IS NULL
       LEFT JOIN LATERAL (
         SELECT * FROM sign_off s WHERE s.decision_id = d.id
           AND NOT EXISTS (SELECT 1 FROM undoing WHERE sign_off_id = s.id)
         ORDER BY s.signed_at DESC LIMIT 1) s ON true
       LEFT JOIN staff_member signer ON signer.id = s.signed_by
       WHERE d.referral_id = ${id} ORDER BY d.decided_at, d.id`,
    ),
    deadlines: await tx.rows<DeadlineLine>(
      sql`SELECT kind, rating, due_at AS "dueAt", state, ended_at AS "endedAt", paused_until AS "pausedUntil",
         p.policy->'ratings'->rating->(kind || 'Due') AS within, policy_version AS "policyVersion",
         calendar_version AS "calendarVersion"
       FROM deadline JOIN policy_version p ON p.version = policy_version
       WHERE referral_id = ${id} ORDER BY generation, kind`,
    ),
    responseTime: await tx.row<NonNullable<ReferralPage['responseTime']>>(
      sql`SELECT received_at AS "receivedAt", first_opened_at AS "firstOpenedAt", first_claimed_at AS "firstClaimedAt",
         first_rated_at AS "firstRatedAt", decided_at AS "decidedAt", effective_at AS "effectiveAt", due_at AS "dueAt",
         statutory_due_at AS "statutoryDueAt", elapsed_minutes AS "elapsedMinutes",
         working_minutes AS "workingMinutes", on_time AS "onTime", within_statutory_limit AS "withinStatutoryLimit",
         policy_version AS "policyVersion", calendar_version AS "calendarVersion"
       FROM response_time WHERE id = (SELECT response_time_id FROM referral WHERE id = ${id})`,
    ),
    caseChecks: await caseChecksOf(tx, id),
    flags: await flagsOf(tx, id),
    childViews: await childViewsOf(tx, id),
    timeline: await actsOn(tx, referral),
    openings: await openingsOf(tx, referral),
  };
}
