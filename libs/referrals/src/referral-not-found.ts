import { Refused } from '#platform';
import { Referral, type Transaction } from '#store';

/**
 * What an agency is answered for a referral that is not its own: that it is not there. The record knows when it is another
 * agency's (decision record 7).
 *
 * @param reference a parsed one; empty for what is none
 */
export async function referralNotFound(tx: Transaction, reference: string): Promise<Refused> {
  const isAnothers = (await tx.overAll((all) => all.one(Referral, { reference }, ['id']))) !== null;
  return isAnothers ? Refused.byPolicy() : new Refused('not-found');
}
