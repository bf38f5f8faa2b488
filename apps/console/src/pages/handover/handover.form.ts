import { AtMost, Said } from '../../shell/forms/text-rules.ts';

const asLong = () => AtMost(5000, 'The note must be 5,000 characters or fewer');

export class HandoverNoteForm {
  @asLong()
  @Said('Write what the next team must know')
  readonly note: string = '';
}

/** A person who accepts may have written a note, and loses none of it. */
export class HandoverAcceptForm {
  @asLong() readonly note: string = '';
}
