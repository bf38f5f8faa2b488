import { IsIn } from 'class-validator';
import { RATINGS, type Rating } from '#domain';
import { Hidden } from '../../shell/forms/fields.ts';
import { SeenForm } from '../../shell/referral/seen.form.ts';
import { AtMost, Said } from '../../shell/forms/text-rules.ts';

export class RatingForm extends SeenForm {
  /** What the person has read about lowering the rating, so that no other lowering is recorded. */
  @Hidden() readonly loweringSeen: string = '';
  @IsIn(RATINGS, { message: 'Select a rating' }) readonly rating!: Rating;
  @AtMost(5000, 'The reason must be 5,000 characters or fewer')
  @Said('Give the reason for the rating')
  readonly reason: string = '';
}
