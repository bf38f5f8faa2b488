/** How a child was asked for their views. */
export const VIEWS_SOUGHT = [
  'seen_alone',
  'seen_with_others',
  'at_school',
  'by_phone',
  'trusted_adult',
  'observed',
  'other',
] as const;
/** One code of {@link VIEWS_SOUGHT}. */
export type ViewsSought = (typeof VIEWS_SOUGHT)[number];

/** Why a child was not asked. */
export const VIEWS_NOT_SOUGHT = [
  'unborn',
  'too_young',
  'not_safe_yet',
  'not_reached',
  'child_declined',
  'parent_refused',
  'protected_first',
  'other',
] as const;
/** One code of {@link VIEWS_NOT_SOUGHT}. */
export type ViewsNotSought = (typeof VIEWS_NOT_SOUGHT)[number];

export const VIEWS_SOUGHT_WORDS: Readonly<Record<ViewsSought, string>> = {
  seen_alone: 'The child was seen alone',
  seen_with_others: 'The child was seen with another person there',
  at_school: 'A person of the school or setting asked the child',
  by_phone: 'The child was asked by telephone or video',
  trusted_adult: 'An adult whom the child trusts asked the child',
  observed: 'The child was watched, because they cannot say it in words',
  other: 'In another way',
};

export const VIEWS_NOT_SOUGHT_WORDS: Readonly<Record<ViewsNotSought, string>> = {
  unborn: 'The child is not born yet',
  too_young: 'The child is too young',
  not_safe_yet: 'It is not safe for the child yet',
  not_reached: 'The child could not be reached',
  child_declined: 'The child did not want to',
  parent_refused: 'A parent or carer did not allow it',
  protected_first: 'The child had to be protected first',
  other: 'Another reason',
};
