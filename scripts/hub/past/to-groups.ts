import type { Addressee, AlertGroup } from '#domain';

/** Deadlines of a referral tell groups, never the owner of an action nor an agency. */
export function ofGroups(tell: readonly Addressee[]): readonly AlertGroup[] {
  return tell.filter((one) => one !== 'owner' && one !== 'agency');
}
