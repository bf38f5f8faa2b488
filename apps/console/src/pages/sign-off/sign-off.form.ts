import { isBlank } from '#domain';
import { IsIn, ValidateBy } from 'class-validator';
import { SeenForm } from '../../shell/referral/seen.form.ts';
import { AtMost } from '../../shell/forms/text-rules.ts';

export class SignOffForm extends SeenForm {
  @IsIn(['agreed', 'returned'], { message: 'Press one of the two buttons: sign off, or return' }) readonly result!:
    'agreed' | 'returned';
  @AtMost(5000, 'The comments must be 5,000 characters or fewer')
  @ValidateBy(
    {
      name: 'saidWhyReturned',
      validator: {
        validate: (comments, of) => (of?.object as SignOffForm).result !== 'returned' || !isBlank(String(comments)),
      },
    },
    { message: 'Say why you return it' },
  )
  readonly comments: string = '';
}
