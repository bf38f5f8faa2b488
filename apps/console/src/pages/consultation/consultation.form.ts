import { IsIn, IsUUID } from 'class-validator';
import { CONSULTATION_OUTCOMES } from '#referrals';
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
