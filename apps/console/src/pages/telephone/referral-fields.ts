import {
  AGREEMENT_EVIDENCE,
  AGREEMENT_STATUSES,
  CONCERN_TYPES,
  DISABILITIES,
  ETHNICITIES,
  INDICATORS,
  NOT_INFORMED_REASONS,
  SEXES,
  SOURCES,
  YES_NO,
  YES_NO_UNKNOWN,
} from '#domain';
import { codeInWords } from '../../shell/words/words.ts';
import { DISABILITY_WORDS, ETHNICITY_WORDS, SEX_WORDS } from '../../shell/words/census-words.ts';

/**
 * A field of the form, named by its place in the referral: `firstName` of a child is `/children/0/firstName` there.
 * Dates are three fields of their own, moments a date and a time, and a choice of several a field for each.
 */
export interface ReferralField {
  readonly name: string;
  readonly label: string;
  readonly kind: 'line' | 'text' | 'date' | 'moment' | 'number' | 'yes-or-no' | 'one' | 'several';
  readonly hint?: string;
  /** The API refuses a referral without it, so that it has no answer that takes another back. */
  readonly isNeeded?: true;
  readonly choices?: readonly { readonly value: string; readonly text: string }[];
}

export interface FieldGroup {
  readonly title: string;
  /** Where its fields are, such as `/concern`; for a group that can be repeated, the list. */
  readonly at: string;
  /** What one of several is called; left out where there is one only. */
  readonly each?: string;
  readonly fields: readonly ReferralField[];
}

const field =
  (kind: ReferralField['kind']) =>
  (name: string, label: string, hint?: string): ReferralField =>
    hint === undefined ? { name, label, kind } : { name, label, kind, hint };
const [line, text, date, moment, number, yesOrNo] = [
  field('line'), field('text'), field('date'), field('moment'), field('number'), field('yes-or-no'),
]; // prettier-ignore

type Words = Readonly<Record<string, string>>;
const choosing =
  (kind: 'one' | 'several') =>
  (name: string, label: string, codes: readonly string[], words: Words = {}): ReferralField => ({
    name,
    label,
    kind,
    choices: codes.map((value) => ({ value, text: words[value] ?? codeInWords(value) })),
  });
const [one, several] = [choosing('one'), choosing('several')];
const needed = (asked: ReferralField): ReferralField => ({ ...asked, isNeeded: true });

const ADDRESS = [
  line('address/line1', 'Address line 1'),
  line('address/line2', 'Address line 2'),
  line('address/town', 'Town'),
  line('address/postcode', 'Postcode'),
  line('address/uprn', 'UPRN', 'Unique Property Reference Number, up to 12 digits'),
  yesOrNo('address/noFixedAbode', 'Is there no fixed abode?', 'The address lines then say where letters reach them'),
];

