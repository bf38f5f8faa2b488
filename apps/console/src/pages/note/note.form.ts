import { IsIn, ValidateIf } from 'class-validator';
import { isOfCall, NOTE_KINDS, type NoteKind } from '#domain';
import { AtMost, Said } from '../../shell/forms/text-rules.ts';

export class ReferralNoteForm {
  @IsIn(NOTE_KINDS, { message: 'Select what you note' }) readonly kind: NoteKind | '' = '';
  @ValidateIf(({ kind }: ReferralNoteForm) => kind !== '' && isOfCall(kind))
  @Said('Enter whom you called or met')
  @AtMost(200, 'Whom you called or met must be 200 characters or fewer')
  readonly withWhom: string = '';
  @Said('Enter the note')
  @AtMost(5_000, 'The note must be 5,000 characters or fewer')
  readonly note: string = '';
}
