import type { PreviewedDecision } from '#decisions';
import {
  isLate,
  OUTCOMES,
  PRIMARY_NEED_WORDS,
  PRIMARY_NEEDS,
  PROGRESSION_WORDS,
  PROGRESSIONS,
  type Progression,
  type RecordingRules,
} from '#domain';
import type { RecordedDecision, ReferralPage } from '#referrals';
import type { Typed } from '#work';
import type { FormFields } from '../../shell/forms/form-fields.ts';
import { codeInWords } from '../../shell/words/words.ts';
import { progressionOf, type DecisionForm } from './decision.form.ts';

/** What the policy says of an answered form beside its answers. */
export type Asked = Pick<
  PreviewedDecision,
  'proposedProgression' | 'isLate' | 'lateReasons' | 'locality' | 'allocatedWorker' | 'children'
>;

const PROGRESSION_HINTS: Readonly<Record<Progression, string>> = {
  contact_only: 'Advice, early help, or nothing more: it does not count as a referral to social care',
  referral_no_further_action: 'Social care accepts it as a referral, and does no more',
  referral: 'Social care assesses, protects or helps',
};

const NOT_SAID = { value: '', text: 'Not said' };

/** The questions about what the decision counts as, and why it is late. */
export function presentCounting(fields: FormFields, page: ReferralPage, rules: RecordingRules) {
  const asksWhyLate = isLate(page.now, page) || fields.has('lateReason') || fields.has('lateWords');
  return {
    progression: fields.radios(
      'progression',
      {
        label: 'What does it count as?',
        isLarge: true,
        hint: 'The hub’s policy proposes it from the outcome, and the next page shows it for you to confirm. Select one here if it is another',
      },
      progressionChoices(rules),
    ),
    primaryNeed: fields.select(
      'primaryNeed',
      {
        label: 'What is the primary need?',
        isLarge: true,
        hint: 'Needed where it counts as a referral. Of two that fit, select the one higher in the list',
      },
      NEED_CHOICES,
    ),
    late: asksWhyLate
      ? {
          reason: fields.radios(
            'lateReason',
            {
              label: 'The decision is late. Why?',
              isLarge: true,
              hint: 'The decision is recorded without a reason too',
              classes: 'govuk-radios--small',
            },
            [...rules.lateReasons.map(({ code, words }) => ({ value: code, text: words })), NOT_SAID],
          ),
          words: fields.textarea('lateWords', { label: 'More about why it is late' }, { rows: 3 }),
        }
      : null,
  };
}

function progressionChoices({ progressions }: RecordingRules) {
  const proposedFor = (progression: Progression) =>
    OUTCOMES.filter((outcome) => progressions[outcome] === progression).map(codeInWords);
  return [
    { value: '', text: 'As the policy proposes for the outcome' },
    ...PROGRESSIONS.map((value) => {
      const outcomes = proposedFor(value);
      const proposed = outcomes.length === 0 ? 'Proposed for no outcome' : `Proposed for: ${outcomes.join('; ')}`;
      return { value, text: PROGRESSION_WORDS[value], hint: { text: `${PROGRESSION_HINTS[value]}. ${proposed}` } };
    }),
  ];
}

const NEED_CHOICES = [
  { value: '', text: 'Select the need' },
  ...PRIMARY_NEEDS.map((value) => ({ value, text: PRIMARY_NEED_WORDS[value] })),
];

/** The answers about it in words, each with the field that has it. */
export function countingAnswers(form: DecisionForm, asked: Asked) {
  const { outcome, primaryNeed, lateReason, lateWords } = form;
  const progression = progressionOf(form, asked);
  const proposed =
    progression === asked.proposedProgression
      ? `as the policy proposes for “${codeInWords(outcome)}”`
      : `where the policy proposes “${PROGRESSION_WORDS[asked.proposedProgression]}” for “${codeInWords(outcome)}”`;
  const reason = asked.lateReasons.find(({ code }) => code === lateReason)?.words ?? lateReason;
  const whyLate = [reason, lateWords].filter((said) => said !== '').join('. ');
  return [
    { key: 'What it counts as', value: `${PROGRESSION_WORDS[progression]}, ${proposed}`, field: 'progression' },
    {
      key: 'Primary need',
      value: primaryNeed === '' ? 'Nothing said' : PRIMARY_NEED_WORDS[primaryNeed],
      field: 'primaryNeed',
    },
    ...(asked.isLate || whyLate !== ''
      ? [{ key: 'Why it is late', value: whyLate || 'Nothing said', field: 'lateReason' }]
      : []),
  ];
}

/** The answers that a decision which is to be made again begins with: what was as proposed follows another outcome. */
export function countedBefore(last: RecordedDecision, { progressions }: RecordingRules): Typed {
  const { outcome, progression, primaryNeed, lateReason, lateWords } = last;
  return {
    progression: progression === null || progression === progressions[outcome] ? '' : progression,
    primaryNeed: primaryNeed ?? '',
    lateReason: lateReason ?? '',
    lateWords: lateWords ?? '',
  };
}
