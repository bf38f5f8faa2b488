import { IsIn, IsUUID, ValidateIf } from 'class-validator';
import { Hidden, Trimmed } from '../../shell/forms/fields.ts';
import { REOPEN } from '../../shell/forms/read-form.ts';
import { AtMost, Said } from '../../shell/forms/text-rules.ts';

export class RouteAnswerForm {
  @Hidden() @IsUUID('all', REOPEN) readonly routeId: string = '';
  @IsIn(['accepted', 'returned'], { message: 'Select what they answered' }) readonly answer:
    'accepted' | 'returned' | '' = '';
  @Said('Enter who answered')
  @AtMost(200, 'Who answered must be 200 characters or fewer')
  readonly answeredBy: string = '';
  @AtMost(10) @Trimmed() readonly day: string = '';
  @AtMost(20) @Trimmed() readonly time: string = '';
  @ValidateIf(({ answer }: RouteAnswerForm) => answer === 'returned')
  @Said('Say why it comes back')
  @AtMost(5_000, 'Why it comes back must be 5,000 characters or fewer')
  readonly reason: string = '';
}

export class SendOnForm {
  @Hidden() @IsUUID('all', REOPEN) readonly routeId: string = '';
  @AtMost(40) readonly team: string = '';
  @AtMost(200, 'The name must be 200 characters or fewer') readonly recipient: string = '';
  @AtMost(5_000, 'The reason must be 5,000 characters or fewer') readonly sendReason: string = '';
}

export class DecideAgainForm {
  @Hidden() @IsUUID('all', REOPEN) readonly routeId: string = '';
}
