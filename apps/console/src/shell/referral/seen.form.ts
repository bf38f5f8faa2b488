import { IsUUID, Matches } from 'class-validator';
import { Hidden } from '../forms/fields.ts';
import { REOPEN } from '../forms/read-form.ts';

/** What every form about a referral carries: which version the person saw, when, and an id of its own. */
export class SeenForm {
  @Hidden() @Matches(/^\d{1,9}$/, REOPEN) readonly version!: string;
  @Hidden() @Matches(/^\d{1,16}$/, REOPEN) readonly openedAt!: string;
  @Hidden() @IsUUID('all', REOPEN) readonly formId!: string;
}
