import { MaxLength } from 'class-validator';

/** What the next person should know; nothing need be said. */
export class NoteForm {
  @MaxLength(5_000, { message: 'The note must be 5,000 characters or fewer' }) readonly note: string = '';
}
