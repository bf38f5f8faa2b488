import { Matches, MaxLength } from 'class-validator';
import { NoteForm } from '../../shell/forms/note.form.ts';

export class AssignForm extends NoteForm {
  @Matches(/^[0-9a-f-]{36}$/, { message: 'Select somebody' }) readonly to: string = '';
  /** The page that it was asked for on. */
  @MaxLength(1_000) readonly here: string = '';
}
