import type { AlertGroup, Rung } from '#domain';
import { SERVICE, sql, type Database, type Delivery, type Sql } from '#store';

export type DeliveryRow = Pick<
  Delivery,
  'id' | 'channel' | 'recipientId' | 'state' | 'attempts' | 'nextAttemptAt' | 'messageId' | 'failure'
>;

const inLondon = (at: Temporal.Instant) =>
  at.toZonedDateTimeISO('Europe/London').toPlainDateTime().toString({ smallestUnit: 'minute' });

/** The alerts of a hub and what is sent of them. */
export function alertsOf(database: Database) {
  const counted = async (rows: Sql) =>
    (await database.as(SERVICE).row<{ n: number }>(sql`SELECT count(*) AS n FROM ${rows}`))!.n;
  const fired = async (which: Sql) =>
    (
      await database.as(SERVICE).rows<{ at: Temporal.Instant; told: AlertGroup[] }>(sql`
        SELECT fired_at AS at, told FROM alert JOIN deadline ON deadline.id = deadline_id
          LEFT JOIN referral ON referral.id = alert.referral_id
        WHERE ${which} ORDER BY fired_at, alert.id`)
    ).map(({ at, told }) => [inLondon(at), told.join(' ')]);
  const deliveries = () =>
    database.as(SERVICE).rows<DeliveryRow>(
      sql`SELECT id, channel, recipient_id AS "recipientId", state, attempts, next_attempt_at AS "nextAttemptAt",
         message_id AS "messageId", failure FROM delivery
       ORDER BY (SELECT fired_at FROM alert WHERE id = alert_id), alert_id, channel, id`,
    );
  return {
    /** The alerts of a referral in order: when each fired, by London's clock, and the groups that it told. */
    alertsOf: (reference: string) => fired(sql`reference = ${reference}`),
    /** The same of a kind of deadline. */
    alertsOfKind: (kind: string) => fired(sql`kind = ${kind}`),
    alertCount: () => counted(sql`alert`),
    deliveryCount: () => counted(sql`delivery`),
    /** Milliseconds between the time of each step and the firing of its alert. */
    lateness: async () =>
      (
        await database.as(SERVICE).rows<{ ms: number }>(
          sql`SELECT extract(epoch FROM a.fired_at - s.fire_at)::float8 * 1000 AS ms
           FROM alert a JOIN deadline_step s ON s.id = a.id ORDER BY a.fired_at`,
        )
      ).map(({ ms }) => ms),
    stepCount: (state: 'waiting' | 'passed_over') => counted(sql`deadline_step WHERE state = ${state}`),
    deliveries,
    deliveriesTo: async ({ id }: { readonly id: string }) =>
      (await deliveries()).filter((delivery) => delivery.recipientId === id),
    deadlineCount: (kind: string) => counted(sql`deadline WHERE kind = ${kind}`),
    /** The subjects of the open deadlines of a kind. */
    openDeadlines: async (kind: string) =>
      (
        await database
          .as(SERVICE)
          .rows<{ subject: string }>(
            sql`SELECT subject FROM deadline WHERE kind = ${kind} AND state = 'open' ORDER BY id`,
          )
      ).map(({ subject }) => subject),
    versionsOfPolicy: () => counted(sql`policy_version`),
    /** What the watchdog recorded of its last round; null before the first. */
    lastRound: () =>
      database
        .as(SERVICE)
        .row<{ holds: boolean; switchFedAt: Temporal.Instant | null }>(
          sql`SELECT holds, switch_fed_at AS "switchFedAt" FROM watchdog_round`,
        ),
    /** The last round of the watchdog, at this moment. @param findings the invariants that did not hold */
    watchdogFinds: async (findings: readonly { readonly invariant: string; readonly count: number }[]) =>
      void (await database
        .as(SERVICE)
        .rows(
          sql`INSERT INTO watchdog_round (id, checked_at, holds, findings) VALUES (1, mash.now(), ${findings.length === 0}, ${JSON.stringify(findings)})`,
        )),
    /** As a policy with another ladder would have armed the steps that wait. */
    withLadder: async (ladder: readonly Rung[]) =>
      void (await database
        .as(SERVICE)
        .rows(sql`UPDATE deadline_step SET ladder = ${JSON.stringify(ladder)} WHERE state = 'waiting'`)),
    /** So many messages more does a provider take at this moment. */
    providerTakes: async (provider: string, messages: number) =>
      void (await database.as(SERVICE).rows(
        sql`INSERT INTO sending_budget VALUES (${provider}, ${messages}, mash.now())
         ON CONFLICT (provider) DO UPDATE SET tokens = ${messages}, refilled_at = mash.now()`,
      )),
  };
}
