import { IsUUID, Matches } from 'class-validator';
import { isBlank, lengthOf, plannedDay } from '#domain';
import type { NewAction, NoteSubject } from '#oversight';
import type { Typed } from '#work';
import { Hidden } from '../../shell/forms/fields.ts';
import { REOPEN, type FormErrors } from '../../shell/forms/read-form.ts';
import { AtMost, Said } from '../../shell/forms/text-rules.ts';

/** As many actions as a form has room for. */
export const ACTIONS_OF_A_FORM = [1, 2, 3, 4, 5] as const;
const LONGEST_ACTION = 2_000;

/** The actions of the note are read by {@link actionsIn}: their names say which action they are of. */
export class NoteForm {
  /** What it is about, such as `referral MASH-7K3F-9QXT`; empty for nothing. */
  @Hidden() @Matches(/^(|(referral|challenge|sample) [\w-]{1,40})$/, REOPEN) readonly about: string = '';
  @IsUUID('all', { message: 'Select the person whom the note is to' }) readonly worker: string = '';
  @AtMost(10_000, 'The note must be 10,000 characters or fewer')
  @Said('Write the note')
  readonly words: string = '';
}

export class DoneForm {
  @Hidden() @IsUUID('all', REOPEN) readonly action: string = '';
  @AtMost(2_000, 'What came of it must be 2,000 characters or fewer') readonly came: string = '';
}

/** @returns null for a note about no one thing */
export function subjectIn(about: string): NoteSubject | null {
  const [kind, id = ''] = about.split(' ');
  if (kind === 'referral') return { kind, reference: id };
  return kind === 'challenge' || kind === 'sample' ? { kind, id } : null;
}

/** The name of a field of an action: counted from 0, as the lists of other forms are. */
export function actionField(number: number, part: 'words' | 'owner' | 'due'): string {
  return `action.${number - 1}.${part}`;
}

/** For an owner who is the person whom the note is to. */
export const THE_WORKER = 'worker';

/** The actions that were typed, and what is wrong with them. An action of which nothing is typed is none. */
export function actionsIn(
  typed: Typed,
  workerId: string,
): { readonly actions: readonly NewAction[]; readonly errors: FormErrors | null } {
  const actions: NewAction[] = [];
  const errors: Record<string, string> = {};
  for (const number of ACTIONS_OF_A_FORM) {
    const [words, owner, due] = (['words', 'owner', 'due'] as const).map(
      (part) => typed[actionField(number, part)]?.trim() ?? '',
    );
    if (isBlank(words!) && owner === '' && due === '') continue;
    if (isBlank(words!)) errors[actionField(number, 'words')] = `Say what is to be done in action ${number}`;
    else if (lengthOf(words!) > LONGEST_ACTION) {
      errors[actionField(number, 'words')] = `Action ${number} must be 2,000 characters or fewer`;
    }
    if (owner === '') errors[actionField(number, 'owner')] = `Select who does action ${number}`;
    if (!isDay(due!))
      errors[actionField(number, 'due')] = `Enter the last day for action ${number}, such as 2026-12-03`;
    actions.push({ words: words!, ownerId: owner === THE_WORKER ? workerId : owner!, dueOn: due! });
  }
  return { actions, errors: Object.keys(errors).length === 0 ? null : errors };
}

function isDay(written: string): boolean {
  try {
    plannedDay(written);
    return true;
  } catch {
    return false;
  }
}
