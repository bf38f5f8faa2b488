import type { AlertGroup } from '#domain';
import { Refused } from '#platform';
import { StaffMember, type Actor, type Transaction } from '#store';

/** An address of a person at which alerts reach them. */
export type ContactAddress = 'email' | 'phone';

/**
 * Notes that an address of a person does not work, unless it has been corrected since the message was sent.
 *
 * @param sentAt the instant at which the message was sent that did not arrive
 * @returns whether it was noted
 */
export async function markContactFailed(
  tx: Transaction,
  personId: string,
  address: ContactAddress,
  sentAt: Temporal.Instant | null,
): Promise<boolean> {
  const person = await tx.one(StaffMember, { id: personId }, ['emailFailedAt', 'phoneFailedAt', 'contactChangedAt']);
  const { contactChangedAt = null } = person ?? {};
  const isCorrected =
    sentAt !== null && contactChangedAt !== null && Temporal.Instant.compare(sentAt, contactChangedAt) <= 0;
  if (person === null || isCorrected) return false;
  await tx.change(
    StaffMember,
    personId,
    address === 'email'
      ? { emailFailedAt: person.emailFailedAt ?? tx.now }
      : { phoneFailedAt: person.phoneFailedAt ?? tx.now },
  );
  return true;
}

/**
 * An administrator who has a second account under their own address could give it the work that they may not have.
 *
 * @throws Refused `second-account` where an address is that of the person who acts
 */
export async function mustBeOfAnother(tx: Transaction, email: string, by: Actor): Promise<void> {
  if (by.kind !== 'staff') return;
  const own = await tx.one(StaffMember, { id: by.id }, ['email']);
  if (own?.email.toLowerCase() === email.toLowerCase()) throw new Refused('second-account');
}

/** Says for which groups a person answers. */
export async function changeGroups(tx: Transaction, personId: string, groups: readonly AlertGroup[]): Promise<void> {
  await tx.change(StaffMember, personId, { alertGroups: groups });
}

/** Changes how much a person may be given. @param hoursPercent of full hours, from 1 to 100 */
export async function changeHours(tx: Transaction, personId: string, hoursPercent: number): Promise<void> {
  await tx.change(StaffMember, personId, { hoursPercent });
}

/** Changes the address of a person. A new address is trusted until it fails. */
export async function changeContact(
  tx: Transaction,
  personId: string,
  address: ContactAddress,
  to: string | null,
): Promise<void> {
  await tx.change(StaffMember, personId, {
    ...(address === 'email' ? { email: to!, emailFailedAt: null } : { phone: to, phoneFailedAt: null }),
    contactChangedAt: tx.now,
  });
}
