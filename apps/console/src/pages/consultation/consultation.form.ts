import { IsIn, IsUUID, Matches, MaxLength } from 'class-validator';
import { CONSULTATION_OUTCOMES } from '#referrals';

const said = (message: string) => Matches(/\S/, { message });

export class ConsultationForm {
  @IsUUID('all', { message: 'Select an agency' }) readonly agency: string = '';
  @MaxLength(200, { message: 'The name must be 200 characters or fewer' })
  @said('Give the caller’s name')
  readonly caller: string = '';
  @MaxLength(200, { message: 'The role must be 200 characters or fewer' })
  @said('Give the caller’s role')
  readonly role: string = '';
  @MaxLength(10_000, { message: 'The question must be 10,000 characters or fewer' })
  @said('Say what was asked')
  readonly question: string = '';
  @MaxLength(10_000, { message: 'The advice must be 10,000 characters or fewer' })
  @said('Say what you advised')
  readonly advice: string = '';
  @IsIn(CONSULTATION_OUTCOMES, { message: 'Select what it came to' })
  readonly outcome!: (typeof CONSULTATION_OUTCOMES)[number];
}
