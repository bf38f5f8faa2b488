import { Injectable } from '@nestjs/common';
import {
  DEFAULT_CALENDAR,
  DEFAULT_POLICY,
  policyIn,
  workingCalendar,
  type CalendarData,
  type StoredPolicy,
  type TriagePolicy,
  type WorkingCalendar,
} from '#domain';
import {
  CalendarVersion,
  Database,
  PolicyVersion,
  rowsOf,
  SERVICE,
  sql,
  type Statements,
  type Transaction,
} from '#store';

/** The versions that a deadline is recorded under. */
export interface Versions {
  readonly policyVersion: number;
  readonly calendarVersion: number;
}

/** A policy and a calendar, with the versions that they are recorded under. */
export interface PolicyInForce extends Versions {
  readonly policy: TriagePolicy;
  readonly calendar: WorkingCalendar;
}

/** The columns of a query that say which versions are in force at its instant: the latest to have taken effect. */
export const VERSIONS_IN_FORCE = sql`
  (SELECT version FROM policy_version WHERE effective_from <= (SELECT mash.now())
    ORDER BY effective_from DESC, version DESC LIMIT 1) AS "policyVersion",
  (SELECT version FROM calendar_version WHERE effective_from <= (SELECT mash.now())
    ORDER BY effective_from DESC, version DESC LIMIT 1) AS "calendarVersion"`;

/** Every version of policy and calendar. A version never changes, so each is read once. */
@Injectable()
export class Policies {
  private readonly known = new Map<string, PolicyInForce>();

  constructor(private readonly database: Database) {}

  /**
   * The policy and the calendar that hold now.
   *
   * @param on the transaction that asks, if any
   * @throws Error when the database has no policy: it has not been migrated
   */
  async inForce(on: Statements = this.database.as(SERVICE)): Promise<PolicyInForce> {
    const versions = await on.row<{ [V in keyof Versions]: number | null }>(sql`SELECT ${VERSIONS_IN_FORCE}`);
    const { policyVersion, calendarVersion } = versions!;
    if (policyVersion === null || calendarVersion === null) throw notMigrated();
    return this.of({ policyVersion, calendarVersion }, on);
  }

  /**
   * The policy and the calendar that were in force at an instant.
   *
   * @throws Error as {@link inForce}
   */
  async inForceAt(at: Temporal.Instant, on: Statements = this.database.as(SERVICE)): Promise<PolicyInForce> {
    const versions = await on.row<{ [V in keyof Versions]: number | null }>(sql`
      SELECT
        (SELECT version FROM policy_version WHERE effective_from <= ${at}
          ORDER BY effective_from DESC, version DESC LIMIT 1) AS "policyVersion",
        (SELECT version FROM calendar_version WHERE effective_from <= ${at}
          ORDER BY effective_from DESC, version DESC LIMIT 1) AS "calendarVersion"`);
    const { policyVersion, calendarVersion } = versions!;
    if (policyVersion === null || calendarVersion === null) throw notMigrated();
    return this.of({ policyVersion, calendarVersion }, on);
  }

  /** The policy and the calendar of these versions, in force or not. */
  async of(
    { policyVersion, calendarVersion }: Versions,
    on: Statements = this.database.as(SERVICE),
  ): Promise<PolicyInForce> {
    const key = `${policyVersion} ${calendarVersion}`;
    const known = this.known.get(key);
    if (known !== undefined) return known;
    const found = await on.row<{ policy: StoredPolicy<TriagePolicy>; calendar: CalendarData }>(sql`
      SELECT policy, calendar FROM policy_version p, calendar_version c
      WHERE p.version = ${policyVersion} AND c.version = ${calendarVersion}`);
    if (found === null) throw notMigrated();
    const read = {
      policy: policyIn<TriagePolicy>(found.policy),
      calendar: workingCalendar(found.calendar),
      policyVersion,
      calendarVersion,
    };
    this.known.set(key, read);
    return read;
  }
}

const notMigrated = () => new Error('The database holds no triage policy: run the migrations');

/** Makes the shipped policy and calendar version 1 of a new database. */
export async function installDefaultPolicy(tx: Transaction): Promise<void> {
  if ((await tx.row(sql`SELECT 1 FROM policy_version LIMIT 1`)) !== null) return;
  const effectiveFrom = Temporal.Instant.fromEpochMilliseconds(0);
  await tx.insert(
    rowsOf(PolicyVersion, { version: 1, policy: DEFAULT_POLICY, effectiveFrom }),
    rowsOf(CalendarVersion, { version: 1, calendar: DEFAULT_CALENDAR, effectiveFrom }),
  );
}
