import { Matches, MaxLength } from 'class-validator';

export class HandoverNoteForm {
  @MaxLength(5000, { message: 'The note must be 5,000 characters or fewer' })
  @Matches(/\S/, { message: 'Write what the next team must know' })
  readonly note: string = '';
}
