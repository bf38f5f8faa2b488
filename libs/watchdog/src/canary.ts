import { Injectable } from '@nestjs/common';
import { forgetAlerts } from '#alerts';
import { forgetDeadlines, Policies, serviceDeadlineRows } from '#deadlines';
import { forgetDeliveries } from '#messages';
import { Database, SERVICE, sql, type Transaction } from '#store';

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
@Injectable()
export class Canary {
  constructor(
    private readonly database: Database,
    private readonly policies: Policies,
  ) {}

  /** Lets one fly when the last is a minute old, and forgets those of last week. */
  async fly(): Promise<void> {
    await this.database.as(SERVICE).transaction(async (tx) => {
      await tx.lock('canary');
      const recent = await tx.row(sql`
        SELECT 1 FROM deadline WHERE kind = 'canary' AND armed_at > ${tx.now.subtract({ seconds: EVERY_SECONDS })}
          AND armed_at <= ${tx.now}`);
      if (recent !== null) return;
      const versions = await this.policies.inForce(tx);
      const step = {
        ...{ position: 0, repetition: 0, onlyIfUnclaimed: false, tell: [], ladder: [] },
        at: tx.now.add({ seconds: AHEAD_SECONDS }),
      };
      const subject = tx.now.toString();
      await tx.insert(...serviceDeadlineRows(tx, { kind: 'canary', subject, rating: 'red', steps: [step], versions }));
      await forgetOld(tx);
    });
  }

  async state(): Promise<CanaryState> {
    const last = await this.database.as(SERVICE).transaction((tx) =>
      tx.row<CanaryState>(sql`
        SELECT a.fired_at AS "firedAt", (extract(epoch FROM a.fired_at - a.step_at) * 1000)::int AS "latenessMs",
          d.state = 'met' AND d.ended_at - d.due_at < make_interval(secs => ${BACK_WITHIN_SECONDS})
            AND d.due_at > ${tx.now.subtract({ seconds: EVERY_SECONDS + 2 * BACK_WITHIN_SECONDS })} AS "isAlive"
        FROM deadline d LEFT JOIN alert a ON a.deadline_id = d.id
        WHERE d.kind = 'canary' AND d.armed_at < ${tx.now.subtract({ seconds: BACK_WITHIN_SECONDS })}
        ORDER BY d.armed_at DESC LIMIT 1`),
    );
    return last ?? { isAlive: false, firedAt: null, latenessMs: null };
  }
}

/** Canaries are no record of anything: those of last week go, with their alerts and deliveries. */
async function forgetOld(tx: Transaction): Promise<void> {
  const old = await tx.rows<{ id: string; alertId: string | null }>(sql`
    SELECT d.id, a.id AS "alertId" FROM deadline d LEFT JOIN alert a ON a.deadline_id = d.id
    WHERE d.kind = 'canary' AND d.armed_at < ${tx.now.subtract({ hours: KEPT_DAYS * 24 })}`);
  if (old.length === 0) return;
  const alertIds = old.flatMap(({ alertId }) => alertId ?? []);
  await forgetDeliveries(tx, alertIds);
  await forgetAlerts(tx, alertIds);
  await forgetDeadlines(tx, [...new Set(old.map(({ id }) => id))]);
}
