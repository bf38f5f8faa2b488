import { IsIn, Matches, MaxLength } from 'class-validator';
import { RATINGS, type Rating } from '#domain';
import { SeenForm } from '../../shell/referral/seen.form.ts';

export class RatingForm extends SeenForm {
  @IsIn(RATINGS, { message: 'Select a rating' }) readonly rating!: Rating;
  @MaxLength(5000, { message: 'The reason must be 5,000 characters or fewer' })
  @Matches(/\S/, { message: 'Give the reason for the rating' })
  readonly reason: string = '';
}
