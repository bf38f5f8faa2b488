import { Refused } from '#platform';
import type { AccessActor } from './policy.ts';

/** The agency for which an actor answers: of a credential, or of a partner; null for a person of the hub. */
export function agencyOf(actor: AccessActor): string | null {
  return actor.kind === 'agency' ? actor.id : (actor.agencyId ?? null);
}

/** The same where there has to be one. @throws Refused `not-found` for a person of no agency */
export function ownAgency(actor: AccessActor): string {
  const agencyId = agencyOf(actor);
  if (agencyId === null) throw new Refused('not-found');
  return agencyId;
}
