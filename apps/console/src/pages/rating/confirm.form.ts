import { Matches } from 'class-validator';
import { Hidden } from '../../shell/forms/fields.ts';
import { REOPEN } from '../../shell/forms/read-form.ts';

/** The button that confirms a rating, with the version of the referral that the person saw. */
export class ConfirmForm {
  @Hidden() @Matches(/^\d{1,9}$/, REOPEN) readonly version!: string;
}
