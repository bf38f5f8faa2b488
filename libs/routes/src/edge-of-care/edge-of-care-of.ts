import { Refused } from '#platform';
import { lockReferral, type LockedReferral } from '#referrals';
import type { Transaction } from '#store';
import { liveRoute, type LiveRoute } from '../route-state.ts';

/**
 * The referral, locked, with its route to the edge of care service.
 *
 * @throws Refused `not-found`, or `not-at-the-edge-of-care` when its decision does not send it there
 */
export async function edgeOfCareOf(
  tx: Transaction,
  reference: string,
): Promise<{ readonly referral: LockedReferral; readonly route: LiveRoute }> {
  const referral = await lockReferral(tx, reference);
  const route = await liveRoute(tx, referral.id);
  if (route?.kind !== 'edge_of_care') throw new Refused('not-at-the-edge-of-care');
  return { referral, route };
}
