import { Allow, IsIn } from 'class-validator';
import { CALLERS_OF_NO_AGENCY, type CallerOfNoAgency } from '#domain';
import { codeInWords } from '../../shell/words/words.ts';
import { Hidden, HiddenNames, Trimmed } from '../../shell/forms/fields.ts';
import { AtMost } from '../../shell/forms/text-rules.ts';

/** How a referral comes that the hub takes down itself. */
const CHANNELS = ['telephone', 'walk_in'] as const;

export const CHANNEL_CHOICES = CHANNELS.map((value) => ({ value, text: codeInWords(value) }));

/** Who refers, by telephone or at the door: a person of the agency, or one for no agency. */
export type Caller = 'agency' | CallerOfNoAgency;

const CALLER_WORDS: Readonly<Record<Caller, string>> = {
  agency: 'A person of the agency',
  '1A': 'A family member, relative or carer',
  '1B': 'An acquaintance, such as a neighbour or child minder',
  '1C': 'The child',
  '1D': 'Another person, such as a stranger or an MP',
  '9': 'A person who does not give their name',
  '10': 'Not known',
};

export const CALLER_CHOICES = (['agency', ...CALLERS_OF_NO_AGENCY] as const).map((value) => ({
  value,
  text: CALLER_WORDS[value],
}));

/** The form of a referral that the hub takes down: its other fields are those of the referral, by their places in it. */
@HiddenNames(/^count:/)
export class TelephoneForm {
  @IsIn(CHANNELS, { message: 'Select how it came' }) readonly channel!: (typeof CHANNELS)[number];
  /** Empty where the agency itself says it: see `callerOf`. */
  @IsIn(['', 'agency', ...CALLERS_OF_NO_AGENCY], { message: 'Select who refers the child' })
  readonly caller: Caller | '' = '';
  @Allow() readonly agency: string = '';
  /** When it came, where that is not now: a local date, and a time of day as it is typed. */
  @AtMost(10) readonly cameDay: string = '';
  @AtMost(20) @Trimmed() readonly cameTime: string = '';
  /** The advice that it began with, by its id; empty where it did not. */
  @Hidden() readonly consultation: string = '';
  /** Which group gets room for one more, such as `/children`; empty when the form is only saved. */
  @Hidden() readonly more?: string;
}

/**
 * Who refers. Where no person is named it is one of the agency; an agency that stands for members of the public does not
 * say which of them it is.
 *
 * @param sourceCode of the agency that was chosen
 * @returns null when it has to be asked
 */
export function callerOf({ caller }: TelephoneForm, sourceCode: string): Caller | null {
  const isOfThePublic = CALLERS_OF_NO_AGENCY.some((code) => code === sourceCode);
  if (caller === '' || caller === 'agency') return isOfThePublic ? null : 'agency';
  return caller;
}
