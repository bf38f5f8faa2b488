import { Matches, MaxLength } from 'class-validator';
import { MadeAtForm } from '../../shell/forms/made-at.form.ts';

export class SkipForm extends MadeAtForm {
  @MaxLength(1_000, { message: 'The reason must be 1,000 characters or fewer' })
  @Matches(/\S/, { message: 'Say why you skip it' })
  readonly reason: string = '';
}
