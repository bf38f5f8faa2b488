import { Injectable } from '@nestjs/common';
import { Policies, type Versions } from '#deadlines';
import { dueTimes, dueTimesAfterRerating, dueTimesUnder, type Rating } from '#domain';
import { Database, SERVICE, sql, type Finding, type Sql } from '#store';

/** How long a step may be due and not fired before it counts as missed. */
const MISSED_AFTER_SECONDS = 5;
/** How long each round looks back on what is settled in one transaction and can only be wrong by a fault. */
const LOOK_BACK = { minutes: 10 };
/** A red that is queued, or a lease that has run out, is taken up within seconds. */
const LEASE_LOST = { seconds: 30 };

/** A red alert that no person has got or acknowledged after this long breaks I2, even if its deliveries look well. */
const REACHED_WITHIN = { minutes: 5 };

/** The invariants, each as a query that counts the rows that break it. Cheap: every one is on a partial index. */
const COUNTED: Readonly<Record<string, (now: Temporal.Instant) => Sql>> = {
  /** No step that is due waits to be fired. */
  I1: (now) => sql`
    SELECT (SELECT count(*) FROM deadline_step WHERE state = 'waiting' AND urgency = 1 AND fire_at < ${missedBefore(now)})
      + (SELECT count(*) FROM deadline_step WHERE state = 'waiting' AND urgency = 2 AND fire_at < ${missedBefore(now)})
      + (SELECT count(*) FROM deadline_step WHERE state = 'waiting' AND urgency = 3 AND fire_at < ${missedBefore(now)})
      AS n`,
  /** Every step that fired has its alert, every alert a delivery, and every delivery an end or a worker that sends it. */
  I2: (now) => sql`
    SELECT
      (SELECT count(*) FROM deadline d JOIN deadline_step s ON s.deadline_id = d.id
       WHERE d.state = 'open' AND s.state = 'fired' AND NOT EXISTS (SELECT 1 FROM alert WHERE alert.id = s.id))
      + (SELECT count(*) FROM alert WHERE fired_at > ${now.subtract(LOOK_BACK)}
         AND NOT EXISTS (SELECT 1 FROM delivery WHERE alert_id = alert.id))
      + (SELECT count(*) FROM delivery WHERE state = 'sending' AND lease_until < ${now.subtract(LEASE_LOST)})
      + (SELECT count(*) FROM delivery WHERE state = 'queued' AND failure IS NULL AND urgency = 1
         AND next_attempt_at < ${now.subtract(LEASE_LOST)})
      + (SELECT count(*) FROM delivery WHERE state = 'queued' AND failure IS NULL AND urgency > 1
         AND next_attempt_at < ${now.subtract(LOOK_BACK)})
      + (SELECT count(*) FROM delivery WHERE follow_up_at < ${now.subtract(LOOK_BACK)})
      + (SELECT count(*) FROM alert a JOIN deadline d ON d.id = a.deadline_id
         WHERE a.fired_at > ${now.subtract({ hours: 24 })} AND a.fired_at < ${now.subtract(REACHED_WITHIN)}
           AND a.rating = 'red' AND d.state = 'open' AND d.kind <> 'canary'
           AND NOT EXISTS (SELECT 1 FROM acknowledgement WHERE alert_id = a.id)
           AND NOT EXISTS (SELECT 1 FROM delivery WHERE alert_id = a.id AND recipient_id IS NOT NULL
             AND state IN ('accepted', 'delivered'))) AS n`,
  /** Every undecided referral has exactly one open deadline for its decision; the index allows no second. */
  I3: () => sql`
    SELECT count(*) AS n FROM referral r WHERE r.status <> 'decided' AND NOT EXISTS (
      SELECT 1 FROM deadline d WHERE d.referral_id = r.id AND d.kind = 'decision' AND d.state = 'open')`,
  /** No alert before its step, none after its deadline has ended but those under way at that moment. */
  I4: (now) => sql`
    SELECT count(*) AS n FROM alert a JOIN deadline d ON d.id = a.deadline_id
    WHERE a.fired_at > ${now.subtract(LOOK_BACK)}
      AND (a.fired_at < a.step_at OR (d.kind <> 'canary' AND a.fired_at > d.ended_at + interval '5 seconds'))`,
  /** What managers were shown is what a second reckoning from the record gives. */
  I7: () => sql`
    SELECT coalesce((SELECT jsonb_array_length(differences) FROM recomputation ORDER BY at DESC LIMIT 1), 0) AS n`,
  /** Every referral that was accepted has its idempotency key; the index allows no key two, no referral two keys. */
  I6: () => sql`
    SELECT count(*) AS n FROM referral r WHERE r.status <> 'decided'
      AND NOT EXISTS (SELECT 1 FROM idempotency_key k WHERE k.referral_id = r.id)`,
};

