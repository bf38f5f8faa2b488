import type { Policies, Versions } from '#deadlines';
import { dueTimes, dueTimesAfterRerating, dueTimesUnder, type Rating } from '#domain';
import type { Database, Finding } from '#store';

/** How long a step may be due and not fired before it counts as missed. */
const MISSED_AFTER_SECONDS = 5;
/** How long each round looks back on what is settled in one transaction and can only be wrong by a fault. */
const LOOK_BACK = "interval '10 minutes'";

/** A red alert that nobody has got or acknowledged after this long breaks I2, whatever its deliveries say. */
const REACHED_WITHIN = "interval '5 minutes'";

/** What must always hold, each as a query that counts what breaks it. Cheap: every one is on a partial index. */
const COUNTED: Readonly<Record<string, string>> = {
  /** No step that is due waits to be fired. */
  I1: `SELECT ${[1, 2, 3]
    .map(
      (urgency) => `(SELECT count(*) FROM deadline_step WHERE state = 'waiting' AND urgency = ${urgency}
        AND fire_at < clock.now - interval '${MISSED_AFTER_SECONDS} seconds')`,
    )
    .join(' + ')} AS n FROM clock`,
  /** Every step that fired has its alert, every alert a delivery, and every delivery an end or somebody who sends it. */
  I2: `SELECT
    (SELECT count(*) FROM deadline d JOIN deadline_step s ON s.deadline_id = d.id
     WHERE d.state = 'open' AND s.state = 'fired' AND NOT EXISTS (SELECT 1 FROM alert WHERE alert.id = s.id))
    + (SELECT count(*) FROM alert WHERE fired_at > clock.now - ${LOOK_BACK}
       AND NOT EXISTS (SELECT 1 FROM delivery WHERE alert_id = alert.id))
    + (SELECT count(*) FROM delivery WHERE state = 'sending' AND lease_until < clock.now - interval '30 seconds')
    + (SELECT count(*) FROM delivery WHERE state = 'queued' AND failure IS NULL AND next_attempt_at < clock.now
       - CASE WHEN urgency = 1 THEN interval '30 seconds' ELSE ${LOOK_BACK} END)
    + (SELECT count(*) FROM alert a JOIN deadline d ON d.id = a.deadline_id
       WHERE a.fired_at > clock.now - interval '1 day' AND a.fired_at < clock.now - ${REACHED_WITHIN}
         AND a.rating = 'red' AND d.state = 'open' AND d.kind <> 'canary'
         AND NOT EXISTS (SELECT 1 FROM acknowledgement WHERE alert_id = a.id)
         AND NOT EXISTS (SELECT 1 FROM delivery WHERE alert_id = a.id AND recipient_id IS NOT NULL
           AND state IN ('accepted', 'delivered'))) AS n FROM clock`,
  /** Every undecided referral has exactly one open deadline for its decision; the index allows no second. */
  I3: `SELECT count(*) AS n FROM referral r WHERE r.status <> 'decided' AND NOT EXISTS (
    SELECT 1 FROM deadline d WHERE d.referral_id = r.id AND d.kind = 'decision' AND d.state = 'open')`,
  /** No alert before its step, none after its deadline has ended but those under way at that moment. */
  I4: `SELECT count(*) AS n FROM clock, alert a JOIN deadline d ON d.id = a.deadline_id
    WHERE a.fired_at > clock.now - ${LOOK_BACK}
      AND (a.fired_at < a.step_at OR (d.kind <> 'canary' AND a.fired_at > d.ended_at + interval '5 seconds'))`,
  /** Every referral that was accepted has its idempotency key; the index allows no key two, no referral two keys. */
  I6: `SELECT count(*) AS n FROM referral r WHERE r.status <> 'decided'
    AND NOT EXISTS (SELECT 1 FROM idempotency_key k WHERE k.referral_id = r.id)`,
};

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

/** Checks what must always hold: I1 to I4 and I6 in full, I5 a share of the open deadlines each time, in turn. */
export class CheckInvariants {
  private recomputedUpTo = '00000000-0000-0000-0000-000000000000';

  constructor(
    private readonly database: Database,
    private readonly policies: Policies,
  ) {}

  /** @returns what does not hold */
  async execute(): Promise<readonly Finding[]> {
    const findings: Finding[] = [];
    for (const [invariant, query] of Object.entries(COUNTED)) {
      const { n } = (await this.database.row<{ n: number }>(`WITH clock AS (SELECT mash.now() AS now) ${query}`))!;
      findings.push({ invariant, count: n });
    }
    findings.push({ invariant: 'I5', count: await this.wronglyStored() });
    return findings.filter(({ count }) => count > 0);
  }

  /** I5: a stored due time is what receipt, policy version and calendar version give. */
  private async wronglyStored(): Promise<number> {
    const deadlines = await this.database.rows<Stored>(
      `SELECT d.id, r.received_at AS "receivedAt", d.rating, d.due_at AS "dueAt",
         d.policy_version AS "policyVersion", d.calendar_version AS "calendarVersion",
         (SELECT jsonb_agg(rating ORDER BY at, id) FROM rating
          WHERE referral_id = r.id AND rating IS DISTINCT FROM previous AND at <= d.armed_at) AS ratings,
         before.rating AS "previousRating", before.due_at AS "previousDueAt"
       FROM deadline d JOIN referral r ON r.id = d.referral_id
       LEFT JOIN deadline before ON before.referral_id = d.referral_id AND before.kind = 'decision'
         AND before.generation = d.generation - 1
       WHERE d.kind = 'decision' AND d.state = 'open' AND d.id > $1 ORDER BY d.id LIMIT ${RECOMPUTED}`,
      [this.recomputedUpTo],
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
