import { AtMost } from './text-rules.ts';

/** What the next person should know; nothing need be said. */
export class NoteForm {
  @AtMost(5_000, 'The note must be 5,000 characters or fewer') readonly note: string = '';
}
