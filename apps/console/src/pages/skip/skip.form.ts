import { AtMost, Said } from '../../shell/forms/text-rules.ts';

export class SkipForm {
  @AtMost(1_000, 'The reason must be 1,000 characters or fewer')
  @Said('Say why you skip it')
  readonly reason: string = '';
}
