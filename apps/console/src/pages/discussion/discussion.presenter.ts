import { may, type StaffActor } from '#access';
import type { DiscussionPage } from '#discussions';
import {
  DISCUSSION_AGENCIES,
  DISCUSSION_AGENCY_WORDS,
  DISCUSSION_OUTCOME_WORDS,
  DISCUSSION_OUTCOMES,
  QUORUM,
} from '#domain';
import { FormFields } from '../../shell/forms/form-fields.ts';
import type { FormErrors } from '../../shell/forms/read-form.ts';
import { fieldsOf } from './attendance.form.ts';

/** One of the forms of the page, as it was sent and not recorded. */
export interface Unrecorded {
  readonly which: 'call' | 'record' | 'conference';
  readonly typed: object;
  readonly errors: FormErrors;
}

/** The forms that this person may send now. Each is null where there is nothing for it to record. */
export function presentForms(discussions: readonly DiscussionPage[], by: StaffActor, unrecorded: Unrecorded | null) {
  const last = discussions.at(-1);
  const mayExcept = may(by, 'discussion:except');
  if (last === undefined || !may(by, 'discussion:record')) return { call: null, record: null, conference: null };
  const isOpen = last.recordedAt === null;
  const fields = (which: Unrecorded['which']) =>
    unrecorded?.which === which ? new FormFields(unrecorded.typed, unrecorded.errors) : new FormFields({}, null);
  const expects = discussions.some((one) => one.conferenceDueAt !== null && one.conferenceRecordedAt === null);
  return {
    call: callFields(fields('call'), isOpen, unrecorded?.which === 'call' ? unrecorded.typed : {}),
    record: isOpen ? { number: last.number, ...recordFields(fields('record'), mayExcept) } : null,
    conference: expects ? conferenceFields(fields('conference'), mayExcept) : null,
  };
}

function callFields(fields: FormFields, isOpen: boolean, typed: object) {
  const ticked = typed as Readonly<Record<string, unknown>>;
  const group = fields.tick('asked', { label: 'Who is asked?', hint: ASK }, { value: '', text: '' });
  return {
    heading: isOpen ? 'Call it' : 'Call another discussion',
    whyAgain: isOpen
      ? null
      : fields.textarea('whyAgain', {
          label: 'Why is another discussion needed?',
          hint: 'The first one stays as it was',
        }),
    day: fields.input('plannedDay', { label: 'Day', classes: 'govuk-input--width-10' }, { type: 'date' }),
    time: fields.input('plannedTime', {
      label: 'Time',
      hint: 'Such as 14:30 or 2.30pm',
      classes: 'govuk-input--width-5',
    }),
    chair: fields.input('chair', {
      label: 'Who is in the chair',
      hint: 'Name and role: a team manager or a more senior person',
    }),
    asked: {
      ...group,
      items: DISCUSSION_AGENCIES.map((agency, place) => ({
        ...(place === 0 ? {} : { id: `asked.${agency}` }),
        name: `asked.${agency}`,
        value: 'yes',
        text: DISCUSSION_AGENCY_WORDS[agency],
        checked: ticked[`asked.${agency}`] === 'yes',
      })),
    },
    askedOthers: fields.input('askedOthers', { label: 'Which other agency', hint: 'Where another agency is asked' }),
  };
}

const ASK = 'At the least social care, police and health: without them it is not quorate';

function recordFields(fields: FormFields, mayExcept: boolean) {
  return {
    mayExcept,
    how: fields.radios('how', { label: 'Was it held?' }, [
      { value: 'held', text: 'Yes' },
      ...(mayExcept
        ? [{ value: 'not_held', text: 'No, and it is not needed', hint: { text: 'With your reason below' } }]
        : []),
    ]),
    day: fields.input('heldDay', { label: 'Day', classes: 'govuk-input--width-10' }, { type: 'date' }),
    time: fields.input('heldTime', { label: 'Time', hint: 'Such as 14:30 or 2.30pm', classes: 'govuk-input--width-5' }),
    agencies: DISCUSSION_AGENCIES.map((agency) => agencyFields(fields, agency)),
    outcome: fields.radios(
      'outcome',
      { label: 'What did it come to?' },
      DISCUSSION_OUTCOMES.map((value) => ({ value, text: DISCUSSION_OUTCOME_WORDS[value] })),
    ),
    minutes: fields.textarea('minutes', { label: 'What was said, in short', isLarge: true }, { rows: 6 }),
    reason: mayExcept
      ? fields.textarea('reason', {
          label: 'Your reason, as a manager',
          hint: 'Needed where it is not held, or was held without social care, police or health',
        })
      : null,
  };
}

function agencyFields(fields: FormFields, agency: (typeof DISCUSSION_AGENCIES)[number]) {
  const { people, agrees, why } = fieldsOf(agency);
  const words = DISCUSSION_AGENCY_WORDS[agency];
  return {
    words,
    isOpen: QUORUM.includes(agency) || [people, agrees, why].some((name) => fields.has(name)),
    people: fields.textarea(
      people,
      {
        label: `${words}: who came`,
        hint: 'Name and role, with a comma between; one person a line. Empty where none came',
      },
      { rows: 2 },
    ),
    agrees: fields.radios(
      agrees,
      { label: `${words}: did they agree?`, classes: 'govuk-radios--small govuk-radios--inline' },
      [
        { value: 'yes', text: 'Agreed' },
        { value: 'no', text: 'Did not agree' },
      ],
    ),
    why: fields.input(why, { label: `${words}: why they did not agree, or could not come` }),
  };
}

function conferenceFields(fields: FormFields, mayExcept: boolean) {
  return {
    how: fields.radios('conference', { label: 'Was the conference held?' }, [
      { value: 'held', text: 'The conference was held' },
      ...(mayExcept ? [{ value: 'not_needed', text: 'No conference is needed' }] : []),
    ]),
    day: fields.input(
      'conferenceDay',
      { label: 'Day of the conference', classes: 'govuk-input--width-10' },
      { type: 'date' },
    ),
    reason: mayExcept
      ? fields.textarea('conferenceReason', { label: 'Why no conference is needed', hint: 'Needed where none is held' })
      : null,
  };
}
