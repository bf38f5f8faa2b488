import { serviceDeadlineRows, type Policies } from '#deadlines';
import type { Database } from '#store';

/** How far ahead a canary is due: the engines have seen it by then, and their timers are armed. */
const AHEAD_SECONDS = 2;
const EVERY_SECONDS = 60;
/** A canary that has not come back by then is lost. */
const BACK_WITHIN_SECONDS = 10;
const KEPT_DAYS = 7;

export interface CanaryState {
  /** Whether the last that should be back is. */
  readonly isAlive: boolean;
  readonly firedAt: Temporal.Instant | null;
  /** Milliseconds from its step to its firing: the indicator that the hub publishes. */
  readonly latenessMs: number | null;
}

/**
 * A deadline that means nothing: each minute one has to fire, be sent and come back, by the same way as those of
 * referrals. While they do, the way is open.
 */
export class Canary {
  constructor(
    private readonly database: Database,
    private readonly policies: Policies,
  ) {}

  /** Lets one fly when the last is a minute old, and forgets those of last week. */
  async fly(): Promise<void> {
    await this.database.transaction(async (tx) => {
      await tx.rows(`SELECT pg_advisory_xact_lock(hashtextextended('canary', 0))`);
      const recent = await tx.row(
        `SELECT 1 FROM deadline WHERE kind = 'canary' AND armed_at > $1::timestamptz - make_interval(secs => ${EVERY_SECONDS})
         AND armed_at <= $1`,
        [tx.now],
      );
      if (recent !== null) return;
      const versions = await this.policies.inForce(tx);
      const step = {
        ...{ position: 0, repetition: 0, onlyIfUnclaimed: false, tell: [], ladder: [] },
        at: tx.now.add({ seconds: AHEAD_SECONDS }),
      };
      const subject = tx.now.toString();
      await tx.insert(...serviceDeadlineRows(tx, { kind: 'canary', subject, rating: 'red', steps: [step], versions }));
      await tx.rows(
        `WITH old AS (SELECT id FROM deadline WHERE kind = 'canary' AND armed_at < $1::timestamptz - make_interval(days => ${KEPT_DAYS})),
           alerts AS (SELECT id FROM alert WHERE deadline_id IN (SELECT id FROM old)),
           deliveries AS (DELETE FROM delivery WHERE alert_id IN (SELECT id FROM alerts)),
           fired AS (DELETE FROM alert WHERE id IN (SELECT id FROM alerts)),
           steps AS (DELETE FROM deadline_step WHERE deadline_id IN (SELECT id FROM old))
         DELETE FROM deadline WHERE id IN (SELECT id FROM old)`,
        [tx.now],
      );
    });
  }

  async state(): Promise<CanaryState> {
    const last = await this.database.row<CanaryState>(
      `WITH clock AS (SELECT mash.now() AS now)
       SELECT a.fired_at AS "firedAt", (extract(epoch FROM a.fired_at - a.step_at) * 1000)::int AS "latenessMs",
         d.state = 'met' AND d.ended_at - d.due_at < interval '${BACK_WITHIN_SECONDS} seconds'
           AND d.due_at > clock.now - interval '${EVERY_SECONDS + 2 * BACK_WITHIN_SECONDS} seconds' AS "isAlive"
       FROM clock, deadline d LEFT JOIN alert a ON a.deadline_id = d.id
       WHERE d.kind = 'canary' AND d.armed_at < clock.now - interval '${BACK_WITHIN_SECONDS} seconds'
       ORDER BY d.armed_at DESC LIMIT 1`,
    );
    return last ?? { isAlive: false, firedAt: null, latenessMs: null };
  }
}
