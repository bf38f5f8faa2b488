import { SERVICE, sql } from '#store';
import { ReadQueue, NO_FILTERS } from '#work';
import { SearchReferrals } from '#referrals';
import { Staff, type StaffActor } from '#access';
import { FireDue } from '#alerts';
import { CheckInvariants } from '#watchdog';
import { playHistory } from '../../scripts/demonstration/history.ts';
import { pastOf, planOf } from '../../scripts/demonstration/past.ts';
import { pastReferrals } from '../../scripts/hub/past/make-past.ts';
import { readScenarios } from '../../scripts/demonstration/scenario-files.ts';
import { composeHub, type WholeHub } from '../../scripts/hub/whole-hub.ts';
import { createTestDatabase, type TestDatabase } from '../support/test-database.ts';

let test: TestDatabase;
let hub: WholeHub;
let now: Temporal.Instant;
let past: ReturnType<typeof pastOf>;
let manager: StaffActor;

beforeAll(async () => {
  test = await createTestDatabase();
  now = await test.database.now();
  past = pastOf(now, 'Europe/London');
  await playHistory(test.database, readScenarios());
  hub = await composeHub(test.database);
  // Steps that became due while the history was played are the worker's.
  await hub.get(FireDue).execute();
  manager = (await hub.get(Staff).bySubject('helen.brough'))!;
}, 180_000);
afterAll(async () => {
  await hub.close();
  await test.drop();
});

const rows = <T>(statement: ReturnType<typeof sql>) => test.database.as(SERVICE).rows<T>(statement);
const one = async <T>(statement: ReturnType<typeof sql>) => (await rows<T>(statement))[0]!;

it('the demonstration breaks no invariant', async () => {
  expect(await hub.get(CheckInvariants).execute()).toEqual([]);
});

it('the demonstration has referrals in each of the thirteen months before this one', async () => {
  const months = await rows<{ count: number }>(sql`
    SELECT count(*)::int AS count FROM referral WHERE received_at < ${past.badMonth.until}
    GROUP BY date_trunc('month', received_at AT TIME ZONE 'Europe/London')`);
  expect(months).toHaveLength(13);
  expect(Math.min(...months.map(({ count }) => count))).toBeGreaterThan(30);
});

it('the demonstration has nothing of the future, and nothing open but the stories of its last week', async () => {
  const { future, old } = await one<{ future: number; old: number }>(sql`
    SELECT (SELECT count(*)::int FROM audit_entry WHERE at > mash.now())
        + (SELECT count(*)::int FROM referral WHERE last_changed_at > mash.now()) AS future,
      (SELECT count(*)::int FROM referral WHERE status <> 'decided' AND received_at < ${past.until}) AS old`);
  expect({ future, old }).toEqual({ future: 0, old: 0 });
});

it('the demonstration has more referrals on Mondays than on other days', async () => {
  const days = await rows<{ day: number; count: number }>(sql`
    SELECT extract(isodow FROM received_at AT TIME ZONE 'Europe/London')::int AS day, count(*)::int AS count
    FROM referral GROUP BY 1 ORDER BY 2 DESC`);
  expect(days[0]!.day).toBe(1);
});

it('the demonstration has a bad month, an agency that waits longer, and none of both by chance', async () => {
  const groups = await rows<{ name: string; isBad: boolean; count: number; late: number }>(sql`
    SELECT agency.name, r.received_at >= ${past.badMonth.from} AND r.received_at < ${past.badMonth.until} AS "isBad",
      count(*)::int AS count, count(*) FILTER (WHERE NOT t.on_time)::int AS late
    FROM referral r JOIN response_time t ON t.id = r.response_time_id JOIN agency ON agency.id = r.agency_id GROUP BY 1, 2`);
  const all = sum(groups);
  const bad = sum(groups.filter(({ isBad }) => isBad));
  const slow = sum(groups.filter(({ name }) => name === 'Borough Housing Options Service'));
  for (const part of [bad, slow]) expect(part.late).toBeGreaterThan(furthestByChance(part.count, all.late / all.count));
});

it('the demonstration has an agency that has sent nothing for sixty days, and did before', async () => {
  const { lately, before } = await one<{ lately: number; before: number }>(sql`
    SELECT count(*) FILTER (WHERE received_at > ${now.subtract({ hours: 24 * 60 })})::int AS lately, count(*)::int AS before
    FROM referral JOIN agency ON agency.id = agency_id WHERE agency.name = 'Copperbeck Primary School'`);
  expect(lately).toBe(0);
  expect(before).toBeGreaterThan(15);
});

it('the demonstration has decided under two versions of the policy', async () => {
  const versions = await rows<{ version: number }>(sql`SELECT DISTINCT policy_version AS version FROM response_time`);
  expect(versions.map(({ version }) => version).sort()).toEqual([1, 2]);
});

