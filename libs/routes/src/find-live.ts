import { Refused } from '#platform';
import { lockReferral, type LockedReferral } from '#referrals';
import type { Transaction } from '#store';
import { liveRoute, type LiveRoute } from './route-state.ts';

/**
 * The referral, locked, with the route that the person had on the page.
 *
 * @throws Refused `not-found`, or `route-changed-meanwhile` when it has ended by now or another is there
 */
export async function findLive(
  tx: Transaction,
  reference: string,
  routeId: string,
): Promise<{ readonly referral: LockedReferral; readonly route: LiveRoute }> {
  const referral = await lockReferral(tx, reference);
  const route = await liveRoute(tx, referral.id);
  if (route === null || route.id !== routeId) throw new Refused('route-changed-meanwhile');
  return { referral, route };
}