function missedBefore(now: Temporal.Instant): Temporal.Instant {
  return now.subtract({ seconds: MISSED_AFTER_SECONDS });
}

/** Open deadlines that a round of {@link CheckInvariants} works out again. */
const RECOMPUTED = 500;

interface Stored extends Versions {
  readonly id: string;
  readonly receivedAt: Temporal.Instant;
  readonly rating: Rating;
  readonly dueAt: Temporal.Instant;
  readonly ratings: readonly [Rating, ...Rating[]];
  readonly previousRating: Rating | null;
  readonly previousDueAt: Temporal.Instant | null;
}

/** Checks the invariants: I1 to I4, I6 and I7 in full, I5 a share of the open deadlines each time, in turn. */
@Injectable()
export class CheckInvariants {
  private recomputedUpTo = '00000000-0000-0000-0000-000000000000';

  constructor(
    private readonly database: Database,
    private readonly policies: Policies,
  ) {}

  /** @returns the invariants that do not hold */
  async execute(): Promise<readonly Finding[]> {
    const findings: Finding[] = [];
    for (const [invariant, count] of Object.entries(COUNTED)) {
      const n = await this.database.as(SERVICE).transaction((tx) => tx.row<{ n: number }>(count(tx.now)));
      findings.push({ invariant, count: n!.n });
    }
    findings.push({ invariant: 'I5', count: await this.wronglyStored() });
    return findings.filter(({ count }) => count > 0);
  }

  /** I5: a stored due time is what receipt, policy version and calendar version give. */
  private async wronglyStored(): Promise<number> {
    const deadlines = await this.database.as(SERVICE).transaction((tx) =>
      tx.rows<Stored>(sql`
        SELECT d.id, r.received_at AS "receivedAt", d.rating, d.due_at AS "dueAt",
          d.policy_version AS "policyVersion", d.calendar_version AS "calendarVersion",
          (SELECT jsonb_agg(rating ORDER BY at, id) FROM rating
           WHERE referral_id = r.id AND rating IS DISTINCT FROM previous AND at <= d.armed_at) AS ratings,
          before.rating AS "previousRating", before.due_at AS "previousDueAt"
        FROM deadline d JOIN referral r ON r.id = d.referral_id
        LEFT JOIN deadline before ON before.referral_id = d.referral_id AND before.kind = 'decision'
          AND before.generation = d.generation - 1
        WHERE d.kind = 'decision' AND d.state = 'open' AND d.id > ${this.recomputedUpTo} ORDER BY d.id
        LIMIT ${RECOMPUTED}`),
    );
    this.recomputedUpTo = deadlines.length < RECOMPUTED ? '00000000-0000-0000-0000-000000000000' : deadlines.at(-1)!.id;
    let wrong = 0;
    for (const deadline of deadlines) {
      const right = await this.recomputed(deadline).catch(() => null);
      if (right === null || !right.equals(deadline.dueAt)) wrong++;
    }
    return wrong;
  }

  private async recomputed(stored: Stored): Promise<Temporal.Instant> {
    const { rating, receivedAt, ratings, previousRating, previousDueAt } = stored;
    const { policy, calendar } = await this.policies.of(stored);
    if (previousRating === null || previousDueAt === null) {
      return dueTimes(policy, calendar, rating, receivedAt).decisionDueAt;
    }
    if (previousRating === rating) return dueTimesUnder(policy, calendar, ratings, receivedAt).decisionDueAt;
    const change = { from: previousRating, to: rating, decisionDueAt: previousDueAt };
    return dueTimesAfterRerating(policy, calendar, change, receivedAt).decisionDueAt;
  }
}