it('the demonstration has an alert that reached no person, and alerts that were answered late', async () => {
  const { unreached, late } = await one<{ unreached: number; late: number }>(sql`
    SELECT count(*) FILTER (WHERE k.id IS NULL AND NOT EXISTS (SELECT 1 FROM delivery
        WHERE alert_id = a.id AND state IN ('accepted', 'delivered')))::int AS unreached,
      count(*) FILTER (WHERE k.acknowledged_at > a.fired_at + interval '15 minutes')::int AS late
    FROM alert a LEFT JOIN acknowledgement k ON k.alert_id = a.id
    WHERE a.referral_id IS NOT NULL AND a.fired_at < ${past.until}`);
  expect(unreached).toBeGreaterThan(0);
  expect(unreached).toBeLessThan(10);
  expect(late).toBeGreaterThan(10);
});

it('the demonstration has referrals that were lowered and then in time, returned, taken back, and came back worse', async () => {
  const { lowered, returned, undone, worse } = await one<Record<string, number>>(sql`
    SELECT (SELECT count(*)::int FROM response_time t JOIN deadline first ON first.referral_id = t.referral_id
        AND first.kind = 'decision' AND first.generation = 1 JOIN referral r ON r.response_time_id = t.id
        WHERE t.on_time AND t.effective_at > first.due_at AND first.urgency < r.urgency) AS lowered,
      (SELECT count(*)::int FROM sign_off WHERE result = 'returned') AS returned,
      (SELECT count(*)::int FROM undoing) AS undone,
      (SELECT count(DISTINCT r.id)::int FROM decision d JOIN referral r ON r.id = d.referral_id
        JOIN earlier_referral e ON e.earlier_id = r.id JOIN referral back ON back.id = e.referral_id
        WHERE d.outcome = 'no_further_action' AND back.received_at < r.received_at + interval '90 days'
          AND back.urgency < r.urgency) AS worse`);
  for (const count of [lowered, returned, undone, worse]) expect(count).toBeGreaterThan(2);
});

it('the demonstration can be searched, and its decided referrals listed', async () => {
  const { name } = await one<{ name: string }>(sql`
    SELECT name FROM person_name JOIN referral ON id = referral_id
    WHERE received_at < ${past.until} AND kind = 'child' ORDER BY referral_id LIMIT 1`);
  const nothing = { dateOfBirth: '', nhsNumber: '', upn: '', reference: '', postcode: '', agency: '' };
  expect((await hub.get(SearchReferrals).execute({ ...nothing, name }, manager)).found.length).toBeGreaterThan(0);
  const decided = {
    view: 'decided',
    order: 'decided',
    filters: NO_FILTERS,
    after: null,
    timeZone: 'Europe/London',
  } as const;
  const { lines, next } = await hub.get(ReadQueue).execute({ ...decided, by: manager });
  expect(lines.length).toBeGreaterThan(10);
  expect(next).not.toBeNull();
});

it.each(['2026-07-09T03:17:00Z', '2026-12-18T02:17:00Z', '2027-01-04T09:00:00Z', '2027-08-15T22:17:00Z'])(
  'a demonstration that starts at %s has the same troubles, and nothing that is open',
  async (start) => {
    const then = pastOf(Temporal.Instant.from(start), 'Europe/London');
    const { world, hub: atWork, plan } = await test.database.as(SERVICE).transaction((tx) => planOf(tx, then));
    const made = [...pastReferrals(world, atWork, plan)].map(({ row, acts }) => ({
      ...{ row, count: 1, late: Number(Temporal.Instant.compare(row.decisionDueAt, acts.at(-1)!.at) < 0) },
      isBad:
        Temporal.Instant.compare(then.badMonth.from, row.receivedAt) <= 0 &&
        Temporal.Instant.compare(row.receivedAt, then.badMonth.until) < 0,
    }));
    const slowest = world.agencies.find(({ name }) => name === 'Borough Housing Options Service')!;
    const all = sum(made);
    for (const part of [made.filter(({ isBad }) => isBad), made.filter(({ row }) => row.agencyId === slowest.id)]) {
      const { count, late } = sum(part);
      expect(late).toBeGreaterThan(furthestByChance(count, all.late / all.count));
    }
    expect(made.filter(({ row }) => row.status !== 'decided')).toEqual([]);
  },
);

interface Counted {
  readonly count: number;
  readonly late: number;
}

function sum(parts: readonly Counted[]): Counted {
  return parts.reduce((total, { count, late }) => ({ count: total.count + count, late: total.late + late }), {
    count: 0,
    late: 0,
  });
}

/** The upper limit that one in a thousand goes beyond, of those who are late by chance. */
function furthestByChance(count: number, share: number): number {
  return count * share + 3.09 * Math.sqrt(count * share * (1 - share));
}
