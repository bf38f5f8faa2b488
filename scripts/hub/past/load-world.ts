import type { StaffActor } from '#access';
import { policyIn, workingCalendar, type CalendarData, type StoredPolicy, type TriagePolicy } from '#domain';
import { channelsInUse, loadRota } from '#rota';
import { ChannelSettings } from '#platform';
import { sql, type Transaction } from '#store';
import { EarlierReferrals } from './earlier-referrals.ts';
import { Ids } from './ids.ts';
import { PastRows } from './past-rows.ts';
import { Seeded } from './seeded.ts';
import { isBefore, laterOf, type PastAgency, type VersionsFrom, type World } from './world.ts';

/** The world of a past, from the people, agencies, rota and versions that the database has. */
export async function loadWorld(
  tx: Transaction,
  seed: number,
  { mailOutages, recordedSince }: Pick<World, 'mailOutages' | 'recordedSince'>,
): Promise<World & { readonly agencies: readonly PastAgency[] }> {
  const versions = await loadVersions(tx);
  const channels = channelsInUse(new ChannelSettings());
  const staff = await tx.rows<Omit<StaffActor, 'kind'>>(sql`SELECT id, name, role FROM staff_member ORDER BY subject`);
  const random = new Seeded(seed);
  return {
    ...{ random, versions, channels, mailOutages, recordedSince },
    ids: new Ids(random),
    rows: new PastRows(),
    earlier: new EarlierReferrals(),
    references: new Set(),
    rota: await loadRota(tx, versions.at(-1)!.calendar, channels),
    staff: new Map(staff.map((person) => [person.id, { kind: 'staff', ...person }])),
    agencies: await tx.rows<PastAgency>(
      sql`SELECT id, name, kind, source_code AS "sourceCode" FROM agency ORDER BY name, id`,
    ),
  };
}

/** Each pair of policy and calendar that was in force, from the instant at which the later of the two took effect. */
async function loadVersions(tx: Transaction): Promise<readonly VersionsFrom[]> {
  const policies = await tx.rows<{ version: number; policy: StoredPolicy<TriagePolicy>; from: Temporal.Instant }>(sql`
    SELECT version, policy, effective_from AS "from" FROM policy_version ORDER BY effective_from, version`);
  const calendars = await tx.rows<{ version: number; calendar: CalendarData; from: Temporal.Instant }>(sql`
    SELECT version, calendar, effective_from AS "from" FROM calendar_version ORDER BY effective_from, version`);
  const read = calendars.map(({ calendar, ...one }) => ({ ...one, calendar: workingCalendar(calendar) }));
  const instants = [...policies, ...calendars].map(({ from }) => from).sort((a, b) => Temporal.Instant.compare(a, b));
  const inForce = instants.map((at) => {
    const policy = policies.findLast(({ from }) => !isBefore(at, from));
    const calendar = read.findLast(({ from }) => !isBefore(at, from));
    if (policy === undefined || calendar === undefined) return null;
    return {
      from: laterOf(policy.from, calendar.from),
      policy: policyIn<TriagePolicy>(policy.policy),
      policyVersion: policy.version,
      calendar: calendar.calendar,
      calendarVersion: calendar.version,
    };
  });
  return inForce
    .filter((one) => one !== null)
    .filter((one, place, all) => all[place + 1]?.from.equals(one.from) !== true);
}
