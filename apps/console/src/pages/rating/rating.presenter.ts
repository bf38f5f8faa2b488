import { may, type StaffActor } from '#access';
import { isMoreUrgent, needsAnotherManager, RATINGS, type Rating } from '#domain';
import type { PreviewedLowering, ReferralPage } from '#referrals';
import type { FormFields } from '../../shell/forms/form-fields.ts';
import type { FormAboutReferral } from '../../shell/referral/referral-forms.ts';
import { codeInWords, dayAndTime, ratingTag } from '../../shell/words/words.ts';
import { presentBeside } from '../referral/beside.presenter.ts';

export const RATING: FormAboutReferral = {
  kind: 'rating',
  template: 'pages/rating/rating.njk',
  closedBecause: ({ status }) =>
    status === 'awaiting_decision' ? null : 'It is decided: its rating can be changed no more.',
  present: presentRating,
};

function presentRating(fields: FormFields, page: ReferralPage, by: StaffActor, zone: string) {
  return { ...presentBeside(page, zone), ...ratingFields(fields, page, by) };
}

/** The fields of a rating, and the rules that suggest the one it has. */
export function ratingFields(fields: FormFields, page: ReferralPage, by: StaffActor) {
  const history = page.ratings.map(({ rating, byId }) => ({ rating, by: byId }));
  const mayLower = may(by, 'rating:lower');
  const lower = RATINGS.filter((rating) => isMoreUrgent(page.rating, rating));
  const mayAlone = lower.filter((rating) => mayLower && !needsAnotherManager(history, rating, by.id));
  const ratings = RATINGS.filter((rating) => !lower.includes(rating) || mayAlone.includes(rating));
  return {
    ratingsSeen: page.ratings.length,
    suggestedRating: page.ratings[0]!.rating,
    suggested: page.ratings[0]!.matched,
    ratingField: fields.radios(
      'rating',
      {
        label: 'How urgent is it?',
        isLarge: true,
        ...hintOnLowering(mayLower, mayAlone.length < lower.length),
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
    ? 'Lowers it: the decision may need sign-off'
    : 'Raises it: the decision is due at the earlier of the old time and the new';
}

function hintOnLowering(mayLower: boolean, isAnotherNeeded: boolean): { readonly hint?: string } {
  if (!mayLower) return { hint: 'Only a manager can lower a rating' };
  return isAnotherNeeded
    ? { hint: 'From red to green it takes two managers: one lowers it to amber, and another to green' }
    : {};
}

/** What lowering the rating does, to be read before it is done. */
export function presentLowering({ from, to, dueNow, dueThen, now }: PreviewedLowering, zone: string) {
  const name = (rating: Rating) => ratingTag(rating).text.toLowerCase();
  return {
    seen: `${from} ${to} ${dueThen.toString()}`,
    from: name(from),
    to: name(to),
    dueNow: dayAndTime(dueNow, now, zone),
    dueThen: dayAndTime(dueThen, now, zone),
  };
}
