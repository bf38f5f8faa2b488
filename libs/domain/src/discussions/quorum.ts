import type { DiscussionAgency } from './discussion-codes.ts';

/** The agencies without which a strategy discussion is not quorate (Working Together: at the least these three). */
export const QUORUM: readonly DiscussionAgency[] = ['social_care', 'police', 'health'];

/** The agencies that a discussion lacked to be quorate; an empty list when it was. */
export function missingFromQuorum(came: readonly DiscussionAgency[]): readonly DiscussionAgency[] {
  return QUORUM.filter((agency) => !came.includes(agency));
}
