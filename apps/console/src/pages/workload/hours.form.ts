import { Matches } from 'class-validator';
import { Trimmed } from '../../shell/forms/fields.ts';

export class HoursForm {
  @Trimmed() @Matches(/^([1-9]\d?|100)$/, { message: 'Enter a whole number from 1 to 100' }) readonly hours: string =
    '';
}
