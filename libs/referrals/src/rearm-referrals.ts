import { Inject, Injectable } from '@nestjs/common';
import { auditEntry } from '#audit';
import { deadlineRows, endDeadlines, lockWaitingSteps, Policies, type Versions } from '#deadlines';
import { dueTimesUnder, type Rating } from '#domain';
import { LOG, type Logger } from '#platform';
import { Database, isDatabaseAway, SERVICE, sql, type Sql, type Transaction } from '#store';
import { changeDueTimes } from './referral-state.ts';

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
@Injectable()
export class RearmReferrals {
  constructor(
    private readonly database: Database,
    private readonly policies: Policies,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  /** @returns how many referrals were re-armed; one that cannot be keeps no other from it */
  async execute(): Promise<number> {
    const versions = await this.policies.inForce();
    const found = await this.database.as(SERVICE).transaction((tx) =>
      tx.rows<{ id: string }>(sql`
        SELECT r.id FROM referral r ${stale(versions)} ORDER BY r.urgency, r.received_at LIMIT ${BATCH}`),
    );
    let rearmed = 0;
    for (const { id } of found) {
      try {
        rearmed += Number(await this.database.as(SERVICE).transaction((tx) => this.rearm(tx, id)));
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
    // The person who rated it may have begun after this transaction and still have been first.
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
      auditEntry(tx, 'deadline.rearmed', id, {
        policyVersion: inForce.policyVersion,
        calendarVersion: inForce.calendarVersion,
      }),
    );
    await changeDueTimes(tx, id, due, at.now);
    return true;
  }
}

/**
 * A referral that is undecided, and whose decision deadline was armed under other versions and has not alerted, or is
 * not there at all.
 */
function stale({ policyVersion, calendarVersion }: Versions): Sql {
  return sql`LEFT JOIN deadline d ON d.referral_id = r.id AND d.kind = 'decision' AND d.state = 'open'
    WHERE r.status <> 'decided' AND (d.id IS NULL OR
      ((d.policy_version, d.calendar_version) <> (${policyVersion}, ${calendarVersion})
       AND NOT EXISTS (SELECT 1 FROM alert WHERE alert.deadline_id = d.id)))`;
}

/**
 * Locks a referral against acts of people, and its steps against being fired, and looks again whether it is still to
 * be re-armed: an alert that was firing meanwhile is seen then. A referral that a person works on waits for the next
 * round.
 */
async function lock(tx: Transaction, versions: Versions, id: string): Promise<Stale | null> {
  const free = await tx.row(sql`SELECT 1 FROM referral WHERE id = ${id} FOR NO KEY UPDATE SKIP LOCKED`);
  if (free === null) return null;
  await lockWaitingSteps(tx, id);
  return tx.row<Stale>(sql`
    SELECT r.id, r.received_at AS "receivedAt", r.last_changed_at AS "lastChangedAt",
      r.claimed_by IS NOT NULL AS "isClaimed",
      (SELECT jsonb_agg(rating ORDER BY at, id) FROM rating
       WHERE referral_id = r.id AND rating IS DISTINCT FROM previous) AS ratings,
      coalesce((SELECT max(generation) FROM deadline WHERE referral_id = r.id), 0) AS generation
    FROM referral r ${stale(versions)} AND r.id = ${id}`);
}