/** Every field that the API takes, in the order in which people tell it on the telephone. */
export const REFERRAL_FIELDS: readonly FieldGroup[] = [
  {
    title: 'Danger',
    at: '',
    fields: [
      needed(yesOrNo('immediateDanger', 'Is a child in danger now?', 'If so the caller should dial 999 as well')),
    ],
  },
  {
    title: 'Who is calling',
    at: '/referrer',
    fields: [
      line('name', 'Name of the caller', 'Write “anonymous” if they do not give it'),
      line('role', 'Role of the caller', 'Such as teacher, health visitor or neighbour'),
      line('phone', 'Telephone of the caller'),
      line('email', 'E-mail'),
      line('relationshipToChild', 'Relationship to the child'),
    ],
  },
  {
    title: 'The concern',
    at: '/concern',
    fields: [
      text('summary', 'What has happened?', 'In the caller’s words, at least 20 characters'),
      several('types', 'What kind of concern is it?', CONCERN_TYPES),
      several('indicators', 'Does any of this apply?', INDICATORS),
      needed(one('source', 'How does the caller know?', SOURCES)),
      moment('occurredAt', 'When did it happen?', 'The time can be left out'),
      line('location', 'Where did it happen?'),
    ],
  },
  {
    title: 'The child’s voice',
    at: '/childsVoice',
    fields: [
      one('sought', 'Was the child asked?', YES_NO),
      text('words', 'What did the child say?', 'In the child’s own words'),
      text('notSoughtReason', 'If not, why not?'),
    ],
  },
  {
    title: 'Children',
    at: '/children',
    each: 'child',
    fields: [
      line('firstName', 'First name'),
      line('lastName', 'Last name'),
      line('otherNames', 'Other names', 'Separate several with semicolons'),
      text('description', 'Description', 'If the name is not known'),
      date('dateOfBirth', 'Date of birth'),
      date('expectedDateOfBirth', 'Expected date of birth', 'If not born yet'),
      number('estimatedAge', 'Estimated age in years', 'If the date of birth is not known'),
      one('sex', 'Sex', SEXES, SEX_WORDS),
      one('ethnicity', 'Ethnicity', ETHNICITIES, ETHNICITY_WORDS),
      several('disabilities', 'Disabilities', DISABILITIES, DISABILITY_WORDS),
      line('nhsNumber', 'NHS number'),
      line('upn', 'Unique Pupil Number'),
      ...ADDRESS,
      line('currentLocation', 'Where is the child now?'),
      line('schoolOrSetting', 'School or setting'),
      line('gp', 'GP'),
      line('firstLanguage', 'First language'),
      yesOrNo('interpreterNeeded', 'Is an interpreter needed?'),
      line('communicationNeeds', 'Communication needs'),
    ],
  },
  {
    title: 'Adults',
    at: '/adults',
    each: 'adult',
    fields: [
      line('name', 'Name'),
      line('relationship', 'Relationship to the child'),
      date('dateOfBirth', 'Date of birth'),
      one('parentalResponsibility', 'Parental responsibility', YES_NO_UNKNOWN),
      one('livesWithChild', 'Lives with the child', YES_NO_UNKNOWN),
      yesOrNo('allegedPerpetrator', 'Alleged to have caused harm'),
      line('phone', 'Telephone'),
      ...ADDRESS,
      line('firstLanguage', 'First language'),
    ],
  },
  {
    title: 'Have the parents been told?',
    at: '/parentsInformed',
    fields: [
      needed(one('informed', 'Do the parents know of this referral?', YES_NO_UNKNOWN)),
      one('notInformedReason', 'If not, why not?', NOT_INFORMED_REASONS),
      text('notInformedDetail', 'More about why not'),
      text('views', 'What do the parents say?'),
    ],
  },
  {
    title: 'The family’s agreement to work with services',
    at: '/agreement',
    fields: [
      needed(one('status', 'Has the family agreed?', AGREEMENT_STATUSES)),
      line('givenBy', 'Who agreed?'),
      one('evidence', 'How?', AGREEMENT_EVIDENCE),
      text('notSoughtReason', 'If the family was not asked, why not?'),
    ],
  },
  {
    title: 'Signs of Safety',
    at: '/signsOfSafety',
    fields: [
      text('worries', 'What is the caller worried about?'),
      text('workingWell', 'What is working well?'),
      text('needsToHappen', 'What needs to happen?'),
      number('safetyScale', 'How safe is it, from 0 to 10?', '0: could not be worse. 10: safe enough to close'),
    ],
  },
  {
    title: 'Other agencies',
    at: '/otherAgencies',
    each: 'agency',
    fields: [line('name', 'Agency'), line('contact', 'Contact'), line('role', 'Role')],
  },
  {
    title: 'Anything else',
    at: '',
    fields: [
      line('senderReference', 'The caller’s own reference'),
      moment('reportedAt', 'When did the caller record it?', 'With the time'),
      number('thresholdLevel', 'Which level of need does the caller think it is, 1 to 4?'),
      text('staffSafety', 'Is there a risk to staff who visit?'),
      text('withholdFromFamily', 'What must the family not be told?'),
    ],
  },
];
