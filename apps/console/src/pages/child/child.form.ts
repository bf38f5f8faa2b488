import { IsIn, Matches } from 'class-validator';
import { Hidden } from '../../shell/forms/fields.ts';
import { AtMost, Said } from '../../shell/forms/text-rules.ts';

export class JudgeForm {
  @Hidden() @AtMost(20) readonly other: string = '';
  /** From 1, as a person counts. */
  @Hidden() @Matches(/^[1-9]\d?$/) readonly otherNumber: string = '';
  @Hidden() @IsIn(['same', 'different']) readonly says: string = '';
  /** The page that it was said on. */
  @Hidden() @AtMost(1_000) readonly here: string = '';
}

export class EndForm {
  @Hidden() @Matches(/^[0-9a-f-]{36}$/) readonly judgement: string = '';
  @Said('Say why it was wrong')
  @AtMost(2_000)
  readonly reason: string = '';
}
