import { createHash, randomBytes, randomUUIDv7 } from 'node:crypto';
import type { SubmittedReferral } from '#domain';
import type pg from 'pg';

/**
 * The facts of one accepted referral by the leanest SQL that we can write: one prepared statement with its VALUES, one
 * commit. The tables have their keys, indexes and triggers. No token, key or field is looked at, no rule and no calendar
 * is asked, and no job is handed over. It knows the scenario of the bench: one child, two adults, an amber.
 */
export async function insertLean(
  pool: pg.Pool,
  agencyId: string,
  key: string,
  referral: SubmittedReferral,
): Promise<void> {
  const { children, adults = [], ...submitted } = referral;
  const [id, deadlineId] = [randomUUIDv7(), randomUUIDv7()];
  const reference = `MASH-${randomBytes(5).toString('hex').slice(0, 9)}`;
  const now = new Date();
  const after = (hours: number) => new Date(now.getTime() + hours * 3_600_000);
  const asJson = (value: unknown) => JSON.stringify(value);
  await pool.query({
    name: 'lean',
    text: LEAN,
    values: [
      ...[id, reference, agencyId, asJson(submitted), referral.concern.types, now, after(24), after(24)],
      ...[asJson(children[0]), 'addertonrileych', '2011-08-29', asJson(adults[0]), asJson(adults[1])],
      ...[randomUUIDv7(), deadlineId, ...[4, 6, 24, 26].flatMap((hours) => [randomUUIDv7(), after(hours)])],
      ...[key, createHash('sha256').update(asJson(referral)).digest(), asJson({ reference }), randomUUIDv7()],
      ...[randomUUIDv7(), randomUUIDv7(), asJson({ referralId: id })],
    ],
  });
}

const LADDER = `'[{"channels":["email","teams","webhook"],"afterMinutes":0},{"channels":["sms"],"afterMinutes":60}]'`;
const step = (id: number, position: number, repetition: number, tell: string) => `
  ($${id}, $15, ${position}, ${repetition}, $${id + 1}, ${position === 0}, '${tell}', 'waiting', 2, $${id + 1}, ${LADDER})`;

const LEAN = `WITH
r AS (INSERT INTO referral (id, reference, agency_id, source_code, channel, status, version, rating, urgency,
    immediate_danger, submitted, concern_types, received_at, decision_due_at, statutory_due_at, last_changed_at)
  VALUES ($1, $2, $3, '6', 'api', 'awaiting_decision', 1, 'amber', 2, false, $4, $5, $6, $7, $8, $6)),
c AS (INSERT INTO referral_child (referral_id, position, submitted, name_key, date_of_birth) VALUES ($1, 0, $9, $10, $11)),
a AS (INSERT INTO referral_adult (referral_id, position, submitted) VALUES ($1, 0, $12), ($1, 1, $13)),
g AS (INSERT INTO rating (id, referral_id, rating, matched, at) VALUES ($14, $1, 'amber',
  '[{"id":"A01","rating":"amber","because":"A concern that may need a statutory or specialist service"}]', $6)),
d AS (INSERT INTO deadline (id, referral_id, kind, generation, rating, urgency, due_at, state, armed_at, policy_version,
  calendar_version) VALUES ($15, $1, 'decision', 1, 'amber', 2, $7, 'open', $6, 1, 1)),
s AS (INSERT INTO deadline_step (id, deadline_id, position, repetition, at, only_if_unclaimed, tell, state, urgency,
  fire_at, ladder) VALUES ${[
    step(16, 0, 0, '{duty_team}'),
    step(18, 1, 0, '{practice_manager}'),
    step(20, 2, 0, '{practice_manager,service_manager}'),
    step(22, 3, 1, '{practice_manager,service_manager}'),
  ].join()}),
k AS (INSERT INTO idempotency_key (agency_id, key, fingerprint, referral_id, answer, created_at)
  VALUES ($3, $24, $25, $1, $26, $6)),
e AS (INSERT INTO audit_entry (id, at, actor_kind, actor_id, act, referral_id, details)
  VALUES ($27, $6, 'agency', $3, 'referral.submitted', $1, '{"rating":"amber"}'))
INSERT INTO job (id, name, payload, priority, created_at, run_after) VALUES
  ($28, 'match-earlier-referrals', $30, 2, $6, $6), ($29, 'acknowledge-referral', $30, 2, $6, $6)`;
