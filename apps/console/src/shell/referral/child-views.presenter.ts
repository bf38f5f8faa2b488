import { VIEWS_NOT_SOUGHT_WORDS, VIEWS_SOUGHT_WORDS } from '#domain';
import { submittedName, type ReferralPage } from '#referrals';

/** What was recorded of the children's views since the referral came in, the latest first. @param when an instant in words */
export function presentChildViews({ children, childViews }: ReferralPage, when: (instant: Temporal.Instant) => string) {
  return childViews.map(({ position, how, whyNot, words, by, at }) => ({
    name: submittedName(children[position]!) || `Child ${position + 1}`,
    how: how === null ? `Not asked. ${VIEWS_NOT_SOUGHT_WORDS[whyNot!]}` : VIEWS_SOUGHT_WORDS[how],
    ...{ words, by, at: when(at) },
  }));
}
