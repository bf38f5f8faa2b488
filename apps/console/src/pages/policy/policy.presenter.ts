import { ALERT_GROUPS, CHANNELS, RATINGS, type TriagePolicy } from '#domain';
import type { Typed } from '#work';
import type { SelectArgs } from '../../shell/govuk/args.ts';
import { CHANNEL_WORDS, spanInWords, stepInWords } from '../../shell/words/policy-words.ts';
import { codeInWords, ratingTag, withArticle } from '../../shell/words/words.ts';
import { presentRuleFields } from './decision-rules.presenter.ts';
import { FOLLOW_UP_FIELDS } from './follow-up-rules.presenter.ts';
import { fieldOf, fromFields, rowsOf, toFields } from './policy.form.ts';
import { WORKLOAD_FIELDS } from './workload-rules.form.ts';
import type { FormOfVersion } from './version-forms.ts';

export const POLICY: FormOfVersion<TriagePolicy> = {
  template: 'pages/policy/policy-change.njk',
  readAt: '/policy',
  toFields,
  fromFields,
  fieldOf,
  asVersion: (policy) => ({ kind: 'policy', policy }),
  present: presentFields,
};

export function presentRatings(policy: TriagePolicy) {
  return RATINGS.map((rating) => {
    const { decisionDue, claimDue, acknowledgementPauses, escalation } = policy.ratings[rating];
    return {
      tag: ratingTag(rating),
      title: `Alerts of ${withArticle(ratingTag(rating).text.toLowerCase())} referral`,
      decisionDue: spanInWords(decisionDue),
      claimDue: claimDue === null ? 'no limit' : spanInWords(claimDue),
      pause: spanInWords(acknowledgementPauses),
      steps: escalation.map((step) => stepInWords(step, rating)),
    };
  });
}

/** The fields of the form, rating by rating and step by step. */
function presentFields(fields: Typed) {
  return {
    rules: presentRuleFields(fields),
    workload: WORKLOAD_FIELDS.map(({ name, label }) => ({
      ...{ id: name, name, label: { text: label }, value: fields[name] ?? '', classes: 'govuk-input--width-3' },
    })),
    followUps: FOLLOW_UP_FIELDS.map(({ name, label }) => presentSpan(name, label, label, fields)),
    ratings: RATINGS.map((rating) => {
      const name = codeInWords(rating);
      return {
        name,
        rows: { name: `${rating}.rows`, value: fields[`${rating}.rows`] ?? '' },
        spans: [
          presentSpan(`${rating}.decisionDue`, 'Decided within', `${name}: decided within`, fields),
          presentSpan(`${rating}.claimDue`, 'Taken within (empty for no limit)', `${name}: taken within`, fields),
          presentSpan(
            `${rating}.acknowledgementPauses`,
            'An acknowledgement pauses for',
            `${name}: an acknowledgement pauses for`,
            fields,
          ),
        ],
        steps: Array.from({ length: rowsOf(fields, rating) }, (_, row) =>
          presentStep(`${rating}.${row}`, `${name} step ${row + 1}`, fields),
        ),
      };
    }),
  };
}

/** The field of a length of time, and that of its unit. */
function presentSpan(name: string, label: string, what: string, fields: Typed) {
  return {
    label,
    what,
    name: `${name}.length`,
    value: fields[`${name}.length`] ?? '',
    unit: {
      name: `${name}.unit`,
      options: UNITS.map((unit) => ({ ...unit, isSelected: unit.value === fields[`${name}.unit`] })),
    },
  };
}

function presentStep(row: string, title: string, fields: Typed) {
  const when = fields[`${row}.when`] ?? '';
  const tick = (name: string, value: string, text: string) => ({ name, value, text, isTicked: Boolean(fields[name]) });
  return {
    title: title.replace(' ', ': '),
    isUsed: when !== '',
    when: {
      id: `${row}.when`,
      name: `${row}.when`,
      label: { text: 'When' },
      items: WHEN,
      value: when,
    } satisfies SelectArgs,
    length: presentSpan(row, 'How long', `${title}: how long`, fields),
    onlyIf: tick(`${row}.onlyIf`, 'unclaimed', 'Only if it is not allocated'),
    tell: ALERT_GROUPS.map((code) => tick(`${row}.tell.${code}`, 'yes', codeInWords(code))),
    by: CHANNELS.map((code) => ({
      label: CHANNEL_WORDS[code].charAt(0).toUpperCase() + CHANNEL_WORDS[code].slice(1).toLowerCase(),
      name: `${row}.by.${code}`,
      value: fields[`${row}.by.${code}`] ?? '',
    })),
  };
}

const UNITS = [
  { value: 'elapsedMinutes', text: 'minutes' },
  { value: 'elapsedHours', text: 'hours' },
  { value: 'workingHours', text: 'working hours' },
  { value: 'workingDays', text: 'working days' },
];

const WHEN = [
  { value: '', text: 'Not used' },
  { value: 'afterReceipt', text: 'After receipt' },
  { value: 'beforeDue', text: 'Before the decision is due' },
  { value: 'due', text: 'When the decision is due' },
  { value: 'repeatEvery', text: 'Then again every' },
];
