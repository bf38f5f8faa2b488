import type { AccessActor } from '#access';

/** The agency for which an actor answers: of a credential, or of a partner; null for a person of the hub. */
export function agencyOf(actor: AccessActor): string | null {
  return actor.kind === 'agency' ? actor.id : (actor.agencyId ?? null);
}
