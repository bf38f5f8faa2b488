import { Agencies, Staff, type StaffActor } from '#access';
import { DEFAULT_POLICY, type AlertGroup } from '#domain';
import { PolicyVersion, rowsOf, SERVICE, sql } from '#store';
import pg from 'pg';
import { HubAtWork, type Team } from '../../scripts/hub/past/hub-at-work.ts';
import { loadWorld } from '../../scripts/hub/past/load-world.ts';
import { pastReferrals } from '../../scripts/hub/past/make-past.ts';
import type { FreshDatabase } from '../fresh-database.ts';
import { copyReferrals, withoutIndexes } from './copies.ts';

/** How many referrals, as near as chance comes to it. */
export interface Size {
  readonly decided: number;
  readonly open: number;
}

const SEED = 7;
const YEARS = 10;
/** A year has as many referrals as this times a usual working day, with weekends, holidays and terms. */
const WORKING_DAYS = 280;
/** Referrals that are stored, and then copied, at a time. */
const BATCH = 250;
/** Referrals that come on a usual working day, for each that is open in the end. */
const COME_FOR_ONE_OPEN = 0.25;
/** Days back from which referrals are still open, and how much longer these take. */
const OPEN_FOR_DAYS = 8;
const OPEN_SLOWNESS = 9;
const AGENCIES = 120;
/** What is made here may be lost: it is not what is measured. */
const WHILE_FILLING = ['autovacuum = off', 'fsync = off', 'full_page_writes = off', `max_wal_size = '8GB'`];
const KINDS = [
  ['police', '6'], ['school', '2A'], ['school', '2A'], ['school', '2A'], ['school', '2A'], ['hospital', '3E'], ['gp', '3A'],
  ['health_visitor', '3B'], ['public', '1A'], ['housing', '4'], ['midwifery', '3F'], ['voluntary', '8'], ['probation', '7'],
  ['adult_social_care', '5A'], ['other_authority', '5C'], ['education_service', '2B'],
] as const; // prettier-ignore

/**
 * Fills a database with ten years of decided referrals, and with open ones that came in the last days. Each week has
 * referrals of its own, made under its own bank holidays, clocks and policy; those are copied to the number. Memory holds
 * one batch.
 *
 * @param copies of each decided referral that is made, so many are there
 * @returns how many there are
 */
export async function manyDecided(fresh: FreshDatabase, { decided, open }: Size, copies: number): Promise<Size> {
  const team = await addTeam(fresh);
  await addAgencies(fresh);
  const now = await fresh.database.now();
  const from = now.toZonedDateTimeISO('Europe/London').subtract({ years: YEARS }).toInstant();
  await changePolicyOnce(fresh, from);
  // A connection that may take its time, and rows as they would be without the checks of each.
  const client = new pg.Client({ connectionString: fresh.url });
  await client.connect();
  await client.query(`SET session_replication_role = replica`);
  // So the trigger that chains the record is off: what is made here has no place in the chain.
  await client.query(`ALTER TABLE audit_entry ALTER COLUMN lane DROP NOT NULL, ALTER COLUMN lane_seq DROP NOT NULL,
    ALTER COLUMN hash DROP NOT NULL`);
  // No table has statistics while it is filled: each row is looked up by its index, however few there seem to be.
  await client.query(`SET enable_seqscan = off`);
  for (const setting of WHILE_FILLING) await client.query(`ALTER SYSTEM SET ${setting}`);
  await client.query(`SELECT pg_reload_conf()`);
  const makeIndexes = await withoutIndexes(client);
  const until = now.subtract({ hours: 24 * OPEN_FOR_DAYS });
  const world = await fresh.database
    .as(SERVICE)
    .transaction((tx) => loadWorld(tx, SEED, { mailOutages: [], recordedSince: from }));
  const hub = { ...fresh, client, team, world };
  const made = await fill(hub, {
    ...{ from, until, isOverByThen: true, slowness: 1, copies },
    aWorkingDay: decided / copies / YEARS / WORKING_DAYS,
  });
  // It depends on the day of the week how many of those that came are still open: they come until there are enough.
  while (made.open < open) {
    const lately = await fill(hub, {
      ...{ from: until, until: now, isOverByThen: false, slowness: OPEN_SLOWNESS, copies: 1 },
      aWorkingDay: Math.max((open - made.open) * COME_FOR_ONE_OPEN, 1),
    });
    made.decided += lately.decided;
    made.open += lately.open;
  }
  await client.query(`SET maintenance_work_mem = '512MB'`);
  await makeIndexes();
  await client.query('VACUUM ANALYZE');
  await client.query(`ALTER SYSTEM RESET ALL`);
  await client.query(`SELECT pg_reload_conf()`);
  await client.query('CHECKPOINT');
  await client.end();
  return made;
}

