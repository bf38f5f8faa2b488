import { Hidden } from '../../shell/forms/fields.ts';
import { AtMost, Said } from '../../shell/forms/text-rules.ts';

export class AuditOpeningForm {
  @AtMost(1_000, 'The reason must be 1,000 characters or fewer')
  @Said('Say why you open this referral')
  readonly reason: string = '';
  /** The page of the referral that it was asked for on. */
  @Hidden() readonly page: string = '';
}
