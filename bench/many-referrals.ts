import { SubmitReferral } from '#referrals';
import { raw, SERVICE, sql, type Sql } from '#store';
import { randomUUID } from 'node:crypto';
import { composeHub } from '../scripts/hub/whole-hub.ts';
import { scenarioBody, type FreshDatabase } from './fresh-database.ts';

export const SCENARIOS = {
  red: '02-spiral-fracture-changing-account',
  amber: '25-seventh-missing-episode',
  green: '39-food-bank-short-of-money',
} as const;

/** What holds a referral, what others refer to first, with the columns that name a row of the referral's own. */
const TABLES: readonly { table: string; own: readonly string[]; text?: string }[] = [
  { table: 'referral', own: ['id'], text: 'reference' },
  { table: 'referral_child', own: ['referral_id'] },
  { table: 'referral_adult', own: ['referral_id'] },
  { table: 'rating', own: ['id', 'referral_id'] },
  { table: 'idempotency_key', own: ['referral_id'], text: 'key' },
  { table: 'audit_entry', own: ['id', 'referral_id'] },
  { table: 'deadline', own: ['id', 'referral_id'] },
  { table: 'deadline_step', own: ['id', 'deadline_id'] },
];

/**
 * Receives one referral as an agency sends it, and copies it row by row until there are so many: every copy has its
 * children, deadlines, steps and audit entry. What is to be done for them is marked as done.
 */
export async function manyReferrals(
  { database, agencyId }: Pick<FreshDatabase, 'database' | 'agencyId'>,
  rating: keyof typeof SCENARIOS,
  count: number,
): Promise<void> {
  const hub = await composeHub(database);
  const { answer } = await hub.get(SubmitReferral).execute({
    agencyId,
    idempotencyKey: randomUUID(),
    referral: scenarioBody(SCENARIOS[rating]),
  });
  await hub.close();
  await database.as(SERVICE).rows(sql`UPDATE job SET completed_at = mash.now() WHERE completed_at IS NULL`);
  await database.as(SERVICE).rows(MILLISECONDS_EARLIER);
  const first = await database
    .as(SERVICE)
    .row<{ id: string }>(sql`SELECT id FROM referral WHERE reference = ${answer.reference}`);
  for (const { table, own, text } of TABLES) {
    const changed = own.map((column) => `'${column}', bench_earlier(original.${column}, n)`);
    if (text !== undefined) changed.push(`'${text}', original.${text} || '-' || n`);
    await database.as(SERVICE).rows(sql`
      INSERT INTO ${raw(table)} SELECT copy.* FROM ${raw(table)} original CROSS JOIN generate_series(1, ${count - 1}::int) n
      CROSS JOIN LATERAL jsonb_populate_record(original, jsonb_build_object(${raw(changed.join(', '))})) copy
      WHERE ${ofReferral(table, first!.id)}`);
  }
}

function ofReferral(table: string, id: string): Sql {
  if (table === 'referral') return sql`original.id = ${id}`;
  return table === 'deadline_step'
    ? sql`original.deadline_id IN (SELECT id FROM deadline WHERE referral_id = ${id})`
    : sql`original.referral_id = ${id}`;
}

/** Copies keep the order in time that ids made by the service have: indexes grow as they would. */
const MILLISECONDS_EARLIER = sql`
  CREATE OR REPLACE FUNCTION bench_earlier(id uuid, n integer) RETURNS uuid LANGUAGE sql IMMUTABLE AS $$
    SELECT (lpad(to_hex(('x' || left(replace(id::text, '-', ''), 12))::bit(48)::bigint - n), 12, '0')
      || substr(replace(id::text, '-', ''), 13))::uuid
  $$`;
