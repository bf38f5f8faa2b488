import { Allow, IsIn } from 'class-validator';
import { codeInWords } from '../../shell/words/words.ts';
import { Hidden, HiddenNames } from '../../shell/forms/fields.ts';

/** How a referral comes that the hub takes down itself. */
const CHANNELS = ['telephone', 'walk_in'] as const;

export const CHANNEL_CHOICES = CHANNELS.map((value) => ({ value, text: codeInWords(value) }));

/** The form of a referral that the hub takes down: its other fields are those of the referral, by their places in it. */
@HiddenNames(/^count:/)
export class TelephoneForm {
  @IsIn(CHANNELS, { message: 'Select how it came' }) readonly channel!: (typeof CHANNELS)[number];
  @Allow() readonly agency: string = '';
  /** Which group gets room for one more, such as `/children`; empty when the form is only saved. */
  @Hidden() readonly more?: string;
}
