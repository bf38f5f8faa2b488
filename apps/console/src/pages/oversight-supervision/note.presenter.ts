import { may, type StaffActor } from '#access';
import type { NoteAction, NoteLine, NotePage, NoteSubject, SupervisedPerson } from '#oversight';
import type { FormErrors } from '../../shell/forms/read-form.ts';
import { FormFields } from '../../shell/forms/form-fields.ts';
import { buttonAbout } from '../../shell/govuk/buttons.ts';
import { clockInWords, dayAndTime, dayInWords } from '../../shell/words/words.ts';
import { ACTIONS_OF_A_FORM, actionField, THE_WORKER } from './note.form.ts';

/** A note in a list. */
export function presentLine(note: NoteLine, by: StaffActor, now: Temporal.Instant, zone: string) {
  const { id, worker, workerId, reference, open, overdue, nextDueOn } = note;
  const actions = open === 0 ? 'Nothing left to do' : `${open} to do${overdue > 0 ? `, ${overdue} overdue` : ''}`;
  return {
    ...{ id, reference, actions, by: note.by, at: dayAndTime(note.at, now, zone) },
    to: workerId === by.id ? 'You' : worker,
    next: nextDueOn && dayInWords(nextDueOn),
  };
}

/** An answer to the form of an action that was not recorded. */
export interface RefusedDone {
  readonly action: string;
  readonly came: string;
  readonly errors: FormErrors;
}

/** A note in full: its owner may say of an action that it is done. */
export function presentNote(
  note: NotePage,
  { by, now, zone, refused }: { by: StaffActor; now: Temporal.Instant; zone: string; refused: RefusedDone | null },
) {
  const when = (instant: Temporal.Instant) => dayAndTime(instant, now, zone);
  return {
    ...{ id: note.id, words: note.words, reference: note.reference },
    title: `Supervision note to ${note.workerId === by.id ? 'you' : note.worker}`,
    written: `${note.by}, ${when(note.at)}`,
    about: aboutOf(note, by),
    actions: note.actions.map((action) => presentAction(action, { by, now, zone, refused })),
  };
}

/** The page of what the note is about: of a worker the referral, of a manager the challenge or the sample itself. */
function aboutOf({ about, aboutId, month, reference, workerId }: NotePage, by: StaffActor) {
  if (about === null || reference === null) return null;
  const own = { challenge: 'A challenge to', sample: 'A sampled decision on', referral: 'The referral' }[about];
  const itself = {
    challenge: `/oversight/challenges/${aboutId}`,
    sample: `/oversight/samples/${month}/${aboutId}`,
    referral: null,
  }[about];
  return { text: own, reference, itself: workerId === by.id ? null : itself };
}

function presentAction(
  action: NoteAction,
  { by, now, zone, refused }: { by: StaffActor; now: Temporal.Instant; zone: string; refused: RefusedDone | null },
) {
  const { id, words, owner, ownerId, isOrphaned, dueOn, done } = action;
  const isRefused = refused?.action === id;
  const fields = new FormFields(isRefused ? { came: refused.came } : {}, isRefused ? refused.errors : null);
  return {
    ...{ id, words },
    owner: ownerId === by.id ? 'You' : owner,
    due: dayInWords(dueOn),
    clock: done === null ? clockInWords(Temporal.Instant.from(action.dueAt), now, zone) : null,
    done: done && { by: done.by, at: dayAndTime(Temporal.Instant.from(done.at), now, zone), words: done.words },
    // Of an owner who has left, each manager who reads it may say what became of it.
    mayDo: done === null && (ownerId === by.id || (isOrphaned && may(by, 'supervision:write'))),
    came: fields.textarea('came', { label: 'What came of it? (optional)' }, { id: `came-${id}`, rows: 2 }),
    button: buttonAbout('It is done', `: ${words.slice(0, 60)}`),
  };
}

/** The fields of a new note. */
export function noteFields(
  fields: FormFields,
  { workers, managers }: { workers: readonly SupervisedPerson[]; managers: readonly SupervisedPerson[] },
) {
  const items = (people: readonly SupervisedPerson[]) => people.map(({ id, name }) => ({ value: id, text: name }));
  const owners = [
    { value: '', text: 'Choose a person' },
    { value: THE_WORKER, text: 'The person whom the note is to' },
    ...items(managers),
  ];
  return {
    worker: fields.select('worker', { label: 'To whom is the note?', isLarge: true }, [
      { value: '', text: 'Choose a person' },
      ...items(workers),
    ]),
    words: fields.textarea(
      'words',
      { label: 'The note', isLarge: true, hint: 'The person reads it, and those who manage the person' },
      { rows: 8 },
    ),
    actions: ACTIONS_OF_A_FORM.map((number) => ({
      legend: `Action ${number}`,
      words: fields.textarea(actionField(number, 'words'), { label: 'What is to be done' }, { rows: 2 }),
      owner: fields.select(actionField(number, 'owner'), { label: 'Who does it' }, owners),
      due: fields.input(
        actionField(number, 'due'),
        { label: 'Last day for it', classes: 'govuk-input--width-10' },
        { type: 'date' },
      ),
    })),
  };
}

/** What a new note is about, in words; null for nothing. */
export function subjectInWords(about: NoteSubject | null): string | null {
  if (about === null) return null;
  if (about.kind === 'referral') return `About the referral ${about.reference}`;
  return about.kind === 'challenge' ? 'About a challenge' : 'About a sampled decision';
}
