import { IsIn, IsUUID } from 'class-validator';
import { CONSULTATION_OUTCOMES } from '#referrals';
import { Hidden } from '../../shell/forms/fields.ts';
import { AtMost, Said } from '../../shell/forms/text-rules.ts';

export class ConsultationForm {
  @IsUUID('all', { message: 'Select an agency' }) readonly agency: string = '';
  @AtMost(200, 'The name must be 200 characters or fewer')
  @Said('Give the caller’s name')
  readonly caller: string = '';
  @AtMost(200, 'The role must be 200 characters or fewer')
  @Said('Give the caller’s role')
  readonly role: string = '';
  @AtMost(10_000, 'The question must be 10,000 characters or fewer')
  @Said('Say what was asked')
  readonly question: string = '';
  @AtMost(10_000, 'The advice must be 10,000 characters or fewer')
  @Said('Say what you advised')
  readonly advice: string = '';
  @IsIn(CONSULTATION_OUTCOMES, { message: 'Select what it came to' })
  readonly outcome!: (typeof CONSULTATION_OUTCOMES)[number];
}

/** The referral that came of the advice. */
export class CameForm {
  @AtMost(30, 'The reference must be 30 characters or fewer')
  @Said('Enter the reference of the referral')
  readonly reference: string = '';
  /** `referral` where it is said on the page of the referral. */
  @Hidden() readonly here: string = '';
}

export class NotExpectedForm {
  @AtMost(2_000, 'The reason must be 2,000 characters or fewer')
  @Said('Enter why no referral is expected')
  readonly reason: string = '';
}
