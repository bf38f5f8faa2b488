import { isUuid, Refused } from '#platform';
import { InformationRequest, type Transaction } from '#store';

/**
 * What an agency is answered for a request that is not its own: that it is not there. The record knows when it is another
 * agency's (decision record 7).
 */
export async function requestNotFound(tx: Transaction, id: string): Promise<Refused> {
  const isAnothers = isUuid(id) && (await tx.overAll((all) => all.one(InformationRequest, { id }, ['id']))) !== null;
  return isAnothers ? Refused.byPolicy() : new Refused('not-found');
}
