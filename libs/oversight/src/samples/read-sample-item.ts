import { Injectable } from '@nestjs/common';
import type { StaffActor } from '#access';
import { auditEntry } from '#audit';
import type {
  DrawnFor,
  MatchedRule,
  Outcome,
  Rating,
  ReferralSource,
  SampleCriterion,
  SampleGrade,
  SubmittedAdult,
  SubmittedChild,
  SubmittedReferral,
  ThresholdLevel,
} from '#domain';
import { Database, sql, type Transaction } from '#store';
import { findItem } from './sample-item.ts';

/** A referral as it came, with nothing that people made of it. */
export interface ReferralAsReceived {
  readonly agency: string;
  readonly sourceCode: ReferralSource | null;
  readonly receivedAt: Temporal.Instant;
  /** Suggested by the rules at receipt, and why. */
  readonly suggestedRating: Rating;
  readonly matched: readonly MatchedRule[];
  readonly submitted: Omit<SubmittedReferral, 'children' | 'adults'>;
  readonly children: readonly SubmittedChild[];
  readonly adults: readonly SubmittedAdult[];
  /** When earlier referrals of the same children came, RFC 3339, the latest first. */
  readonly earlier: readonly string[];
}

interface Judgement {
  readonly outcome: Outcome;
  readonly thresholdLevel: ThresholdLevel;
}

export interface SampledDecision extends Judgement {
  readonly reference: string;
  readonly rationale: string;
  readonly contradictionReason: string | null;
  readonly noDiscussionReason: string | null;
  readonly worries: string | null;
  readonly workingWell: string | null;
  readonly needsToHappen: string | null;
  readonly safetyScale: number | null;
  readonly childsVoice: string | null;
  readonly by: string;
  readonly byId: string;
  readonly at: Temporal.Instant;
  readonly effectiveAt: Temporal.Instant;
  readonly dueAt: Temporal.Instant;
  readonly onTime: boolean;
  readonly signedBy: string | null;
}

export interface GradedSample {
  readonly grade: SampleGrade;
  /** Each criterion with its grade, in no order. */
  readonly criteria: Readonly<Record<SampleCriterion, SampleGrade>>;
  readonly words: string;
  readonly unsafeReason: string | null;
  readonly hasReopened: boolean;
  readonly by: string;
  readonly at: Temporal.Instant;
}

interface OfItem {
  readonly id: string;
  readonly month: string;
  readonly position: number;
  readonly referral: ReferralAsReceived;
  readonly now: Temporal.Instant;
}

/** A drawn decision as far as its reader may see it. While the reader is blind, nothing of the decision is in it. */
export type SampleItemPage =
  | (OfItem & { readonly stage: 'blind' })
  | (OfItem & {
      readonly stage: 'to-grade';
      readonly own: Judgement & { readonly hadOpened: boolean };
      readonly decision: SampledDecision;
    })
  | (OfItem & {
      readonly stage: 'graded';
      /** The blind reading of the person who graded it. */
      readonly own: Judgement & { readonly hadOpened: boolean };
      readonly decision: SampledDecision;
      readonly graded: GradedSample;
      readonly drawnFor: readonly DrawnFor[];
    });

/** Opens a drawn decision for a reader. Each reading is on the record of the referral. */
@Injectable()
export class ReadSampleItem {
  constructor(private readonly database: Database) {}

  /** @throws Refused `not-found`, or `sample-of-own-decision` */
  async execute({ id, by }: { id: string; by: StaffActor }): Promise<SampleItemPage> {
    return this.database.as(by).transaction(async (tx) => {
      const item = await findItem(tx, id, by.id);
      await tx.insert(auditEntry(tx, 'sample.read', item.referralId, { itemId: id }));
      const { month, position, referralId, readingId, isGraded } = item;
      const shown = { id, month, position, referral: await asReceived(tx, referralId), now: tx.now };
      if (isGraded) {
        const { drawnFor, readingId: graders, ...graded } = await gradeOf(tx, id);
        const [own, decision] = [await readingOf(tx, graders), await decisionOf(tx, id)];
        return { ...shown, stage: 'graded', own, decision, graded, drawnFor };
      }
      if (readingId === null) return { ...shown, stage: 'blind' };
      return { ...shown, stage: 'to-grade', own: await readingOf(tx, readingId), decision: await decisionOf(tx, id) };
    });
  }
}

