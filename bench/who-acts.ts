import { raw, SERVICE, sql, type Database } from '#store';

/** What processes do beside one another, and what each act is called in the figures. */
export const ACTS = {
  accepted: 'referrals accepted',
  /** Those of a referral: what is done each night does not come into it. */
  done: 'jobs done',
  fired: 'alerts fired',
  sent: 'messages sent',
} as const;
export type Act = keyof typeof ACTS;

/** The database as a process sees it that has a user of its own. */
export function asUser(user: string, url: string): string {
  const own = new URL(url);
  own.username = own.password = user;
  return own.toString();
}

/** Makes users for processes, and triggers that note which of them did what. */
export async function noteWhoActs(database: Database, users: readonly string[]): Promise<void> {
  const made = users.map(
    (user) => `IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '${user}') THEN
      CREATE ROLE ${user} SUPERUSER LOGIN PASSWORD '${user}'; END IF;`,
  );
  const noted = (act: Act, table: string, when: string, condition: string) => `
    CREATE TRIGGER bench_${act} AFTER ${when} ON ${table} FOR EACH ROW WHEN (${condition})
      EXECUTE FUNCTION bench_note('${act}');`;
  await database.as(SERVICE).run(
    sql`${raw(`
    DO $$ BEGIN ${made.join('\n')} END $$;
    CREATE TABLE bench_act (id uuid NOT NULL, act text NOT NULL, who text NOT NULL DEFAULT session_user);
    CREATE FUNCTION bench_note() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN INSERT INTO bench_act (id, act) VALUES (NEW.id, TG_ARGV[0]); RETURN NULL; END $$;
    ${noted('accepted', 'referral', 'INSERT', 'true')}
    ${noted('done', 'job', 'UPDATE', `OLD.completed_at IS NULL AND NEW.completed_at IS NOT NULL AND NEW.payload ? 'referralId'`)}
    ${noted('fired', 'alert', 'INSERT', 'NEW.referral_id IS NOT NULL')}
    ${noted('sent', 'delivery', 'UPDATE', "OLD.state <> 'accepted' AND NEW.state = 'accepted' AND NEW.purpose = 'alert'")}`)}`,
  );
}

/**
 * How much of each act each user did.
 *
 * @throws Error when something was done twice
 */
export async function whoDidWhat(database: Database) {
  const service = database.as(SERVICE);
  const twice = await service.rows(sql`SELECT id FROM bench_act GROUP BY id, act HAVING count(*) > 1`);
  if (twice.length > 0) throw new Error(`${twice.length} things were done twice`);
  const rows = await service.rows<{ act: Act; who: string; n: number }>(
    sql`SELECT act, who, count(*) AS n FROM bench_act GROUP BY act, who ORDER BY who`,
  );
  const shares: Record<Act, Record<string, number>> = { accepted: {}, done: {}, fired: {}, sent: {} };
  for (const { act, who, n } of rows) shares[act][who] = n;
  return shares;
}
