import { IsIn, Matches, MaxLength } from 'class-validator';

export class SavedFilterForm {
  @MaxLength(60, { message: 'The name must be 60 characters or fewer' })
  @Matches(/\S/, { message: 'Give the view a name' })
  readonly name: string = '';
  @MaxLength(1_000) readonly here: string = '';
  @IsIn(['', 'team'], { message: 'Say whether it is for everybody' }) readonly whose: string = '';
}
