import type { StaffRole } from './policy.ts';

/** What each role is called: the one place that says it. */
const ROLE_WORDS: Readonly<Record<StaffRole, string>> = {
  screener: 'screener',
  social_worker: 'social worker',
  manager: 'practice manager',
  service_manager: 'service manager',
  head_of_service: 'head of service',
  auditor: 'auditor',
  partner: 'partner',
  administrator: 'administrator',
};

/** A role as people say it, such as `practice manager`. */
export function roleInWords(role: StaffRole): string {
  return ROLE_WORDS[role];
}
