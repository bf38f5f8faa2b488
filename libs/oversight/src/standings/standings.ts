import { Injectable } from '@nestjs/common';
import { Policies } from '#deadlines';
import { endOfWorkingDayAfter, type Standing } from '#domain';
import { sql, type Sql, type Transaction } from '#store';
import { changedSince } from './changed-since.ts';
import { lastClose } from './last-close.ts';
import { standingsOfRecord } from './standings-of-record.ts';

/** Which referrals: those received in a period, or those that are open at the instant whenever they were received. */
export type Cohort = { readonly received: { readonly from: Temporal.Instant; readonly to: Temporal.Instant } } | 'open';

/** So many standings are worked out from the record in one statement. */
const BATCH = 2_000;

const FACT = sql`
  SELECT referral_id AS "referralId", reference, received_at AS "receivedAt", channel, agency_id AS "agencyId",
    source_code AS "sourceCode", concern_types AS "concernTypes", children, sender_level AS "senderLevel",
    is_voice_sought AS "isVoiceSought", suggested, suggested_by AS "suggestedBy", first_given AS "firstGiven", rating,
    was_lowered AS "wasLowered", due_at AS "dueAt", strictest_due_at AS "strictestDueAt",
    statutory_due_at AS "statutoryDueAt", claim_due_at AS "claimDueAt", first_opened_at AS "firstOpenedAt",
    first_claimed_at AS "firstClaimedAt", first_rated_at AS "firstRatedAt", decision_id AS "decisionId",
    decided_at AS "decidedAt", decided_by AS "decidedBy", outcome, threshold_level AS "thresholdLevel", progression,
    late_reason AS "lateReason", sign_off_reasons AS "signOffReasons", has_childs_voice AS "hasChildsVoice",
    signed_at AS "signedAt", effective_at AS "effectiveAt", elapsed_minutes AS "elapsedMinutes",
    working_minutes AS "workingMinutes", returned, taken_back AS "takenBack", earlier, came_back_at AS "cameBackAt",
    came_back_worse_at AS "cameBackWorseAt", policy_version AS "policyVersion", calendar_version AS "calendarVersion",
    changed_at AS "changedAt"
  FROM referral_fact f`;

/**
 * How referrals stood at an instant, now or long ago. A fact is right for every instant from its last change on; what has
 * changed since, or had not changed so far by then, is worked out from the record.
 */
@Injectable()
export class Standings {
  constructor(private readonly policies: Policies) {}

  /** The standings of a cohort at an instant, in the order of their receipt. */
  async of(tx: Transaction, cohort: Cohort, asOf: Temporal.Instant): Promise<readonly Standing[]> {
    const changed = await changedSince(tx, await lastClose(tx));
    const facts = await tx.rows<Standing>(sql`
      ${FACT} WHERE f.changed_at <= ${asOf} AND f.referral_id <> ALL(${changed}) AND ${factsIn(cohort)}
      ORDER BY f.received_at, f.referral_id`);
    const others = await this.otherThan(tx, cohort, changed, asOf);
    return others.length === 0 ? facts : [...facts, ...others].sort(byReceipt);
  }

  /** The standings of a cohort as the latest close left them. */
  atClose(tx: Transaction, cohort: Cohort): Promise<readonly Standing[]> {
    return tx.rows<Standing>(sql`${FACT} WHERE ${factsIn(cohort)} ORDER BY f.received_at, f.referral_id`);
  }

  /** The standings, as the latest close left them, of those of some referrals that were decided by then. */
  decidedAtClose(tx: Transaction, ids: readonly string[]): Promise<readonly Standing[]> {
    return tx.rows<Standing>(sql`${FACT} WHERE f.referral_id = ANY(${ids}) AND f.effective_at IS NOT NULL`);
  }

  /** The standings of some referrals at an instant, from the record alone. */
  async fromRecord(tx: Transaction, ids: readonly string[], asOf: Temporal.Instant): Promise<readonly Standing[]> {
    const found: Standing[] = [];
    for (let start = 0; start < ids.length; start += BATCH) {
      for (const one of await standingsOfRecord(tx, ids.slice(start, start + BATCH), asOf)) {
        found.push(one.effectiveAt === null ? await this.withStatutoryLimit(tx, one) : one);
      }
    }
    return found;
  }

  /** The standings of a cohort of which no fact tells. */
  private async otherThan(
    tx: Transaction,
    cohort: Cohort,
    changed: readonly string[],
    asOf: Temporal.Instant,
  ): Promise<readonly Standing[]> {
    const found = await tx.rows<{ id: string }>(sql`
      SELECT f.referral_id AS id FROM referral_fact f
      WHERE f.changed_at > ${asOf} AND f.received_at <= ${asOf} AND ${receivedIn(cohort, sql`f.received_at`)}
      UNION
      SELECT r.id FROM referral r
      WHERE r.id = ANY(${changed}) AND r.received_at <= ${asOf} AND ${receivedIn(cohort, sql`r.received_at`)}`);
    const others = await this.fromRecord(
      tx,
      found.map(({ id }) => id),
      asOf,
    );
    return cohort === 'open' ? others.filter(({ effectiveAt }) => effectiveAt === null) : others;
  }

  /** The statutory limit as it was then: a later calendar may have moved that of the referral. */
  private async withStatutoryLimit(tx: Transaction, standing: Standing): Promise<Standing> {
    const { policy, calendar } = await this.policies.of(standing, tx);
    const days = policy.statutoryDecisionDue.workingDays;
    return { ...standing, statutoryDueAt: endOfWorkingDayAfter(calendar, standing.receivedAt, days) };
  }
}

export function byReceipt(a: Standing, b: Standing): number {
  return Temporal.Instant.compare(a.receivedAt, b.receivedAt) || (a.referralId < b.referralId ? -1 : 1);
}

function factsIn(cohort: Cohort): Sql {
  return cohort === 'open' ? sql`f.effective_at IS NULL` : receivedIn(cohort, sql`f.received_at`);
}

function receivedIn(cohort: Cohort, receivedAt: Sql): Sql {
  if (cohort === 'open') return sql`true`;
  return sql`(${receivedAt} >= ${cohort.received.from} AND ${receivedAt} < ${cohort.received.to})`;
}
