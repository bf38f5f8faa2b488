import { SERVICE, sql } from '#store';
import type { World } from './world.ts';

/** For one round of sending: a lease that no worker gives up runs out when the clock is moved for the next. */
const ROUND_MS = 4_000;
/** How long, by the host's clock, the hub may take to do all that it has to. */
export const BOUND_MS = 20_000;
export const LOOK_EVERY_MS = 25;

/** What is not done yet: steps that are due and open deadlines under versions no longer in force. */
interface Undone {
  readonly due: number;
  readonly stale: number;
}

/** Waits until everything due has fired and every open deadline is under the versions in force. */
export async function settle(world: World): Promise<{ readonly ms: number; readonly undone: Undone | null }> {
  const begun = performance.now();
  for (;;) {
    const undone = await world.patiently(() => lookAt(world));
    const ms = performance.now() - begun;
    if (undone.due + undone.stale === 0) return { ms, undone: null };
    if (ms > BOUND_MS) return { ms, undone };
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
}

/**
 * Waits a while until nothing is being sent and nothing waits to be.
 *
 * @returns how many are left all the same, and how many are not to be sent before later
 */
export async function settleDeliveries(world: World): Promise<{ readonly late: number; readonly later: number }> {
  const begun = performance.now();
  for (;;) {
    const left = (await world.patiently(() =>
      world.database.as(SERVICE).row<{ late: number; later: number }>(
        sql`WITH clock AS (SELECT mash.now() AS now)
         SELECT count(*) FILTER (WHERE state = 'sending' OR next_attempt_at <= now)::int AS late,
           count(*) FILTER (WHERE state = 'queued' AND next_attempt_at > now)::int AS later
         FROM clock, delivery WHERE state IN ('sending', 'queued')`,
      ),
    ))!;
    if (left.late === 0 || performance.now() - begun > ROUND_MS) return left;
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
}

/**
 * Waits until every referrer has been told: a letter that a provider has taken ends its clock a moment later.
 *
 * @returns how many clocks of answers to referrers are still open
 */
export async function settleAnswers(world: World): Promise<number> {
  const begun = performance.now();
  for (;;) {
    const { open } = (await world.patiently(() =>
      world.database
        .as(SERVICE)
        .row<{ open: number }>(
          sql`SELECT count(*)::int AS open FROM deadline WHERE kind = 'feedback' AND state = 'open'`,
        ),
    ))!;
    if (open === 0 || performance.now() - begun > BOUND_MS) return open;
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
}

async function lookAt({ database, model }: World): Promise<Undone> {
  const found = await database.as(SERVICE).row<Undone>(
    sql`SELECT
       (SELECT count(*)::int FROM deadline_step s JOIN deadline d ON d.id = s.deadline_id
        WHERE s.state = 'waiting' AND d.state = 'open' AND s.fire_at <= mash.now()) AS due,
       (SELECT count(*)::int FROM referral r LEFT JOIN deadline d
          ON d.referral_id = r.id AND d.kind = 'decision' AND d.state = 'open'
        WHERE r.status <> 'decided' AND (d.id IS NULL OR ((d.policy_version, d.calendar_version) <> (${model.versions.policy}, ${model.versions.calendar})
          AND NOT EXISTS (SELECT 1 FROM alert WHERE deadline_id = d.id)))) AS stale`,
  );
  return found!;
}
