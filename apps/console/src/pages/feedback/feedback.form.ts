import { IsIn, IsUUID } from 'class-validator';
import { TOLD_BY_PERSON } from '#domain';
import { Hidden } from '../../shell/forms/fields.ts';
import { REOPEN } from '../../shell/forms/read-form.ts';
import { AtMost, Said } from '../../shell/forms/text-rules.ts';

const LONGEST = 2_000;
const asLong = (what: string) => AtMost(LONGEST, `${what} must be 2,000 characters or fewer`);

/** A person has told the referrer, or tried. */
export class TellForm {
  @Hidden() @IsUUID('all', REOPEN) readonly feedback: string = '';
  @IsIn([...TOLD_BY_PERSON, 'tried'], { message: 'Select how you told them' })
  readonly how: (typeof TOLD_BY_PERSON)[number] | 'tried' | '' = '';
  @Said('Enter whom you told and what was said')
  @asLong('Whom you told and what was said')
  readonly words: string = '';
}

/** A manager says whether a person of the public may be told. */
export class LeaveForm {
  @Hidden() @IsUUID('all', REOPEN) readonly feedback: string = '';
  @IsIn(['yes', 'no'], { message: 'Select whether they may be told' }) readonly allowed: 'yes' | 'no' | '' = '';
  @Said('Enter why') @asLong('Why') readonly leaveReason: string = '';
}

/** A manager says why a referrer is not told. */
export class UntoldForm {
  @Hidden() @IsUUID('all', REOPEN) readonly feedback: string = '';
  @Said('Enter why they are not told') @asLong('Why they are not told') readonly untoldReason: string = '';
}
