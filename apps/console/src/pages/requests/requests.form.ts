import { IsIn, IsUUID, ValidateBy, ValidateIf } from 'class-validator';
import { ANSWER_KINDS, HANDLINGS, isBlank, plannedDay, type AnswerKind, type Handling } from '#domain';
import { Hidden, Trimmed } from '../../shell/forms/fields.ts';
import { REOPEN } from '../../shell/forms/read-form.ts';
import { AtMost, Said } from '../../shell/forms/text-rules.ts';

export class AnswerForm {
  @IsIn(ANSWER_KINDS, { message: 'Select what is known' }) readonly kind: AnswerKind | '' = '';
  @ValidateIf(({ kind, words }: AnswerForm) => (kind !== '' && kind !== 'nothing_known') || !isBlank(words))
  @AtMost(10_000, 'The answer must be 10,000 characters or fewer')
  @Said('Write what is known, or why it is refused')
  readonly words: string = '';
  @AtMost(200, 'The lead worker must be 200 characters or fewer') readonly leadWorker: string = '';
  /** A local day, `YYYY-MM-DD`; empty where it is not known. */
  @Trimmed()
  @ValidateBy(
    { name: 'day', validator: { validate: (day: string) => day === '' || isDay(day) } },
    { message: 'Enter the day of the last contact' },
  )
  readonly lastContactOn: string = '';
  @IsIn(HANDLINGS, { message: 'Select how the answer may be handled' }) readonly handling: Handling | '' = '';
  /** Asked of the hub alone. */
  @AtMost(200, 'Who said it must be 200 characters or fewer') readonly saidBy: string = '';
}

export class ChaseForm {
  @AtMost(2_000, 'The note must be 2,000 characters or fewer')
  @Said('Say whom you reminded, and what they said')
  readonly chased: string = '';
}

export class WithdrawForm {
  @AtMost(2_000, 'The reason must be 2,000 characters or fewer')
  @Said('Say why the answer is not needed any more')
  readonly because: string = '';
}

export class LateReadForm {
  @Hidden() @IsUUID('all', REOPEN) readonly answer: string = '';
  @AtMost(2_000, 'What follows must be 2,000 characters or fewer')
  @Said('Say what follows from the answer, such as: the decision stands')
  readonly follows: string = '';
}

function isDay(written: string): boolean {
  try {
    plannedDay(written);
    return true;
  } catch {
    return false;
  }
}
