import type { RelatedReferral, RelatedReferrals, ReportOfIncident } from '#referrals';
import { codeInWords, ratingTag, STATUSES } from '../words/words.ts';

/** The other referrals of the same children, as pages show them. @param when an instant in words */
export function presentRelated(
  { reports, earlier, later, isLookingForEarlier }: RelatedReferrals,
  when: (instant: Temporal.Instant) => string,
) {
  const groups = [
    {
      title: 'Other reports of the same incident',
      lines: reports.map((one) => presentLine(one, when)),
      isReports: true,
    },
    { title: 'Later referrals of the same children', lines: later.map((one) => presentLine(one, when)) },
    { title: 'Earlier referrals of the same children', lines: earlier.map((one) => presentLine(one, when)) },
  ];
  return {
    groups: groups.filter(({ lines }) => lines.length > 0),
    isLooking: isLookingForEarlier,
  };
}

function presentLine(one: RelatedReferral | ReportOfIncident, when: (instant: Temporal.Instant) => string) {
  const { reference, receivedAt, status, rating, outcome, decidedAt, holder } = one;
  const decided = outcome !== null && decidedAt !== null ? `: ${codeInWords(outcome)}, ${when(decidedAt)}` : '';
  const held = holder === null ? 'Not allocated' : `With ${holder}`;
  return {
    reference,
    received: when(receivedAt),
    matchedOn: 'matchedOn' in one ? matchInWords(one.matchedOn) : null,
    rating: ratingTag(rating, one.isRatingConfirmed),
    state: `${STATUSES[status]}${decided}`,
    held: status === 'decided' ? null : held,
  };
}

function matchInWords(matchedOn: RelatedReferral['matchedOn']): string {
  return codeInWords(matchedOn).toLowerCase().replace('nhs', 'NHS').replace('upn', 'UPN');
}