interface Part {
  readonly from: Temporal.Instant;
  readonly until: Temporal.Instant;
  readonly isOverByThen: boolean;
  readonly slowness: number;
  readonly aWorkingDay: number;
  readonly copies: number;
}

/** What a part is made with. */
interface Filling extends FreshDatabase {
  readonly client: pg.Client;
  readonly team: Team;
  readonly world: Awaited<ReturnType<typeof loadWorld>>;
}

async function fill({ database, client, team, world }: Filling, part: Part) {
  const plan = {
    ...part,
    agencies: world.agencies,
    team,
    weightOf: () => 1,
    slownessOf: () => part.slowness,
    staged: [],
  };
  const size = { decided: 0, open: 0 };
  const store = async (ids: readonly string[]) => {
    await database.as(SERVICE).transaction(async (tx) => {
      await tx.rows(sql`SET LOCAL session_replication_role = replica`);
      await world.rows.store(tx);
    });
    if (part.copies > 1) await copyReferrals(client, ids, part.copies);
  };
  // PostgreSQL stores and copies one batch while the next is made.
  let storing = Promise.resolve();
  let ids: string[] = [];
  for (const { row } of pastReferrals(world, new HubAtWork(world, team), plan)) {
    ids.push(row.id);
    size[row.status === 'decided' ? 'decided' : 'open'] += part.copies;
    await new Promise((resolve) => setImmediate(resolve));
    if (ids.length < BATCH) continue;
    await storing;
    storing = store(ids);
    // A failure is thrown where it is waited for.
    storing.catch(() => undefined);
    ids = [];
  }
  await storing;
  await store(ids);
  return size;
}

/** Twelve people who decide, four managers, and the emergency duty team. */
async function addTeam({ database }: FreshDatabase): Promise<Team> {
  const staff = new Staff(database);
  const add = async (
    name: string,
    role: StaffActor['role'],
    alertGroups: readonly AlertGroup[],
  ): Promise<StaffActor> => {
    const subject = name.toLowerCase().replace(' ', '.');
    const id = await staff.add({ subject, name, email: `${subject}@hub.example.org`, role, alertGroups }, SERVICE);
    return { kind: 'staff', id, name, role };
  };
  const several = (count: number, name: string, role: StaffActor['role'], groups: readonly AlertGroup[]) =>
    Promise.all(
      Array.from({ length: count }, (_, place) => add(`${name} ${String.fromCharCode(65 + place)}`, role, groups)),
    );
  return {
    screeners: await several(6, 'Screener', 'screener', ['duty_team']),
    socialWorkers: await several(12, 'Worker', 'social_worker', []),
    managers: [
      ...(await several(4, 'Manager', 'manager', ['practice_manager'])),
      ...(await several(1, 'Service', 'service_manager', ['service_manager'])),
      ...(await several(1, 'Head', 'head_of_service', ['head_of_service'])),
    ],
    outOfHours: {
      workers: await several(3, 'Night', 'social_worker', ['emergency_duty_team']),
      managers: await several(2, 'Call', 'manager', ['on_call_manager']),
    },
  };
}

async function addAgencies({ database }: FreshDatabase): Promise<void> {
  const agencies = new Agencies(database);
  for (let number = 0; number < AGENCIES; number++) {
    const [kind, sourceCode] = KINDS[number % KINDS.length]!;
    await agencies.add({ name: `Agency ${number}`, kind, sourceCode }, SERVICE);
  }
}

/** Half the years have one policy and half another. */
async function changePolicyOnce({ database }: FreshDatabase, from: Temporal.Instant): Promise<void> {
  const { green } = DEFAULT_POLICY.ratings;
  const ratings = { ...DEFAULT_POLICY.ratings, green: { ...green, decisionDue: { workingDays: 2 } } };
  await database.as(SERVICE).transaction(async (tx) => {
    const effectiveFrom = from.add({ hours: 24 * 365 * (YEARS / 2) });
    await tx.insert(rowsOf(PolicyVersion, { version: 2, policy: { ...DEFAULT_POLICY, ratings }, effectiveFrom }));
  });
}
