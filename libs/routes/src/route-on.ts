import { auditEntry } from '#audit';
import type { Policies } from '#deadlines';
import { ROUTES, type Outcome, type RouteRule } from '#domain';
import { RouteChoice, type Transaction } from '#store';
import { localitiesInForce } from './localities/localities-in-force.ts';
import { sendRoute, type RoutedReferral, type Sending } from './route-state.ts';
import { teamByAddress } from './team-by-address.ts';

/**
 * Sends a family where its decision says, in the transaction in which the decision takes effect. Nothing here can stop a
 * decision: where no team is known, the route waits for a person to choose one, with its clock running.
 */
export async function routeOn(
  tx: Transaction,
  policies: Policies,
  referral: RoutedReferral,
  decision: { readonly id: string; readonly outcomes: readonly Outcome[] },
): Promise<void> {
  // A referral has one route: that of the decision, else that of the first child with another outcome.
  const rule = decision.outcomes.flatMap((outcome) => ROUTES[outcome] ?? [])[0];
  if (rule === undefined) return;
  const sending = await sendingOf(tx, referral.id, decision.id, rule);
  const routeId = await sendRoute(tx, policies, referral, sending);
  const { kind, team, chosenBy } = sending;
  await tx.insert(auditEntry(tx, 'route.sent', referral.id, { routeId, kind, team, chosenBy }));
}

async function sendingOf(
  tx: Transaction,
  referralId: string,
  decisionId: string,
  { kind, goesTo }: RouteRule,
): Promise<Sending> {
  const chosen = await tx.one(RouteChoice, { decisionId }, ['team', 'recipient', 'reason']);
  const none = { decisionId, kind, team: null, recipient: null, localityVersion: null, chosenBy: null, reason: null };
  if (goesTo === 'one') return none;
  if (goesTo === 'named') {
    const recipient = chosen?.recipient ?? null;
    return { ...none, recipient, chosenBy: recipient === null ? null : 'person' };
  }
  const { version: localityVersion, localities } = await localitiesInForce(tx);
  // A team that was chosen before a sign-off may be none any more.
  if (chosen !== null && localities.teams.some(({ code }) => code === chosen.team)) {
    return { ...none, localityVersion, team: chosen.team, chosenBy: 'person', reason: chosen.reason };
  }
  const { team } = await teamByAddress(tx, referralId, localities);
  return { ...none, localityVersion, team: team?.code ?? null, chosenBy: team === null ? null : 'address' };
}
