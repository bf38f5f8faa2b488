import { IsIn, IsUUID, ValidateBy } from 'class-validator';
import { CHALLENGE_ASPECTS, isBlank, type ChallengeAspect } from '#domain';
import { Hidden } from '../../shell/forms/fields.ts';
import { REOPEN } from '../../shell/forms/read-form.ts';
import { AtMost, Said } from '../../shell/forms/text-rules.ts';
import { SeenForm } from '../../shell/referral/seen.form.ts';

export class ChallengeForm extends SeenForm {
  @IsIn(CHALLENGE_ASPECTS, { message: 'Select what you question' }) readonly aspect!: ChallengeAspect;
  @AtMost(10_000, 'The question must be 10,000 characters or fewer')
  @Said('Say what you question')
  readonly question: string = '';
}

export class AnswerForm {
  @Hidden() @IsUUID('all', REOPEN) readonly formId: string = '';
  @AtMost(10_000, 'The answer must be 10,000 characters or fewer')
  @Said('Write your answer')
  readonly answer: string = '';
}

export class ReplyForm {
  /** The answer that the page showed. */
  @Hidden() @IsUUID('all', REOPEN) readonly answerId: string = '';
  @IsIn(['accepted', 'returned'], { message: 'Select whether you accept the answer' })
  readonly result!: 'accepted' | 'returned';
  @AtMost(5_000, 'The words must be 5,000 characters or fewer')
  @ValidateBy(
    {
      name: 'saidWhyReturned',
      validator: {
        validate: (words, of) => (of?.object as ReplyForm).result !== 'returned' || !isBlank(String(words)),
      },
    },
    { message: 'Say why you return it' },
  )
  readonly words: string = '';
}
