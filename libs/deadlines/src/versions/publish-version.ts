import { Injectable } from '@nestjs/common';
import type { StaffActor } from '#access';
import { auditEntry } from '#audit';
import { calendarFaults, policyFaults, type CalendarData, type PolicyFault, type TriagePolicy } from '#domain';
import { Refused } from '#platform';
import { CalendarVersion, Database, once, PolicyVersion, rowsOf, sql, type Sql, type Transaction } from '#store';

/** What is to hold from an instant on: a policy, or opening hours with closed days. */
export type NewVersion =
  | { readonly kind: 'policy'; readonly policy: TriagePolicy }
  | { readonly kind: 'calendar'; readonly calendar: CalendarData };

export interface PublishCommand {
  readonly version: NewVersion;
  readonly reason: string;
  /** When it takes effect; null for at once. */
  readonly effectiveFrom: Temporal.Instant | null;
  /** The last version that the person had before them. */
  readonly seen: number;
  /** The form that it is sent from, a UUID. */
  readonly formId: string;
  readonly by: StaffActor;
}

/** Brings a new version of policy or calendar into force. Open deadlines that have not alerted follow by themselves. */
@Injectable()
export class PublishVersion {
  constructor(private readonly database: Database) {}

  /**
   * @returns its number
   * @throws Refused `changed-meanwhile` when there is a later version than the person saw, `takes-effect-in-the-past`,
   * or `form-sent-before`
   * @throws RangeError when it has faults, which the form shows before
   */
  async execute({ formId, ...command }: PublishCommand): Promise<number> {
    const { version, reason, effectiveFrom, by } = command;
    const faults = faultsOf(version);
    if (faults.length > 0) throw new RangeError(`a version with ${faults.length} faults cannot be published`);
    const answers = { version, reason, effectiveFrom: effectiveFrom?.toString() ?? null };
    const form = { id: formId, kind: 'version', answers };
    const { answer } = await this.database.as(by).transaction((tx) => once(tx, form, () => publish(tx, command)));
    return answer.version;
  }
}

async function publish(
  tx: Transaction,
  { version, reason, effectiveFrom, seen, by }: Omit<PublishCommand, 'formId'>,
): Promise<{ readonly version: number }> {
  await tx.lock('publishingVersion', version.kind);
  const last = await lastVersion(tx, version.kind);
  if (last !== seen) throw new Refused('changed-meanwhile');
  if (effectiveFrom !== null && Temporal.Instant.compare(effectiveFrom, tx.now) < 0) {
    throw new Refused('takes-effect-in-the-past');
  }
  const made = { version: last + 1, effectiveFrom: effectiveFrom ?? tx.now, madeBy: by.id, madeAt: tx.now, reason };
  await tx.insert(
    version.kind === 'policy'
      ? rowsOf(PolicyVersion, { ...made, policy: version.policy })
      : rowsOf(CalendarVersion, { ...made, calendar: version.calendar }),
    auditEntry(tx, `${version.kind}.published`, null, {
      version: made.version,
      effectiveFrom: made.effectiveFrom.toString(),
    }),
  );
  return { version: made.version };
}

/** What is wrong with a new version; an empty list when it may be published. */
export function faultsOf(version: NewVersion): readonly PolicyFault[] {
  return version.kind === 'policy' ? policyFaults(version.policy) : calendarFaults(version.calendar);
}

const LAST_VERSION: Readonly<Record<NewVersion['kind'], Sql>> = {
  policy: sql`SELECT max(version) AS last FROM policy_version`,
  calendar: sql`SELECT max(version) AS last FROM calendar_version`,
};

async function lastVersion(tx: Transaction, kind: NewVersion['kind']): Promise<number> {
  return (await tx.row<{ last: number }>(LAST_VERSION[kind]))!.last;
}
