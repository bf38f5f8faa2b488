import { SERVICE, sql } from '#store';
import type { Expected, ModelReferral } from './model-referral.ts';
import { verifyChildren } from './verify-children.ts';
import type { Violation, Wrong } from './violation.ts';
import { BOUND_MS, LOOK_EVERY_MS } from './settle.ts';
import type { World } from './world.ts';

interface StoredAlert {
  readonly reference: string;
  readonly generation: number;
  readonly position: number;
  readonly repetition: number;
  readonly stepAt: Temporal.Instant;
  readonly firedAt: Temporal.Instant;
  readonly deliveries: number;
}

interface StoredReferral {
  readonly reference: string;
  readonly answered: string;
  readonly key: string;
  readonly status: string;
  readonly rating: string;
  readonly dueAt: Temporal.Instant;
}

/** Compares the hub with the model of it. */
export async function verify(world: World): Promise<readonly Violation[]> {
  const [referrals, alerts, followUps, answers, children] = await Promise.all([
    verifyReferrals(world),
    verifyAlerts(world),
    verifyFollowUps(world),
    verifyAnswers(world),
    verifyChildren(world),
  ]);
  return [...referrals, ...alerts, ...followUps, ...answers, ...children, ...(await verifyInvariants(world))];
}

/**
 * What must always hold, as the watchdog sees it. What waits to be sent may wait a moment after a jump of the clock;
 * a hand-over that a worker finds late is due at once, and fires a moment later.
 */
