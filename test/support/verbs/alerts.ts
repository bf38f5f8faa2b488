import type { AlertGroup, Rung } from '#domain';
import { SERVICE, sql, type Database, type Delivery, type Purpose, type Sql } from '#store';
import { until } from '../until.ts';

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
  const deliveriesWhere = (condition: Sql) =>
    database.as(SERVICE).rows<DeliveryRow>(
      sql`SELECT delivery.id, delivery.channel, recipient_id AS "recipientId", delivery.state, delivery.attempts,
         next_attempt_at AS "nextAttemptAt", message_id AS "messageId", failure
       FROM delivery JOIN alert ON alert.id = alert_id LEFT JOIN referral ON referral.id = alert.referral_id
       WHERE ${condition} ORDER BY fired_at, alert_id, delivery.channel, delivery.id`,
    );
  return {
    /** The alerts of a referral in order: when each fired, by London's clock, and the groups that it told. */
    alertsOf: (reference: string) => fired(sql`reference = ${reference}`),
    /** The same of a kind of deadline. */
    alertsOfKind: (kind: string) => fired(sql`kind = ${kind}`),
    /** The deliveries of the alerts of a kind of deadline. */
    deliveriesOfKind: (kind: string) =>
      deliveriesWhere(sql`alert.deadline_id IN (SELECT id FROM deadline WHERE kind = ${kind})`),
    alertCount: () => counted(sql`alert`),
    /** Alerts that told people: a canary tells no person. */
    tellingAlertCount: () => counted(sql`alert WHERE told <> '{}'`),
    /** How many alerts that told people each deadline has. */
    tellingAlertsOfDeadlines: async () =>
      (
        await database
          .as(SERVICE)
          .rows<{ n: number }>(
            sql`SELECT count(*) AS n FROM alert WHERE told <> '{}' GROUP BY deadline_id ORDER BY deadline_id`,
          )
      ).map(({ n }) => n),
    deliveryCount: (purpose: Purpose) => counted(sql`delivery WHERE purpose = ${purpose}`),
    /** Milliseconds between the time of each step and the firing of its alert. */
    lateness: async () =>
      (
        await database.as(SERVICE).rows<{ ms: number }>(
          sql`SELECT extract(epoch FROM a.fired_at - s.fire_at)::float8 * 1000 AS ms
           FROM alert a JOIN deadline_step s ON s.id = a.id ORDER BY a.fired_at`,
        )
      ).map(({ ms }) => ms),
    /** Every step that is due has fired. */
    untilNothingIsDue: () =>
      until(async () => (await counted(sql`deadline_step WHERE state = 'waiting' AND at <= mash.now()`)) === 0),
    untilEveryDeliveryIsAccepted: () =>
      until(async () => (await counted(sql`delivery WHERE state <> 'accepted'`)) === 0),
    untilNoDeliveryIsOnItsWay: () =>
      until(async () => (await counted(sql`delivery WHERE state IN ('queued', 'sending')`)) === 0),
    stepCount: (state: 'waiting' | 'passed_over') => counted(sql`deadline_step WHERE state = ${state}`),
    /** How many steps of a referral have still to fire. */
    waitingStepsOf: async (reference: string) =>
      (await database.as(SERVICE).row<{ n: number }>(
        sql`SELECT count(*) AS n FROM deadline_step s JOIN deadline d ON d.id = deadline_id JOIN referral r ON r.id = d.referral_id
         WHERE reference = ${reference} AND s.state = 'waiting'`,
      ))!.n,
    /** Until when each acknowledgement of a referral pauses its chain, and until when the deadline says that it does. */
    pausesOf: async (reference: string) =>
      (
        await database.as(SERVICE).rows<{ acknowledged: Temporal.Instant; deadline: Temporal.Instant }>(
          sql`SELECT k.paused_until AS acknowledged, d.paused_until AS deadline FROM acknowledgement k
           JOIN deadline d ON d.id = k.deadline_id JOIN referral r ON r.id = d.referral_id WHERE reference = ${reference}`,
        )
      ).map(({ acknowledged, deadline }) => ({
        acknowledged: acknowledged.toString(),
        deadline: deadline.toString(),
      })),
    deliveries: () => deliveriesWhere(sql`true`),
    deliveriesTo: ({ id }: { readonly id: string }) => deliveriesWhere(sql`recipient_id = ${id}`),
    deliveriesOf: (reference: string) => deliveriesWhere(sql`reference = ${reference}`),
    /** The letter that acknowledges a referral. */
    letterOf: async (reference: string) =>
      (await database.as(SERVICE).row<{ id: string; state: string; messageId: string | null; attempts: number }>(
        sql`SELECT v.id, v.state, v.message_id AS "messageId", v.attempts
            FROM delivery v JOIN referral r ON r.id = v.referral_id WHERE reference = ${reference}`,
      ))!,
    /** As when the worker that sends the letter has died before it heard of the provider. */
    letterIsOnItsWay: async (id: string) =>
      void (await database.as(SERVICE).rows(
        sql`UPDATE delivery SET state = 'sending', message_id = id, attempts = attempts + 1, sent_at = mash.now(),
              lease_owner = gen_random_uuid(), lease_until = mash.now() + interval '10 seconds' WHERE id = ${id}`,
      )),
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
    /** Every step but the repeats is due at an instant of its own, a tenth of a second apart, from so many seconds on. */
    stepsFallDueOneByOne: async (fromSeconds: number) =>
      void (await database.as(SERVICE).rows(
        sql`UPDATE deadline_step SET at = due.at, fire_at = due.at FROM (
           SELECT id, (SELECT mash.now()) + make_interval(secs => ${fromSeconds} + row_number() OVER (ORDER BY id) * 0.1) AS at
           FROM deadline_step WHERE state = 'waiting' AND repetition = 0) due WHERE due.id = deadline_step.id`,
      )),
    /** Every first repeat is due in so many seconds. */
    firstRepeatsAreDueIn: async (seconds: number) =>
      void (await database.as(SERVICE).rows(
        sql`UPDATE deadline_step SET at = (SELECT mash.now()) + make_interval(secs => ${seconds}),
           fire_at = (SELECT mash.now()) + make_interval(secs => ${seconds}) WHERE repetition = 1 AND state = 'waiting'`,
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
