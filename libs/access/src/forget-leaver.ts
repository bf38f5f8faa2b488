import { StaffMember, type Transaction } from '#store';
import type { StaffRole } from './policy.ts';
import { roleInWords } from './role-words.ts';

/** Clears the addresses of a person who left. What was sent to them before says nothing of new ones. */
export async function forgetContact(tx: Transaction, personId: string): Promise<void> {
  const nothing = { email: '', phone: null, emailFailedAt: null, phoneFailedAt: null };
  await tx.change(StaffMember, personId, { ...nothing, contactChangedAt: tx.now });
}

/** What stands in place of the name of a person who left long ago. */
export function formerName(role: StaffRole): string {
  return `A former ${roleInWords(role)}`;
}

/** Replaces the name of a person who left: no other table has it. */
export async function forgetName(tx: Transaction, personId: string, role: StaffRole): Promise<void> {
  await tx.change(StaffMember, personId, { name: formerName(role) });
}
