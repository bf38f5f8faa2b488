import { SERVICE, sql, type Database } from '#store';

/** Decided referrals by the thousand: for lists that no test could decide one by one. */
export function decidedOf(database: Database) {
  return {
    /** Copies a decided referral with its decision and its response time, each copy a minute earlier than the one before. */
    copiesDecided: async (reference: string, count: number) =>
      void (await database.as(SERVICE).rows(sql`
        WITH original AS (
          SELECT r AS referral, d AS decision, t AS response_time FROM referral r
          JOIN response_time t ON t.id = r.response_time_id JOIN decision d ON d.id = t.decision_id
          WHERE r.reference = ${reference}),
        copy AS (
          SELECT original.*, n, gen_random_uuid() AS referral_id, gen_random_uuid() AS decision_id,
            gen_random_uuid() AS response_time_id
          FROM original CROSS JOIN generate_series(1, ${count}::int) n),
        referrals AS (
          INSERT INTO referral SELECT row.* FROM copy CROSS JOIN LATERAL jsonb_populate_record(referral, jsonb_build_object(
            'id', referral_id, 'reference', (referral).reference || '-' || n, 'response_time_id', response_time_id)) row),
        decisions AS (
          INSERT INTO decision SELECT row.* FROM copy CROSS JOIN LATERAL jsonb_populate_record(decision, jsonb_build_object(
            'id', decision_id, 'referral_id', referral_id, 'form_id', NULL)) row)
        INSERT INTO response_time SELECT row.* FROM copy CROSS JOIN LATERAL jsonb_populate_record(response_time,
          jsonb_build_object('id', response_time_id, 'referral_id', referral_id, 'decision_id', decision_id,
            'received_at', (response_time).received_at - n * interval '1 minute',
            'effective_at', (response_time).effective_at - n * interval '1 minute')) row`)),
  };
}
