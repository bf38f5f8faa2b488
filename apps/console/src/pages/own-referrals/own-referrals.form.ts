import { Hidden, HiddenNames, Trimmed } from '../../shell/forms/fields.ts';
import { AtMost, Said } from '../../shell/forms/text-rules.ts';

/** The form of a referral that a person of an agency fills in: its fields are those of the referral, by their places in it. */
@HiddenNames(/^count:/)
export class OwnReferralForm {
  /** Which group gets room for one more, such as `/children`; empty when the form is only saved. */
  @Hidden() readonly more?: string;
}

export class InformationForm {
  @AtMost(10_000, 'What the hub has to know must be 10,000 characters or fewer')
  @Said('Write what the hub has to know')
  readonly words: string = '';
}

export class CorrectionForm {
  @Said('Select what is wrong, or was left out') readonly pointer: string = '';
  @AtMost(2_000, 'What is right must be 2,000 characters or fewer')
  @Said('Write what is right')
  @Trimmed()
  readonly value: string = '';
}

/** Beside its file. */
export class FileForm {
  @AtMost(2_000, 'What the file shows must be 2,000 characters or fewer')
  @Trimmed()
  readonly whatItShows: string = '';
}

export class WithdrawalForm {
  @AtMost(10_000, 'The reason must be 10,000 characters or fewer')
  @Said('Write why you withdraw it')
  readonly reason: string = '';
}
