import { IsIn } from 'class-validator';
import { Hidden } from '../../shell/forms/fields.ts';
import { AtMost, Said } from '../../shell/forms/text-rules.ts';

export class SavedFilterForm {
  @AtMost(60, 'The name must be 60 characters or fewer')
  @Said('Give the view a name')
  readonly name: string = '';
  /** The address of the queue as it is looked at. */
  @Hidden() @AtMost(1_000) readonly here: string = '';
  @IsIn(['', 'team'], { message: 'Say whether it is for all of the team' }) readonly whose: string = '';
}
