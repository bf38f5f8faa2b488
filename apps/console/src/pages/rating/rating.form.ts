import { IsIn } from 'class-validator';
import { RATINGS, type Rating } from '#domain';
import { SeenForm } from '../../shell/referral/seen.form.ts';
import { AtMost, Said } from '../../shell/forms/text-rules.ts';

export class RatingForm extends SeenForm {
  @IsIn(RATINGS, { message: 'Select a rating' }) readonly rating!: Rating;
  @AtMost(5000, 'The reason must be 5,000 characters or fewer')
  @Said('Give the reason for the rating')
  readonly reason: string = '';
}
