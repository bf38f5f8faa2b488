import { ArrayNotEmpty, IsIn, IsUUID, Matches } from 'class-validator';
import { POWERS, type Power } from '#domain';
import { REOPEN } from '../../shell/forms/read-form.ts';
import { Hidden, Several } from '../../shell/forms/fields.ts';
import { AtMost, Said } from '../../shell/forms/text-rules.ts';

export class LateAdditionForm {
  @Hidden() @IsUUID('all', REOPEN) readonly addition: string = '';
  @AtMost(2_000, 'What follows must be 2,000 characters or fewer')
  @Said('Say what follows from it, such as: the decision stands')
  readonly follows: string = '';
}

export class AskForm {
  @Several() @ArrayNotEmpty({ message: 'Select the agencies that you ask' }) readonly agencies: readonly string[] = [];
  /** Places in the referral, from 0. */
  @Several()
  @ArrayNotEmpty({ message: 'Select the children that you ask about' })
  @Matches(/^\d{1,2}$/, { each: true, ...REOPEN })
  readonly children: readonly string[] = [];
  @AtMost(2_000, 'What you need to know must be 2,000 characters or fewer')
  @Said('Say what you need to know')
  readonly whatFor: string = '';
  @AtMost(2_000, 'Why you need it now must be 2,000 characters or fewer')
  @Said('Say why you need it now')
  readonly whyNow: string = '';
  @IsIn(POWERS, { message: 'Select the power under which you ask' }) readonly power: Power | '' = '';
}
