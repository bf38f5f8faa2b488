import { Injectable } from '@nestjs/common';
import { isHiddenFrom, mustNotBeHidden, type StaffActor } from '#access';
import { auditEntry } from '#audit';
import { parseReferralReference, type GlassFinding, type RestrictionCategory } from '#domain';
import { Refused } from '#platform';
import { Database, Referral, sql, type Transaction } from '#store';
import { notBarred, notBarredFrom } from './not-barred.ts';
import { mayManage } from './restriction-of.ts';

/** A person whom a restriction lets in, or never lets in. */
export interface PersonOfRestriction {
  readonly id: string;
  readonly name: string;
  /** Until when they may open it, as RFC 3339; null where they must not at all. */
  readonly until: string | null;
  /** They broke the glass. */
  readonly isByGlass: boolean;
}

/** A restriction in force, as a person who may open what it covers reads it. */
export interface RestrictionInForce {
  readonly id: string;
  readonly category: RestrictionCategory;
  readonly reason: string;
  readonly setBy: string;
  readonly setAt: Temporal.Instant;
  readonly reviewAt: Temporal.Instant;
  /** How many referrals it covers. */
  readonly covers: number;
  /** References of referrals whose child may be one whom it is about, and that it does not cover: no person has said yet. */
  readonly maybe: readonly string[];
  /** Whether the manager who reads it may change it. */
  readonly isManaged: boolean;
  readonly letIn: readonly PersonOfRestriction[];
  readonly barred: readonly PersonOfRestriction[];
}

/** A line of the list of restrictions. */
export interface RestrictionLine {
  /** Of the first referral that it covers. */
  readonly reference: string;
  readonly category: RestrictionCategory;
  readonly setAt: Temporal.Instant;
  readonly reviewAt: Temporal.Instant;
  readonly covers: number;
  /** How many people may open it now, but for those who opened it in an emergency. */
  readonly people: number;
  /** Whether the manager who reads the list may open it. */
  readonly isOpen: boolean;
}

/** The glass was broken, and what was found of it. */
export interface GlassLine {
  readonly id: string;
  readonly reference: string;
  readonly by: string;
  readonly isOwn: boolean;
  readonly at: Temporal.Instant;
  readonly until: Temporal.Instant;
  readonly reason: string;
  /** How many pages they opened by it. */
  readonly opened: number;
  /** By when another person has to look at it; null once one has. */
  readonly dueAt: Temporal.Instant | null;
  readonly finding: GlassFinding | null;
  readonly words: string | null;
  readonly reviewedBy: string | null;
  readonly reviewedAt: Temporal.Instant | null;
}

export interface Restrictions {
  readonly restrictions: readonly RestrictionLine[];
  /** Those that no person has looked at, the oldest first, then the latest that one has. */
  readonly glass: readonly GlassLine[];
  readonly now: Temporal.Instant;
}

/** How many of those that were looked at the page still shows. */
const REVIEWED_SHOWN = 50;

/** What is restricted, who may open it, and where the glass was broken. */
@Injectable()
export class ReadRestrictions {
  constructor(private readonly database: Database) {}

  /** All restrictions in force. Of one that a manager must not open they see nothing, the breaking of its glass neither. */
  async execute(by: StaffActor): Promise<Restrictions> {
    return this.database.as(by).transaction(async (tx) => {
      const restrictions = await tx.rows<RestrictionLine>(sql`
        SELECT first.reference, x.category, x.set_at AS "setAt", x.review_at AS "reviewAt", first.covers, first."isOpen",
          (SELECT count(DISTINCT g.staff_id)::int FROM restriction_grant g JOIN staff_member s ON s.id = g.staff_id
           WHERE g.restriction_id = x.id AND g.opening_id IS NULL AND s.is_active AND g.ended_at IS NULL AND g.until > ${tx.now}
             AND NOT EXISTS (SELECT 1 FROM restriction_bar k
               WHERE k.restriction_id = x.id AND k.staff_id = s.id AND k.ended_at IS NULL)) AS people
        FROM restriction x CROSS JOIN LATERAL (
          SELECT (array_agg(r.reference ORDER BY covered.covered_at, r.id))[1] AS reference, count(*)::int AS covers,
            bool_and(NOT ${isHiddenFrom(by.id)}) AS "isOpen"
          FROM restricted_referral covered JOIN referral r ON r.id = covered.referral_id
          WHERE covered.restriction_id = x.id) first
        WHERE x.ended_at IS NULL AND ${notBarred(by)} ORDER BY x.review_at, x.id`);
      const glass = await tx.rows<GlassLine>(sql`
        SELECT b.id, r.reference, s.name AS by, b.broken_by = ${by.id} AS "isOwn", b.broken_at AS at, b.until, b.reason,
          (SELECT count(*)::int FROM audit_entry a WHERE a.at >= b.broken_at AND a.at <= b.until
            AND a.actor_id = b.broken_by AND a.act LIKE ANY ('{%read,%printed}') AND a.referral_id IN (
              SELECT covered.referral_id FROM restriction_grant g
              JOIN restricted_referral covered ON covered.restriction_id = g.restriction_id
              WHERE g.opening_id = b.id)) AS opened,
          d.due_at AS "dueAt", w.finding, w.words, reviewer.name AS "reviewedBy", w.reviewed_at AS "reviewedAt"
        FROM glass_broken b JOIN referral r ON r.id = b.referral_id JOIN staff_member s ON s.id = b.broken_by
        LEFT JOIN glass_review w ON w.glass_id = b.id LEFT JOIN staff_member reviewer ON reviewer.id = w.reviewed_by
        LEFT JOIN deadline d ON d.kind = 'glass_broken' AND d.state = 'open' AND d.subject = r.reference || ' ' || b.id::text
        WHERE ${notBarredFrom(by)}
        ORDER BY w.reviewed_at DESC NULLS FIRST, b.broken_at LIMIT ${REVIEWED_SHOWN}`);
      await tx.insert(auditEntry(tx, 'restrictions.read'));
      return { restrictions, glass, now: tx.now };
    });
  }

