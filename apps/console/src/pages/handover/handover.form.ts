import { AtMost, Said } from '../../shell/forms/text-rules.ts';

export class HandoverNoteForm {
  @AtMost(5000, 'The note must be 5,000 characters or fewer')
  @Said('Write what the next team must know')
  readonly note: string = '';
}
