import { IsIn, Matches } from 'class-validator';
import { AtMost, Said } from '../../shell/forms/text-rules.ts';
import { MEASURES_WITH_LIMITS } from '../../shell/oversight/share-charts.ts';

export class BaselineForm {
  @IsIn(MEASURES_WITH_LIMITS, { message: 'Select the measure' }) readonly measure: string = '';
  @Matches(/^\d{4}-(?:0[1-9]|1[0-2])$/, { message: 'Select the first month with new limits' })
  readonly month: string = '';
  @AtMost(2_000, 'The reason must be 2,000 characters or fewer')
  @Said('Say what was changed')
  readonly reason: string = '';
}