  /**
   * The restrictions in force of a referral that the person may open; none where it is not restricted.
   *
   * @throws Refused `not-found`
   */
  async ofReferral(reference: string, by: StaffActor): Promise<readonly RestrictionInForce[]> {
    return this.database.as(by).transaction(async (tx) => {
      const found = await tx.one(Referral, { reference: parseReferralReference(reference) ?? '' }, ['id']);
      if (found === null) throw new Refused('not-found');
      await mustNotBeHidden(tx, found.id);
      const restrictions: RestrictionInForce[] = [];
      for (const one of await restrictionsOf(tx, found.id))
        restrictions.push({ ...one, isManaged: await mayManage(tx, one.id, by) });
      return restrictions;
    });
  }
}

/** As many as a page shows of referrals that may be about the same child. */
const MAYBE_AT_MOST = 20;

function restrictionsOf(
  tx: Transaction,
  referralId: string,
): Promise<readonly Omit<RestrictionInForce, 'isManaged'>[]> {
  return tx.rows<Omit<RestrictionInForce, 'isManaged'>>(sql`
    SELECT x.id, x.category, mash.restriction_reason(x.id) AS reason, setter.name AS "setBy", x.set_at AS "setAt", x.review_at AS "reviewAt",
      (SELECT count(*)::int FROM restricted_referral WHERE restriction_id = x.id) AS covers,
      (SELECT coalesce(array_agg(DISTINCT one.reference), '{}') FROM (
        SELECT r.reference FROM restricted_child k
        JOIN child_candidate c ON (k.referral_id, k.position) IN ((c.referral_id, c.position), (c.other_id, c.other_position))
        JOIN referral r ON r.id IN (c.referral_id, c.other_id)
        WHERE k.restriction_id = x.id AND NOT EXISTS (
            SELECT 1 FROM restricted_referral WHERE restriction_id = x.id AND referral_id = r.id)
          AND NOT EXISTS (SELECT 1 FROM child_judgement j WHERE j.ended_at IS NULL
            AND (j.one_id, j.one_position, j.other_id, j.other_position) IN (
              (c.referral_id, c.position, c.other_id, c.other_position),
              (c.other_id, c.other_position, c.referral_id, c.position)))
        ORDER BY r.received_at DESC LIMIT ${MAYBE_AT_MOST}) one) AS maybe,
      (SELECT coalesce(jsonb_agg(jsonb_build_object('id', s.id, 'name', s.name, 'until', g.until,
          'isByGlass', g.opening_id IS NOT NULL) ORDER BY s.name, g.until), '[]')
       FROM restriction_grant g JOIN staff_member s ON s.id = g.staff_id
       WHERE g.restriction_id = x.id AND g.ended_at IS NULL AND g.until > ${tx.now}) AS "letIn",
      (SELECT coalesce(jsonb_agg(jsonb_build_object('id', s.id, 'name', s.name, 'until', null, 'isByGlass', false)
          ORDER BY s.name), '[]')
       FROM restriction_bar b JOIN staff_member s ON s.id = b.staff_id
       WHERE b.restriction_id = x.id AND b.ended_at IS NULL) AS barred
    FROM restriction x JOIN restricted_referral covered ON covered.restriction_id = x.id
    JOIN staff_member setter ON setter.id = x.set_by
    WHERE covered.referral_id = ${referralId} AND x.ended_at IS NULL ORDER BY x.set_at, x.id`);
}
