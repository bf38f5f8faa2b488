import { Matches } from 'class-validator';
import { Hidden, Several } from '../../shell/forms/fields.ts';
import { NoteForm } from '../../shell/forms/note.form.ts';
import { AtMost } from '../../shell/forms/text-rules.ts';

export class AssignForm extends NoteForm {
  @Matches(/^[0-9a-f-]{36}$/, { message: 'Select a person' }) readonly to: string = '';
  /** Why this person, where another knows the child, or this one has no room. */
  @AtMost(2_000, 'The reason must be 2,000 characters or fewer') readonly because: string = '';
  /** The referrals' references. */
  @Hidden() @Several() readonly references: readonly string[] = [];
  /** The page that it was asked for on. */
  @Hidden() @AtMost(1_000) readonly here: string = '';
}

export class TakeBackForm {
  @Hidden() @Matches(/^[0-9a-f-]{36}$/) readonly assignment: string = '';
  @Hidden() @AtMost(1_000) readonly here: string = '';
}
