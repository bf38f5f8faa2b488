import { dueTimesUnder, type Rating } from '#domain';
import {
  auditEntry,
  deadlineRows,
  endDeadlines,
  type Database,
  type Policies,
  type PolicyInForce,
  type Transaction,
} from '#store';

const BATCH = 100;

/** An undecided referral whose deadlines were armed under versions that are no longer in force, or not at all. */
interface Stale {
  readonly id: string;
  readonly receivedAt: Temporal.Instant;
  readonly isClaimed: boolean;
  /** Every rating it has had, the first first. */
  readonly ratings: readonly [Rating, ...Rating[]];
  readonly generation: number;
}

/**
 * Brings open deadlines under the versions of policy and calendar in force. Nothing has to be told of a new version:
 * it is found by what the deadlines say. One that has alerted is never moved: it runs to its end as it was armed.
 */
export class RearmDeadlines {
  constructor(
    private readonly database: Database,
    private readonly policies: Policies,
  ) {}

  /** @returns how many referrals were re-armed */
  async execute(): Promise<number> {
    let total = 0;
    for (let taken = BATCH; taken === BATCH;) {
      taken = await this.database.transaction(async (tx) => {
        const inForce = await this.policies.inForce(tx);
        const stale = await takeStale(tx, inForce);
        for (const referral of stale) await rearm(tx, inForce, referral);
        return stale.length;
      });
      total += taken;
    }
    return total;
  }
}

/** Locks what it takes against acts of people and against other workers; what somebody works on waits a round. */
async function takeStale(
  tx: Transaction,
  { policyVersion, calendarVersion }: PolicyInForce,
): Promise<readonly Stale[]> {
  return tx.rows<Stale>(
    `SELECT r.id, r.received_at AS "receivedAt", r.claimed_by IS NOT NULL AS "isClaimed",
       (SELECT jsonb_agg(rating ORDER BY at, id) FROM rating
        WHERE referral_id = r.id AND rating IS DISTINCT FROM previous) AS ratings,
       coalesce((SELECT max(generation) FROM deadline WHERE referral_id = r.id), 0) AS generation
     FROM referral r LEFT JOIN deadline d ON d.referral_id = r.id AND d.kind = 'decision' AND d.state = 'open'
     WHERE r.status <> 'decided' AND (d.id IS NULL OR
       ((d.policy_version, d.calendar_version) <> ($1, $2)
        AND NOT EXISTS (SELECT 1 FROM alert WHERE alert.deadline_id = d.id)))
     ORDER BY r.urgency, r.received_at LIMIT ${BATCH} FOR NO KEY UPDATE OF r SKIP LOCKED`,
    [policyVersion, calendarVersion],
  );
}

async function rearm(tx: Transaction, inForce: PolicyInForce, { id, ...referral }: Stale): Promise<void> {
  const { ratings, receivedAt } = referral;
  const due = dueTimesUnder(inForce.policy, inForce.calendar, ratings, receivedAt);
  await endDeadlines(tx, id, 'superseded');
  await tx.insert(
    ...deadlineRows(tx, inForce, {
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
    [id, due.decisionDueAt, due.statutoryDueAt, tx.now],
  );
}
