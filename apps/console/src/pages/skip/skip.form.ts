import { Matches, MaxLength } from 'class-validator';

export class SkipForm {
  @MaxLength(1_000, { message: 'The reason must be 1,000 characters or fewer' })
  @Matches(/\S/, { message: 'Say why you skip it' })
  readonly reason: string = '';
}
