import type { Policies } from '#deadlines';
import { beginDiscussion } from '#discussions';
import { ROUTES, type Outcome, type Rating, type RouteKind } from '#domain';
import { routeOn } from '#routes';
import { sql, type Transaction } from '#store';

/** A referral with the decision on it that is in effect. */
interface Decided {
  readonly id: string;
  readonly reference: string;
  readonly rating: Rating;
  readonly decisionId: string;
  readonly decidedAt: Temporal.Instant;
}

/**
 * Begins what must follow a decision in effect: a strategy discussion, and the way of the family to those who help it. One
 * incident has each once, however many agencies report it and in whichever order their reports are decided or signed off:
 * where another report has it, this one follows that. What the decision has begun already is left alone.
 */
export async function beginWhatFollows(tx: Transaction, policies: Policies, referral: Decided): Promise<void> {
  // Of the whole incident: a report that the person may not open has begun what follows, or follows this one.
  await tx.overAll((all) => begin(all, policies, referral));
}

async function begin(tx: Transaction, policies: Policies, referral: Decided): Promise<void> {
  const { decisionId, decidedAt } = referral;
  const { decidedBy, outcomes } = await decidedAs(tx, decisionId);
  const { isDiscussed, routes } = await begunAlready(tx, referral);
  const toDiscuss = isDiscussed ? [] : outcomes;
  const toRoute = outcomes.filter((outcome) => !routes.includes(ROUTES[outcome]?.kind ?? null));
  await beginDiscussion(tx, policies, referral, { decisionId, outcomes: toDiscuss, decidedBy, decidedAt });
  await routeOn(tx, policies, referral, { id: decisionId, outcomes: toRoute });
}

/**
 * What these referrals may have followed has ended, or is another incident's now: those of them that are decided begin
 * their own, so that none stands decided with nothing to follow.
 */
export async function beginWhatIsMissing(tx: Transaction, policies: Policies, ids: readonly string[]): Promise<void> {
  await tx.overAll((all) => beginEach(all, policies, ids));
}

async function beginEach(tx: Transaction, policies: Policies, ids: readonly string[]): Promise<void> {
  const decided = await tx.rows<Decided>(sql`
    SELECT r.id, r.reference, r.rating, d.id AS "decisionId", d.decided_at AS "decidedAt"
    FROM referral r JOIN response_time t ON t.id = r.response_time_id JOIN decision d ON d.id = t.decision_id
    WHERE r.id = ANY(${ids}) AND r.status = 'decided' ORDER BY r.received_at, r.id FOR NO KEY UPDATE OF r`);
  for (const referral of decided) await begin(tx, policies, referral);
}

/**
 * The other reports of the incident of a referral; none where it is the only one. Acts on two reports of one incident wait
 * for one another from here on.
 *
 * @returns the ids of the referrals
 */
export async function otherReports(tx: Transaction, referralId: string): Promise<readonly string[]> {
  const reports = await tx.rows<{ id: string; incident: string }>(sql`
    SELECT other.referral_id AS id, other.incident_id AS incident
    FROM referral_incident this JOIN referral_incident other USING (incident_id)
    WHERE this.referral_id = ${referralId} AND other.referral_id <> ${referralId}`);
  if (reports.length > 0) await tx.lock('whatFollowsIncident', reports[0]!.incident);
  return reports.map(({ id }) => id);
}

/** The person who decided, by id; the outcome, and those of the children who have another. */
async function decidedAs(tx: Transaction, decisionId: string) {
  const found = await tx.row<{ readonly decidedBy: string; readonly outcomes: readonly Outcome[] }>(sql`
    SELECT d.decided_by AS "decidedBy", array_prepend(d.outcome, coalesce((SELECT array_agg(DISTINCT c.outcome) FROM decision_child c
        WHERE c.decision_id = d.id AND c.included AND c.outcome IS NOT NULL AND c.outcome <> d.outcome), '{}')) AS outcomes
    FROM decision d WHERE d.id = ${decisionId}`);
  return found!;
}

/**
 * What the decision, or another report of the incident, has begun. A discussion of another report counts where it was still
 * to be held when this one was decided: one that was held before did not know of this report.
 */
async function begunAlready(tx: Transaction, { id, decisionId, decidedAt }: Decided) {
  const found = await tx.row<{ readonly isDiscussed: boolean; readonly routes: readonly (RouteKind | null)[] }>(sql`
    WITH others AS (
      SELECT other.referral_id AS id FROM referral_incident this JOIN referral_incident other USING (incident_id)
      WHERE this.referral_id = ${id} AND other.referral_id <> ${id})
    SELECT EXISTS (
        SELECT 1 FROM strategy_discussion s WHERE s.withdrawn_at IS NULL AND (s.decision_id = ${decisionId}
          OR s.referral_id IN (SELECT id FROM others) AND NOT EXISTS (
            SELECT 1 FROM discussion_record x WHERE x.discussion_id = s.id AND x.recorded_at < ${decidedAt}))
      ) AS "isDiscussed",
      ARRAY(SELECT DISTINCT kind FROM route
        WHERE decision_id = ${decisionId} AND (ended_at IS NULL OR end_reason = 'sent_on')
          OR referral_id IN (SELECT id FROM others) AND ended_at IS NULL) AS routes`);
  return found!;
}