async function asReceived(tx: Transaction, referralId: string): Promise<ReferralAsReceived> {
  const found = await tx.row<ReferralAsReceived>(sql`
    SELECT agency.name AS agency, r.source_code AS "sourceCode", r.received_at AS "receivedAt", g.rating AS "suggestedRating", g.matched, mash.submitted(r.id) AS submitted,
      (SELECT coalesce(jsonb_agg(submitted ORDER BY position), '[]') FROM referral_child WHERE referral_id = r.id)
        AS children,
      (SELECT coalesce(jsonb_agg(submitted ORDER BY position), '[]') FROM referral_adult WHERE referral_id = r.id)
        AS adults,
      (SELECT coalesce(jsonb_agg(o.received_at ORDER BY o.received_at DESC), '[]')
       FROM earlier_referral e JOIN referral o ON o.id = e.earlier_id WHERE e.referral_id = r.id) AS earlier
    FROM referral r JOIN agency ON agency.id = r.agency_id
    JOIN rating g ON g.referral_id = r.id AND g.matched IS NOT NULL
    WHERE r.id = ${referralId} ORDER BY g.at, g.id LIMIT 1`);
  return found!;
}

async function readingOf(tx: Transaction, id: string) {
  return (await tx.row<Judgement & { hadOpened: boolean }>(sql`
    SELECT outcome, threshold_level AS "thresholdLevel", had_opened AS "hadOpened"
    FROM sample_blind_reading WHERE id = ${id}`))!;
}

async function decisionOf(tx: Transaction, itemId: string): Promise<SampledDecision> {
  const found = await tx.row<SampledDecision>(sql`
    SELECT r.reference, d.outcome, d.threshold_level AS "thresholdLevel", d.rationale,
      d.contradiction_reason AS "contradictionReason", d.no_discussion_reason AS "noDiscussionReason", d.worries, d.working_well AS "workingWell",
      d.needs_to_happen AS "needsToHappen", d.safety_scale AS "safetyScale", d.childs_voice AS "childsVoice",
      m.name AS by, m.id AS "byId", d.decided_at AS at, t.effective_at AS "effectiveAt", t.due_at AS "dueAt",
      t.on_time AS "onTime",
      (SELECT s.name FROM sign_off o JOIN staff_member s ON s.id = o.signed_by
       WHERE o.decision_id = d.id AND o.result = 'agreed' AND NOT EXISTS (SELECT 1 FROM undoing WHERE sign_off_id = o.id)
       ORDER BY o.signed_at DESC LIMIT 1) AS "signedBy"
    FROM sample_item i JOIN decision d ON d.id = i.decision_id JOIN referral r ON r.id = i.referral_id
    JOIN staff_member m ON m.id = d.decided_by
    JOIN LATERAL (SELECT * FROM response_time WHERE decision_id = d.id ORDER BY effective_at DESC LIMIT 1) t ON true
    WHERE i.id = ${itemId}`);
  return found!;
}

async function gradeOf(tx: Transaction, itemId: string) {
  return (await tx.row<GradedSample & { readingId: string; drawnFor: readonly DrawnFor[] }>(sql`
    SELECT g.grade, g.words, g.unsafe_reason AS "unsafeReason", g.has_reopened AS "hasReopened", m.name AS by,
      g.graded_at AS at, g.reading_id AS "readingId", i.drawn_for AS "drawnFor",
      (SELECT jsonb_object_agg(criterion, grade) FROM sample_criterion WHERE grade_id = g.id) AS criteria
    FROM sample_grade g JOIN sample_item i ON i.id = g.item_id JOIN staff_member m ON m.id = g.graded_by
    WHERE g.item_id = ${itemId}`))!;
}
