import { may, type StaffActor } from '#access';
import { isMoreUrgent, RATINGS, type Rating } from '#domain';
import type { ReferralPage } from '#referrals';
import type { FormFields } from '../../shell/forms/form-fields.ts';
import type { FormAboutReferral } from '../../shell/referral/referral-forms.ts';
import { codeInWords } from '../../shell/words/words.ts';

export const RATING: FormAboutReferral = {
  kind: 'rating',
  template: 'pages/rating/rating.njk',
  closedBecause: ({ status }) =>
    status === 'awaiting_decision' ? null : 'It is decided: its rating can be changed no more.',
  present: presentRating,
};

function presentRating(fields: FormFields, page: ReferralPage, by: StaffActor) {
  const mayLower = may(by, 'rating:lower');
  const ratings = RATINGS.filter((rating) => mayLower || !isMoreUrgent(page.rating, rating));
  return {
    suggestedRating: page.ratings[0]!.rating,
    suggested: page.ratings[0]!.matched,
    ratingField: fields.radios(
      'rating',
      {
        label: 'How urgent is it?',
        isLarge: true,
        ...(mayLower ? {} : { hint: 'Only a manager can lower a rating' }),
      },
      ratings.map((rating) => ({
        value: rating,
        text: codeInWords(rating),
        hint: { text: hintFor(rating, page.rating) },
      })),
    ),
    reason: fields.textarea('reason', { label: 'Why?', isLarge: true }),
  };
}

function hintFor(rating: Rating, current: Rating): string {
  if (rating === current) return 'The rating now: choose it to confirm it';
  return isMoreUrgent(current, rating)
    ? 'Lowers it: the decision will need sign-off'
    : 'Raises it: the decision is due at the earlier of the old time and the new';
}
