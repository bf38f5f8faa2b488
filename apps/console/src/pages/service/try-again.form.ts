import { MaxLength } from 'class-validator';
import { Hidden } from '../../shell/forms/fields.ts';
import { REOPEN } from '../../shell/forms/read-form.ts';

export class TryAgainForm {
  @Hidden() @MaxLength(100, REOPEN) readonly job: string = '';
}
