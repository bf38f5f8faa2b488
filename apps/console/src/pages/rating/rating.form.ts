import { IsIn, Matches } from 'class-validator';
import { RATINGS, type Rating } from '#domain';
import { Hidden } from '../../shell/forms/fields.ts';
import { REOPEN } from '../../shell/forms/read-form.ts';
import { SeenForm } from '../../shell/referral/seen.form.ts';
import { AtMost, Said } from '../../shell/forms/text-rules.ts';

export class RatingForm extends SeenForm {
  /** What the person has read about lowering the rating, so that no other lowering is recorded. */
  @Hidden() readonly loweringSeen: string = '';
  /** `decision` when the form is on the page on which the person decides: they go on there. */
  @Hidden() readonly then: string = '';
  /** How many ratings the page showed. */
  @Hidden() @Matches(/^\d{1,6}$/, REOPEN) readonly ratingsSeen: string = '';
  @IsIn(RATINGS, { message: 'Select a rating' }) readonly rating!: Rating;
  @AtMost(5000, 'The reason must be 5,000 characters or fewer')
  @Said('Give the reason for the rating')
  readonly reason: string = '';
}
