import { Allow, IsIn } from 'class-validator';
import { Hidden, HiddenNames } from '../../shell/forms/fields.ts';

/** How a referral comes that the hub takes down itself. */
export const CHANNELS = ['telephone', 'walk_in'] as const;

/** The form of a referral that the hub takes down: its other fields are those of the referral, by their places in it. */
@HiddenNames(/^count:/)
export class TelephoneForm {
  @IsIn(CHANNELS, { message: 'Select how it came' }) readonly channel!: (typeof CHANNELS)[number];
  @Allow() readonly agency: string = '';
  /** Which group gets room for one more, such as `/children`; empty when the form is only saved. */
  @Hidden() readonly more?: string;
}
