import type { Addressee, Rating } from '#domain';
import type { AlikeAlerts } from '#messages';
import { sql, type Transaction } from '#store';

/** Alerts of steps that are alike: they tell the same people in the same way. The lists have one entry an alert. */
export interface AlikeFired extends AlikeAlerts {
  readonly rating: Rating;
  /** The groups that are told. */
  readonly told: readonly Addressee[];
  readonly deadlineIds: readonly string[];
  readonly referralIds: readonly (string | null)[];
  /** Instants as PostgreSQL writes them. */
  readonly dueAt: readonly string[];
  readonly stepAt: readonly string[];
}

/** Stores alerts that fire now. They travel as arrays, as their deliveries do. */
export async function insertAlerts(tx: Transaction, alike: readonly AlikeFired[]): Promise<void> {
  const groups = alike.map(({ rating, told }, number) => ({ number, rating, told }));
  const numbers = alike.flatMap(({ alertIds }, number) => alertIds.map(() => number));
  await tx.run(sql`
    INSERT INTO alert (id, deadline_id, referral_id, rating, due_at, step_at, fired_at, told)
    SELECT one.id, one.deadline_id, one.referral_id, rating, one.due_at, one.step_at, ${tx.now}, told
    FROM unnest(${numbers}::int[], ${alike.flatMap(({ alertIds }) => alertIds)}::uuid[],
      ${alike.flatMap(({ deadlineIds }) => deadlineIds)}::uuid[],
      ${alike.flatMap(({ referralIds }) => referralIds)}::uuid[],
      ${alike.flatMap(({ dueAt }) => dueAt)}::timestamptz[],
      ${alike.flatMap(({ stepAt }) => stepAt)}::timestamptz[])
      AS one(number, id, deadline_id, referral_id, due_at, step_at)
    JOIN jsonb_to_recordset(${JSON.stringify(groups)}::jsonb) AS g(number int, rating text, told text[]) USING (number)`);
}
