import { isBlank, ROUTES, type Outcome } from '#domain';
import { Refused } from '#platform';
import { allocatedWorkerBy, caseChecksOf } from '#referrals';
import { RouteChoice, rowsOf, type Transaction } from '#store';
import { localitiesInForce } from './localities/localities-in-force.ts';
import { teamByAddress } from './team-by-address.ts';

/** What the decider said of where it goes. Empty texts say nothing. */
export interface ChosenRoute {
  /** The code of a locality team; empty for that of the address. */
  readonly team: string;
  /** The worker or the authority that takes it on. */
  readonly recipient: string;
  /** Why another team than that of the address. */
  readonly reason: string;
}

/**
 * Keeps what the decider chose beside the decision: the route begins when the decision takes effect. What the outcome
 * does not ask for is not kept, and nothing has to be chosen: an allocated worker is the one that the case system names.
 *
 * @throws Refused `no-such-team`, or `other-team-without-reason` where the address gives a team
 */
export async function keepRouteChoice(
  tx: Transaction,
  decision: { readonly id: string; readonly referralId: string; readonly outcome: Outcome },
  { team, recipient, reason }: ChosenRoute,
): Promise<void> {
  const goesTo = ROUTES[decision.outcome]?.goesTo;
  const keep = (choice: Omit<RouteChoice, 'decisionId'>) =>
    tx.insert(rowsOf(RouteChoice, { decisionId: decision.id, ...choice }));
  if (goesTo === 'named') {
    const named = isBlank(recipient) ? await allocatedWorker(tx, decision) : recipient.trim();
    if (named !== null) await keep({ team: null, recipient: named, reason: null });
  }
  if (goesTo !== 'team' || team === '') return;
  const { localities } = await localitiesInForce(tx);
  if (!localities.teams.some(({ code }) => code === team)) throw new Refused('no-such-team');
  const byAddress = await teamByAddress(tx, decision.referralId, localities);
  if (byAddress.team?.code === team) return;
  if (byAddress.team !== null && isBlank(reason)) throw new Refused('other-team-without-reason');
  await keep({ team, recipient: null, reason: isBlank(reason) ? null : reason.trim() });
}

/** The worker of the first child who has an open case, by the latest look in the case system; null where none is named. */
async function allocatedWorker(
  tx: Transaction,
  { referralId, outcome }: { readonly referralId: string; readonly outcome: Outcome },
): Promise<string | null> {
  if (ROUTES[outcome]?.kind !== 'allocated_worker') return null;
  return allocatedWorkerBy(await caseChecksOf(tx, referralId));
}
