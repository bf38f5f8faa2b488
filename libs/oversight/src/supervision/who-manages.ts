import type { StaffRole } from '#access';
import type { AlertGroup } from '#domain';

const EVERY_MANAGER = ['manager', 'service_manager', 'head_of_service'] as const;

/** The roles of those who manage a person of each role. Auditors and partners stand outside the line. */
const MANAGED_BY: Readonly<Record<StaffRole, readonly StaffRole[]>> = {
  screener: EVERY_MANAGER,
  social_worker: EVERY_MANAGER,
  manager: ['service_manager', 'head_of_service'],
  service_manager: ['head_of_service'],
  head_of_service: ['head_of_service'],
  auditor: [],
  administrator: [],
  partner: [],
};

/** Whether a person of one role manages those of another: they write notes to them, and read those that others wrote. */
export function manages(manager: StaffRole, worker: StaffRole): boolean {
  return MANAGED_BY[worker].includes(manager);
}

/** The roles that a person of this role manages. */
export function rolesManagedBy(manager: StaffRole): readonly StaffRole[] {
  return (Object.keys(MANAGED_BY) as StaffRole[]).filter((worker) => manages(manager, worker));
}

/** The group that is told when a person of this role leaves an action undone. */
export const MANAGERS_OF: Readonly<Record<StaffRole, AlertGroup>> = {
  screener: 'practice_manager',
  social_worker: 'practice_manager',
  manager: 'service_manager',
  service_manager: 'head_of_service',
  head_of_service: 'head_of_service',
  auditor: 'head_of_service',
  administrator: 'head_of_service',
  partner: 'head_of_service',
};
