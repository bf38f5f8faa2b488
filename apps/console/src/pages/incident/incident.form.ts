import { Matches } from 'class-validator';
import { Hidden } from '../../shell/forms/fields.ts';
import { AtMost, Said } from '../../shell/forms/text-rules.ts';

export class SameIncidentForm {
  /** The reference of the other report. */
  @Hidden() @AtMost(20) readonly other: string = '';
  /** The page that it was said on. */
  @Hidden() @AtMost(1_000) readonly here: string = '';
}

export class EndIncidentForm {
  @Hidden() @Matches(/^[0-9a-f-]{36}$/) readonly said: string = '';
  @Said('Say why these are two incidents')
  @AtMost(2_000)
  readonly reason: string = '';
}
