import { auditEntry } from '#audit';
import { deadlineRows, endDeadlines, type Policies, type PolicyInForce } from '#deadlines';
import { dueTimesUnder, type Rating } from '#domain';
import type { Logger } from '#platform';
import { isDatabaseAway, type Database, type Transaction } from '#store';

const BATCH = 200;

/** An undecided referral as it is re-armed. */
interface Stale {
  readonly id: string;
  readonly receivedAt: Temporal.Instant;
  readonly lastChangedAt: Temporal.Instant;
  readonly isClaimed: boolean;
  /** Every rating it has had, the first first. */
  readonly ratings: readonly [Rating, ...Rating[]];
  readonly generation: number;
}

/**
 * Brings open deadlines under the versions of policy and calendar in force. Nothing has to be told of a new version:
 * it is found by what the deadlines say. One that has alerted is never moved: it runs to its end as it was armed.
 */
export class RearmReferrals {
  constructor(
    private readonly database: Database,
    private readonly policies: Policies,
    private readonly log: Logger,
  ) {}

  /** @returns how many referrals were re-armed; one that cannot be keeps no other from it */
  async execute(): Promise<number> {
    const { policyVersion, calendarVersion } = await this.policies.inForce();
    const stale = await this.database.rows<{ id: string }>(
      `SELECT r.id FROM referral r ${STALE} ORDER BY r.urgency, r.received_at LIMIT ${BATCH}`,
      [policyVersion, calendarVersion],
    );
    let rearmed = 0;
    for (const { id } of stale) {
      try {
        rearmed += Number(await this.database.transaction((tx) => this.rearm(tx, id)));
      } catch (error) {
        if (isDatabaseAway(error)) throw error;
        this.log.error({ referral: id, error }, 'the deadlines of a referral could not be brought under the policy');
      }
    }
    return rearmed;
  }

  private async rearm(tx: Transaction, id: string): Promise<boolean> {
    const inForce = await this.policies.inForce(tx);
    const referral = await lock(tx, inForce, id);
    if (referral === null) return false;
    const { ratings, receivedAt, lastChangedAt } = referral;
    // Whoever rated it may have begun after this transaction and still have been first.
    const at = { now: Temporal.Instant.compare(tx.now, lastChangedAt) < 0 ? lastChangedAt : tx.now };
    const due = dueTimesUnder(inForce.policy, inForce.calendar, ratings, receivedAt);
    await endDeadlines(tx, id, 'superseded');
    await tx.insert(
      ...deadlineRows(at, inForce, {
        id,
        rating: ratings.at(-1)!,
        receivedAt,
        due,
        generation: referral.generation + 1,
        armClaim: !referral.isClaimed,
      }),
      auditEntry(tx, { kind: 'service' }, 'deadline.rearmed', id, {
        policyVersion: inForce.policyVersion,
        calendarVersion: inForce.calendarVersion,
      }),
    );
    await tx.update(
      `UPDATE referral SET decision_due_at = $2, statutory_due_at = $3, version = version + 1, last_changed_at = $4
       WHERE id = $1`,
      [id, due.decisionDueAt, due.statutoryDueAt, at.now],
    );
    return true;
  }
}

/** Undecided, and its decision deadline armed under other versions and without an alert, or not there at all. */
const STALE = `LEFT JOIN deadline d ON d.referral_id = r.id AND d.kind = 'decision' AND d.state = 'open'
  WHERE r.status <> 'decided' AND (d.id IS NULL OR
    ((d.policy_version, d.calendar_version) <> ($1, $2)
     AND NOT EXISTS (SELECT 1 FROM alert WHERE alert.deadline_id = d.id)))`;

/**
 * Locks a referral against acts of people, and its steps against being fired, and looks again whether it is still to
 * be re-armed: an alert that was firing meanwhile is seen then. What somebody works on waits for the next round.
 */
async function lock(
  tx: Transaction,
  { policyVersion, calendarVersion }: PolicyInForce,
  id: string,
): Promise<Stale | null> {
  const free = await tx.row('SELECT 1 FROM referral WHERE id = $1 FOR NO KEY UPDATE SKIP LOCKED', [id]);
  if (free === null) return null;
  await tx.rows(
    `SELECT 1 FROM deadline_step WHERE state = 'waiting' AND deadline_id IN (
       SELECT id FROM deadline WHERE referral_id = $1 AND state = 'open') FOR NO KEY UPDATE`,
    [id],
  );
  return tx.row<Stale>(
    `SELECT r.id, r.received_at AS "receivedAt", r.last_changed_at AS "lastChangedAt",
       r.claimed_by IS NOT NULL AS "isClaimed",
       (SELECT jsonb_agg(rating ORDER BY at, id) FROM rating
        WHERE referral_id = r.id AND rating IS DISTINCT FROM previous) AS ratings,
       coalesce((SELECT max(generation) FROM deadline WHERE referral_id = r.id), 0) AS generation
     FROM referral r ${STALE} AND r.id = $3`,
    [policyVersion, calendarVersion, id],
  );
}
