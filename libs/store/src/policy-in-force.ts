import {
  DEFAULT_CALENDAR,
  DEFAULT_POLICY,
  workingCalendar,
  type CalendarData,
  type TriagePolicy,
  type WorkingCalendar,
} from '#domain';
import type { Database, Transaction } from './database.ts';
import { rowsOf } from './insert-statement.ts';
import { CalendarVersion, PolicyVersion } from './tables/policy-version.ts';

/** The policy and calendar that new deadlines are armed by, with the versions that they are recorded under. */
export interface PolicyInForce {
  readonly policy: TriagePolicy;
  readonly policyVersion: number;
  readonly calendar: WorkingCalendar;
  readonly calendarVersion: number;
}

/** @throws Error when the database has none: it has not been migrated */
export async function loadPolicyInForce(database: Database): Promise<PolicyInForce> {
  const found = await database.row<{
    policy: TriagePolicy;
    policyVersion: number;
    calendar: CalendarData;
    calendarVersion: number;
  }>(`
    SELECT p.policy, p.version AS "policyVersion", c.calendar, c.version AS "calendarVersion"
    FROM (SELECT * FROM policy_version WHERE effective_from <= mash.now() ORDER BY version DESC LIMIT 1) p,
         (SELECT * FROM calendar_version WHERE effective_from <= mash.now() ORDER BY version DESC LIMIT 1) c`);
  if (found === null) throw new Error('The database holds no triage policy: run the migrations');
  return { ...found, calendar: workingCalendar(found.calendar) };
}

/** Makes the shipped policy and calendar version 1 of a new database. */
export async function installDefaultPolicy(tx: Transaction): Promise<void> {
  if ((await tx.row('SELECT 1 FROM policy_version LIMIT 1')) !== null) return;
  const effectiveFrom = Temporal.Instant.fromEpochMilliseconds(0);
  await tx.insert(
    rowsOf(PolicyVersion, { version: 1, policy: DEFAULT_POLICY, effectiveFrom }),
    rowsOf(CalendarVersion, { version: 1, calendar: DEFAULT_CALENDAR, effectiveFrom }),
  );
}
