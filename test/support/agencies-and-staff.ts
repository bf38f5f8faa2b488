import { randomUUID } from 'node:crypto';
import { Staff, type StaffActor, type StaffRole } from '#access';
import type { AlertGroup } from '#domain';
import type { Database } from '#store';
import { addDemonstrationAgency } from '../../scripts/demonstration/demonstration-agency.ts';

const BY_THE_TEST = { kind: 'service' } as const;

export async function addAgency(database: Database, name = 'Loomgate School') {
  return addDemonstrationAgency(database, { name, kind: 'school', sourceCode: '2A' });
}

/** The agency that a hub keeps for people who ring on their own account. */
export async function addThePublic(database: Database, sourceCode = '1A') {
  const agency = { name: 'Members of the public', kind: 'public', sourceCode };
  return addDemonstrationAgency(database, agency);
}

export async function addStaff(
  database: Database,
  role: StaffRole,
  alertGroups: readonly AlertGroup[] = [],
  name: string = `Person ${randomUUID().slice(0, 4)}`,
): Promise<StaffActor & { readonly subject: string; readonly email: string }> {
  const subject = randomUUID();
  const email = `${subject.slice(0, 8)}@hub.example.org`;
  const id = await new Staff(database).add({ subject, name, email, role, alertGroups }, BY_THE_TEST);
  return { kind: 'staff', id, name, role, subject, email };
}

/** A person of a partner agency, who answers its requests. */
export async function addPartner(
  database: Database,
  agencyId: string,
  name = 'Pat Partner',
): Promise<StaffActor & { readonly subject: string }> {
  const subject = randomUUID();
  const partner = {
    subject,
    name,
    email: `${subject.slice(0, 8)}@agency.example.org`,
    role: 'partner',
    agencyId,
  } as const;
  const id = await new Staff(database).add({ ...partner, alertGroups: [] }, BY_THE_TEST);
  return { kind: 'staff', id, name, role: 'partner', agencyId, subject };
}

export type Member = Awaited<ReturnType<typeof addStaff>>;

/** A person for every group that an alert may be for. */
export async function addAllOnDuty(database: Database): Promise<Readonly<Record<AlertGroup, Member>>> {
  const memberOf = (group: AlertGroup) => addStaff(database, 'manager', [group], group);
  return {
    duty_team: await memberOf('duty_team'),
    practice_manager: await memberOf('practice_manager'),
    service_manager: await memberOf('service_manager'),
    head_of_service: await memberOf('head_of_service'),
    emergency_duty_team: await memberOf('emergency_duty_team'),
    on_call_manager: await memberOf('on_call_manager'),
    last_resort: await memberOf('last_resort'),
  };
}
