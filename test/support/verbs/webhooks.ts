import { SERVICE, sql, type Database } from '#store';

/** What no code of ours does to what agencies are told. */
export function webhooksOf(database: Database) {
  const does = async (damage: ReturnType<typeof sql>) => void (await database.as(SERVICE).rows(damage));
  return {
    /** A referral is another agency's. */
    givesReferralTo: (reference: string, agencyId: string) =>
      database.as(SERVICE).transaction(async (tx) => {
        await tx.rows(sql`SET LOCAL session_replication_role = replica`);
        await tx.rows(sql`UPDATE referral SET agency_id = ${agencyId} WHERE reference = ${reference}`);
      }),
    /** Ids of all endpoints, the first at the top. */
    endpoints: async () =>
      (await database.as(SERVICE).rows<{ id: string }>(sql`SELECT id FROM webhook_endpoint ORDER BY added_at, id`)).map(
        ({ id }) => id,
      ),
    switchesOff: (id: string) =>
      does(sql`UPDATE webhook_endpoint SET off_since = mash.now(), off_because = 'gone' WHERE id = ${id}`),
    /** A delivery that is at its end. @returns its id */
    aDelivery: async (endpointId: string) =>
      (await database.as(SERVICE).row<{ id: string }>(sql`
        INSERT INTO webhook_delivery (id, endpoint_id, message_id, type, made_at, state, attempts, failures, settled_at)
        VALUES (gen_random_uuid(), ${endpointId}, gen_random_uuid(), 'webhook.test', mash.now(), 'delivered', 0, 0,
          mash.now()) RETURNING id`))!.id,
    /** The rows of webhooks as a dump has them. */
    dumpOfWebhooks: async () =>
      (await database.as(SERVICE).row<{ text: string }>(sql`
        SELECT jsonb_agg(to_jsonb(e))::text || (SELECT coalesce(jsonb_agg(to_jsonb(d))::text, '') FROM webhook_delivery d)
          AS text FROM webhook_endpoint e`))!.text,
    /** The secret of an endpoint as it is stored. */
    storedSecret: async (id: string) =>
      (await database
        .as(SERVICE)
        .row<{ secret: Buffer | null }>(sql`SELECT secret FROM webhook_endpoint WHERE id = ${id}`))!.secret,
    /** Every connection with an open transaction is cut, as when its process dies. */
    sendersDie: () =>
      does(sql`
        SELECT pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid() AND state = 'idle in transaction'`),
    openWebhookJobs: async () =>
      (await database
        .as(SERVICE)
        .row<{ n: number }>(
          sql`SELECT count(*)::int AS n FROM job WHERE name = 'send-webhooks' AND completed_at IS NULL`,
        ))!.n,
  };
}
