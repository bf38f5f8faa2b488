import { dayAndTime, dayInWords, ratingTag, STATUSES } from '../../shell/words/words.ts';
import { bandInWords, reasonsInWords } from '../../shell/referral/match-words.ts';
import type { CallMatches } from './call-matches.ts';

/** What stands beside the call: who may be the same child. */
export function presentMatches({ matches, now }: CallMatches, zone: string) {
  const open = matches.filter(({ status }) => status !== 'decided').length;
  return {
    said:
      now === null
        ? 'Matches appear here as you type a name, a date of birth, a postcode or a telephone number.'
        : saidOf(matches.length, open),
    matches: matches.map((one) => ({
      reference: one.reference,
      person: one.person || 'Name not known',
      kind: one.kind === 'adult' ? 'adult' : null,
      born: one.dateOfBirth === null ? null : dayInWords(one.dateOfBirth),
      tag: ratingTag(one.rating, one.isRatingConfirmed),
      isOpen: one.status !== 'decided',
      status: STATUSES[one.status],
      agency: one.agency,
      received: dayAndTime(one.receivedAt, now!, zone),
      matchedBy:
        one.sameChild === undefined
          ? `Same or similar ${one.matchedBy.join(', ')}`
          : `${bandInWords(one.sameChild.band)} child: ${reasonsInWords(one.sameChild.reasons)}`,
    })),
  };
}

function saidOf(all: number, open: number): string {
  if (all === 0) return 'No child or referral that the hub knows matches so far.';
  const referrals = all === 1 ? 'One referral may be' : `${all} referrals may be`;
  return `${referrals} about the same child or household, ${open === 0 ? 'none' : open} of them open.`;
}
