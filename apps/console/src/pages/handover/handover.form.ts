import { AtMost, Said } from '../../shell/forms/text-rules.ts';

/** A person who accepts may have written a note, and loses none of it. */
export class HandoverAcceptForm {
  @AtMost(5000, 'The note must be 5,000 characters or fewer')
  readonly note: string = '';

  /** A reference, or empty: the note is about none of the referrals, or about all. */
  @AtMost(30) readonly about: string = '';
}

export class HandoverNoteForm extends HandoverAcceptForm {
  @Said('Write what the next team must know')
  override readonly note: string = '';
}
