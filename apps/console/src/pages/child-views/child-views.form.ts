import { IsIn, Matches, ValidateIf } from 'class-validator';
import { VIEWS_NOT_SOUGHT, VIEWS_SOUGHT, type ViewsNotSought, type ViewsSought } from '#domain';
import type { RecordChildViewsCommand } from '#referrals';
import { AtMost, Said } from '../../shell/forms/text-rules.ts';

const isAsked = ({ sought }: ChildViewsForm) => sought === 'yes';
const isNotAsked = ({ sought }: ChildViewsForm) => sought === 'no';

export class ChildViewsForm {
  /** The child's place in the referral, from 0. */
  @Matches(/^\d{1,2}$/, { message: 'Select which child' }) readonly child: string = '';
  @IsIn(['yes', 'no'], { message: 'Select whether the child was asked' }) readonly sought: 'yes' | 'no' | '' = '';
  @ValidateIf(isAsked)
  @IsIn(VIEWS_SOUGHT, { message: 'Select how the child was asked' })
  readonly how: ViewsSought | '' = '';
  @ValidateIf(isAsked)
  @Said('Enter what the child’s views are')
  @AtMost(5_000, 'The child’s views must be 5,000 characters or fewer')
  readonly views: string = '';
  @ValidateIf(isNotAsked)
  @IsIn(VIEWS_NOT_SOUGHT, { message: 'Select why the child was not asked' })
  readonly whyNot: ViewsNotSought | '' = '';
  /** More about why; needed where the reason is another one. */
  @ValidateIf(isNotAsked)
  @AtMost(5_000, 'More about why must be 5,000 characters or fewer')
  readonly more: string = '';
}

/** The message for a reason that needs words and has none; null otherwise. */
export function missingMore({ sought, whyNot, more }: ChildViewsForm): string | null {
  return sought === 'no' && whyNot === 'other' && more.trim() === '' ? 'Enter the other reason' : null;
}

/** What the form says of the child's views; null while it does not say it. */
export function viewsIn({ sought, how, views, whyNot, more }: ChildViewsForm): RecordChildViewsCommand['views'] | null {
  if (sought === 'yes' && how !== '') return { how, words: views.trim() };
  return sought === 'no' && whyNot !== '' ? { whyNot, words: more.trim() } : null;
}
