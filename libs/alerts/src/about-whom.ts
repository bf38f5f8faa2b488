import type { Deadline } from '#store';

/** The person and the agency that a deadline waits for, and the person whom it is about, as the rota asks for them. */
export interface AboutWhom {
  readonly ownerId: string | null;
  readonly agencyId: string | null;
  readonly aboutId: string | null;
}

/** The person of a broken glass is the one who broke it: it is about them, and others are told. */
export function aboutWhom({ kind, ownerId, agencyId }: Pick<Deadline, 'kind' | 'ownerId' | 'agencyId'>): AboutWhom {
  return kind === 'glass_broken' ? { ownerId: null, agencyId, aboutId: ownerId } : { ownerId, agencyId, aboutId: null };
}
