import type { Addressee, AlertGroup } from '#domain';

/** Deadlines of a referral tell groups, never the owner of an action. */
export function ofGroups(tell: readonly Addressee[]): readonly AlertGroup[] {
  return tell.filter((one) => one !== 'owner');
}
