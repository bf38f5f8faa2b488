import { may, type StaffActor } from '#access';
import type { Appearance, Candidate, ChildKnown } from '#children';
import { submittedName } from '#referrals';
import { ageInWords } from '../words/age.ts';
import { codeInWords, dayInWords, ratingTag, STATUSES } from '../words/words.ts';
import { bandInWords, reasonsInWords } from './match-words.ts';

/** Who the children of a referral are known to be, and who they may be. @param when an instant in words */
export function presentKnownChildren(
  children: readonly ChildKnown[],
  by: StaffActor,
  when: (instant: Temporal.Instant) => string,
) {
  return children
    .filter(({ elsewhere, candidates }) => elsewhere.length > 0 || candidates.length > 0)
    .map(({ here, elsewhere, candidates }) => ({
      reference: here.reference,
      number: here.position + 1,
      name: nameOf(here),
      href: hrefOf(here),
      elsewhere: elsewhere.length,
      mayJudge: may(by, 'child:judge'),
      candidates: candidates.map((one) => presentCandidate(one, when)),
    }));
}

export function presentCandidate(one: Candidate, when: (instant: Temporal.Instant) => string) {
  return { ...presentAppearance(one, when), band: bandInWords(one.band), because: reasonsInWords(one.reasons) };
}

/** A child as one referral has it, in a line. */
export function presentAppearance(one: Appearance, when: (instant: Temporal.Instant) => string) {
  const { outcome, decidedAt, status, holder } = one;
  const decided = outcome === null || decidedAt === null ? '' : `: ${codeInWords(outcome)}, ${when(decidedAt)}`;
  const held = holder === null ? 'Not allocated' : `With ${holder}`;
  return {
    ...{ reference: one.reference, number: one.position + 1, agency: one.agency, href: `/referrals/${one.reference}` },
    name: nameOf(one),
    born: bornOf(one),
    tag: ratingTag(one.rating, one.isRatingConfirmed),
    received: when(one.receivedAt),
    state: `${STATUSES[status]}${decided}`,
    held: status === 'decided' ? null : held,
  };
}

export const nameOf = ({ submitted, position }: Appearance) => submittedName(submitted) || `Child ${position + 1}`;
export const hrefOf = ({ reference, position }: Appearance) => `/referrals/${reference}/children/${position + 1}`;

function bornOf({ submitted, receivedAt }: Appearance): string {
  if (submitted.dateOfBirth !== undefined) return `born ${dayInWords(submitted.dateOfBirth)}`;
  return ageInWords(submitted, receivedAt.toZonedDateTimeISO('UTC').toPlainDate()) ?? 'age not known';
}
