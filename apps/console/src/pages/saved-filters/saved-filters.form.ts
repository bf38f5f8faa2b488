import { IsIn, Matches, MaxLength } from 'class-validator';
import { Hidden } from '../../shell/forms/fields.ts';

export class SavedFilterForm {
  @MaxLength(60, { message: 'The name must be 60 characters or fewer' })
  @Matches(/\S/, { message: 'Give the view a name' })
  readonly name: string = '';
  /** The address of the queue as it is looked at. */
  @Hidden() @MaxLength(1_000) readonly here: string = '';
  @IsIn(['', 'team'], { message: 'Say whether it is for everybody' }) readonly whose: string = '';
}