async function verifyInvariants({ invariants, database, model }: World): Promise<readonly Violation[]> {
  const begun = performance.now();
  for (;;) {
    const broken = (await invariants.execute()).filter(({ invariant }) => invariant !== 'I2');
    const [first] = broken;
    if (first === undefined) return [];
    const maySettle = broken.every(({ invariant }) => invariant === 'I1');
    if (!maySettle || performance.now() - begun > BOUND_MS) {
      // The alerts that I4 counts.
      const alerts = await database.as(SERVICE).rows<Record<string, unknown>>(sql`
        SELECT d.kind, d.subject, d.state, d.armed_at AS "armedAt", a.step_at AS "stepAt", a.fired_at AS "firedAt", d.ended_at AS "endedAt"
        FROM alert a JOIN deadline d ON d.id = a.deadline_id
        WHERE a.fired_at < a.step_at OR (d.kind <> 'canary' AND a.fired_at > d.ended_at)
        ORDER BY a.fired_at DESC LIMIT 5`);
      // The differences that I7 counts.
      const reckoned = await database
        .as(SERVICE)
        .row<{ differences: unknown }>(sql`SELECT differences FROM recomputation ORDER BY at DESC LIMIT 1`);
      const what = `${JSON.stringify(broken)} at ${model.now.toString()}: ${JSON.stringify(alerts)}, ${JSON.stringify(reckoned?.differences)}`;
      return [{ wrong: 'invariant', what }];
    }
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
}

/**
 * Every delivery has come to its end, those about the service itself as well. What fired at this very instant, such as
 * a canary of the last move, may still be under way. So have the answers to the referrers of what was decided.
 */
export async function verifyDeliveries({ database }: World): Promise<readonly Violation[]> {
  const open = await database.as(SERVICE).rows<Record<string, unknown>>(
    sql`SELECT v.channel, v.state, v.failure, v.attempts, v.lease_until AS "leaseUntil", v.next_attempt_at AS "nextAttemptAt",
       d.kind, d.state AS deadline FROM delivery v JOIN alert a ON a.id = v.alert_id
     JOIN deadline d ON d.id = a.deadline_id WHERE v.state NOT IN ('accepted', 'delivered', 'not_needed') AND a.fired_at < mash.now()`,
  );
  const letters = await database.as(SERVICE).rows<Record<string, unknown>>(
    sql`SELECT v.channel, v.state, v.failure, v.attempts, f.state AS feedback FROM delivery v
     JOIN feedback f ON f.id = v.feedback_id WHERE v.state NOT IN ('accepted', 'delivered', 'not_needed')`,
  );
  return [...open, ...letters].map((one) => ({ wrong: 'undelivered', what: JSON.stringify(one) }));
}

async function verifyReferrals({ database, model, accepted }: World): Promise<readonly Violation[]> {
  const stored = await database.as(SERVICE).rows<StoredReferral>(
    sql`SELECT r.reference, k.answer->>'reference' AS answered, k.key, r.status, r.rating, r.decision_due_at AS "dueAt"
     FROM idempotency_key k JOIN referral r ON r.id = k.referral_id WHERE k.key = ANY(${model.referrals.map(({ key }) => key)})`,
  );
  const { n } = (await database.as(SERVICE).row<{ n: number }>(sql`SELECT count(*)::int AS n FROM referral`))!;
  const violations = model.referrals.flatMap((referral) => compare(referral, stored));
  if (n !== accepted) violations.push({ wrong: 'lost', what: `${accepted} referrals were accepted, ${n} are there` });
  return violations;
}

function compare(referral: ModelReferral, stored: readonly StoredReferral[]): Violation[] {
  const { reference, key, status, rating, dueAt } = referral;
  const found = stored.filter((one) => one.key === key);
  const one = found[0];
  if (found.length !== 1 || one!.reference !== reference || one!.answered !== reference) {
    return [{ wrong: 'lost', what: `${reference} is there ${found.length} times under its key` }];
  }
  const isSame = one!.status === status && one!.rating === rating && one!.dueAt.equals(dueAt);
  if (isSame) return [];
  const expected = JSON.stringify({ status, rating, dueAt });
  return [{ wrong: 'other', what: `${reference} is ${JSON.stringify(one)} and must be ${expected}` }];
}

/** Each decided referral owes its referrer one answer, with a clock until they are told; no other referral owes one. */
async function verifyAnswers({ database, model }: World): Promise<readonly Violation[]> {
  const wrong = await database.as(SERVICE).rows<{ reference: string; answers: number; clocks: number }>(sql`
    SELECT r.reference, count(f.id)::int AS answers, count(d.id)::int AS clocks
    FROM referral r LEFT JOIN feedback f ON f.referral_id = r.id AND f.state <> 'withdrawn'
    LEFT JOIN deadline d ON d.kind = 'feedback' AND d.subject = r.reference || ' ' || f.id AND d.state = 'open'
    WHERE r.reference = ANY(${model.referrals.map(({ reference }) => reference)})
    GROUP BY r.id
    HAVING count(f.id) <> CASE r.status WHEN 'decided' THEN 1 ELSE 0 END
      OR count(d.id) <> count(f.id) FILTER (WHERE f.state IN ('owed', 'awaiting_leave'))`);
  return wrong.map((one) => ({ wrong: 'other', what: `${one.reference}: ${JSON.stringify(one)}` }));
}

async function verifyAlerts({ database, model }: World): Promise<readonly Violation[]> {
  const stored = await database.as(SERVICE).rows<StoredAlert>(
    sql`SELECT r.reference, d.generation, s.position, s.repetition, a.step_at AS "stepAt", a.fired_at AS "firedAt",
       (SELECT count(*)::int FROM delivery WHERE alert_id = a.id) AS deliveries
     FROM referral r JOIN alert a ON a.referral_id = r.id JOIN deadline d ON d.id = a.deadline_id
     JOIN deadline_step s ON s.id = a.id WHERE r.reference = ANY(${model.referrals.map(({ reference }) => reference)})`,
  );
  const byReferral = Map.groupBy(stored, ({ reference }) => reference);
  return model.referrals.flatMap(({ reference, alerts, possible }) => {
    const own = byReferral.get(reference) ?? [];
    const raced = possible.filter((alert) => own.some((one) => name(one) === name(alert)));
    return compareAlerts(reference, [...alerts, ...raced], own);
  });
}

/** The alerts of what must follow, as those of referrals: none missed, none twice, none early, none after its end. */
async function verifyFollowUps({ database, model }: World): Promise<readonly Violation[]> {
  const subjects = model.followUps.map((followUp) => followUp.name.subject);
  const stored = await database.as(SERVICE).rows<StoredAlert>(sql`
    SELECT d.kind || ' ' || d.subject AS reference, d.generation, s.position, s.repetition, a.step_at AS "stepAt",
      a.fired_at AS "firedAt", (SELECT count(*)::int FROM delivery WHERE alert_id = a.id) AS deliveries
    FROM deadline d JOIN alert a ON a.deadline_id = d.id JOIN deadline_step s ON s.id = a.id
    WHERE d.subject = ANY(${subjects})`);
  const byName = Map.groupBy(stored, ({ reference }) => reference);
  return model.followUps.flatMap(({ name: { kind, subject }, alerts, possible }) => {
    const own = byName.get(`${kind} ${subject}`) ?? [];
    const raced = possible.filter((alert) => own.some((one) => name(one) === name(alert)));
    return compareAlerts(`${kind} ${subject}`, [...alerts, ...raced], own);
  });
}

const name = ({ generation, position, repetition }: Expected | StoredAlert) =>
  `generation ${generation}, step ${position}, repetition ${repetition}`;

function compareAlerts(reference: string, expected: readonly Expected[], stored: readonly StoredAlert[]): Violation[] {
  const violations: Violation[] = [];
  const say = (wrong: Wrong, alert: Expected | StoredAlert, more = '') =>
    violations.push({ wrong, what: `${reference}: ${name(alert)}, due ${alert.stepAt.toString()} ${more}` });
  for (const alert of expected) {
    const found = stored.filter((one) => name(one) === name(alert));
    const one = found[0];
    if (one === undefined) say('missed', alert, `must have fired at ${alert.firedAt.toString()}`);
    else if (!one.stepAt.equals(alert.stepAt)) say('other', one, `must be due ${alert.stepAt.toString()}`);
    else if (Temporal.Instant.compare(one.firedAt, alert.firedAt) < 0) say('early', one, one.firedAt.toString());
    else if (!one.firedAt.equals(alert.firedAt)) say('missed', one, `fired late, at ${one.firedAt.toString()}`);
    if (found.length > 1) say('duplicate', alert, `${found.length} times`);
    if (one?.deliveries === 0) say('undelivered', one, 'has no delivery');
  }
  for (const alert of stored) {
    if (Temporal.Instant.compare(alert.firedAt, alert.stepAt) < 0) say('early', alert, alert.firedAt.toString());
    else if (!expected.some((one) => name(one) === name(alert)))
      say('duplicate', alert, `fired at ${alert.firedAt.toString()} and must not have`);
  }
  return violations;
}
