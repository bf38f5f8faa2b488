import type { AlertGroup } from '#domain';
import type { Transaction } from '#store';

/** A person and the groups in which alerts reach them. */
export interface OnDuty {
  readonly id: string;
  readonly groups: readonly AlertGroup[];
}

export async function onDuty(tx: Transaction): Promise<readonly OnDuty[]> {
  return tx.rows<OnDuty>('SELECT id, alert_groups AS groups FROM staff_member WHERE is_active');
}

/** The people in any of the groups; those of last resort when there is nobody. Each once. */
export function recipientsOf(people: readonly OnDuty[], told: readonly AlertGroup[]): readonly string[] {
  const inAnyOf = (groups: readonly AlertGroup[]) =>
    people.filter((person) => person.groups.some((group) => groups.includes(group))).map(({ id }) => id);
  const found = inAnyOf(told);
  return found.length > 0 ? found : inAnyOf(['last_resort']);
}
