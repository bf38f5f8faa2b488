import { IsIn, MaxLength, ValidateBy } from 'class-validator';
import { SeenForm } from '../../shell/referral/seen.form.ts';

export class SignOffForm extends SeenForm {
  @IsIn(['agreed', 'returned'], { message: 'Select whether you agree' }) readonly result!: 'agreed' | 'returned';
  @MaxLength(5000, { message: 'The comments must be 5,000 characters or fewer' })
  @ValidateBy(
    {
      name: 'saidWhyReturned',
      validator: {
        validate: (comments, of) => (of?.object as SignOffForm).result !== 'returned' || /\S/.test(String(comments)),
      },
    },
    { message: 'Say why you return it' },
  )
  readonly comments: string = '';
}
