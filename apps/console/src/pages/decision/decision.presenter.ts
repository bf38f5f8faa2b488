import type { StaffActor } from '#access';
import {
  LONGEST_REASON_TO_REFERRER,
  OUTCOMES,
  proposedReason,
  type Localities,
  type Outcome,
  type RecordingRules,
  type ThresholdLevel,
} from '#domain';
import type { ReferralPage } from '#referrals';
import type { Typed } from '#work';
import { FormFields } from '../../shell/forms/form-fields.ts';
import type { FormAboutReferral } from '../../shell/referral/referral-forms.ts';
import { codeInWords, dayAndTime, ratingTag } from '../../shell/words/words.ts';
import { ratingFields } from '../rating/rating.presenter.ts';
import { presentBeside } from '../referral/beside.presenter.ts';
import { presentCaseChecks } from '../../shell/referral/case-checks.presenter.ts';
import { isRatingConfirmed } from '../../shell/referral/is-rating-confirmed.ts';
import { isHeldByAnother, returnedOf } from '../referral/referral-state.ts';
import { countedBefore, countingAnswers, presentCounting, type Asked } from './counting.presenter.ts';
import { presentRouteFields, routeAnswers, routeBefore } from './route-fields.presenter.ts';
import { levelOf, LONGEST_RATIONALE, type DecisionForm } from './decision.form.ts';
import { answerOfChildren, childrenSaidBefore, presentEachChild } from './each-child.presenter.ts';
import { presentTogether, reportsIn, WITH } from './together.presenter.ts';

/** The form of a decision. @param rules of the policy in force @param localities the table in force */
export function decisionForm(rules: RecordingRules, localities: Localities): FormAboutReferral {
  return {
    kind: 'decision',
    template: 'pages/decision/decision.njk',
    closedBecause,
    present: (fields, page, by, zone) => ({
      ...presentFields(fields, page, by, zone),
      ...presentCounting(fields, page, rules),
      route: presentRouteFields(fields, page, localities),
    }),
    begun: (page, by) => answersBefore(page, by, rules),
  };
}

function closedBecause(page: ReferralPage, by: StaffActor): string | null {
  if (page.status !== 'awaiting_decision') return 'It is not waiting for a decision any more.';
  return isHeldByAnother(page, by) ? `Only ${page.holder!} or a manager can decide it.` : null;
}

export const LEVELS: Readonly<Record<ThresholdLevel, string>> = {
  1: 'Level 1: Universal',
  2: 'Level 2: Early help',
  3: 'Level 3: Targeted',
  4: 'Level 4: Acute',
};

const LEVEL_HINTS: Readonly<Record<ThresholdLevel, string>> = {
  1: 'What every child gets is enough',
  2: 'One or more agencies help early, with the family’s agreement',
  3: 'Several needs, or lasting ones: help is planned together',
  4: 'Statutory: a child in need of social care, or of protection',
};

const OUTCOME_HINTS: Readonly<Record<Outcome, string>> = {
  immediate_protection: 'A child has to be protected now: police protection, or an order of the court',
  strategy_discussion: 'There may be significant harm: agencies discuss whether to make enquiries (section 47)',
  child_and_family_assessment: 'A social worker assesses whether a child is in need (section 17)',
  edge_of_care: 'Intensive help, so that a child can stay at home',
  early_help: 'One or more agencies help, with the family’s agreement',
  advice_and_signposting: 'The family or the referrer is told who can help',
  to_allocated_worker: 'The child has a social worker already, who takes this on',
  transfer_to_other_authority: 'The child lives in the area of another authority',
  refer_to_lado:
    'A person who works with children is alleged to have caused harm: the designated officer takes this on',
  returned_to_referrer: 'Agreement or information is missing, and no child is at risk meanwhile',
  no_further_action: 'No agency has to do more',
};

function presentFields(fields: FormFields, page: ReferralPage, by: StaffActor, zone: string) {
  return {
    ...presentBeside(page, zone),
    eachChild: presentEachChild(fields, page),
    together: presentTogether(fields, page, by, zone),
    ...ratingFields(new FormFields({}, null), page, by),
    returned: returnedOf(page, (instant) => dayAndTime(instant, page.now, zone)),
    // The button that records the decision says which rating it confirms.
    confirmsRating: isRatingConfirmed(page) ? null : page.rating,
    isAnalysisOpen: ANALYSIS.some((name) => fields.has(name)),
    isProgressionOpen: fields.has('progression'),
    outcome: fields.radios(
      'outcome',
      { label: 'What is to happen?', isLarge: true, classes: 'govuk-radios--small' },
      OUTCOME_CHOICES,
    ),
    thresholdLevel: fields.radios(
      'thresholdLevel',
      { label: 'Which level of need?', isLarge: true, classes: 'govuk-radios--small' },
      LEVEL_CHOICES,
    ),
    // Asked only where it is needed: the form comes back with it then.
    contradictionReason: fields.has('contradictionReason')
      ? fields.textarea(
          'contradictionReason',
          {
            label: 'Why are this outcome and this level both right?',
            hint: 'They contradict each other by the hub’s policy',
          },
          { rows: 4 },
        )
      : null,
    // Asked only where it is needed, as the one before.
    noDiscussionReason: fields.has('noDiscussionReason')
      ? fields.textarea(
          'noDiscussionReason',
          {
            label: 'Why is there no strategy discussion?',
            hint: 'The level of need is 4. The manager who signs the decision off reads this',
          },
          { rows: 4 },
        )
      : null,
    openCaseReason: fields.has('openCaseReason')
      ? fields.textarea(
          'openCaseReason',
          {
            label: 'Why does it not go to the allocated worker?',
            hint: 'A child has an open case',
          },
          { rows: 3 },
        )
      : null,
    openTo: openCasesOf(page),
    signsOfSafety: [
      fields.textarea('worries', { label: 'What are we worried about?' }, { rows: 4 }),
      fields.textarea('workingWell', { label: 'What is working well?' }, { rows: 4 }),
      fields.textarea('needsToHappen', { label: 'What needs to happen?' }, { rows: 4 }),
    ],
    safetyScale: fields.radios(
      'safetyScale',
      {
        label: 'How safe is it, from 0 to 10?',
        hint: '0: things could not be worse for the child. 10: safe enough to close',
        classes: 'govuk-radios--inline govuk-radios--small',
      },
      SCALE,
    ),
    childsVoice: fields.textarea(
      'childsVoice',
      {
        label: 'The child’s voice',
        isLarge: true,
        hint: 'What the child said, shows or wants, and what it means for this decision',
      },
      { rows: 4 },
    ),
    isToReferrerOpen: fields.has('reasonToReferrer'),
    reasonToReferrer: fields.characterCount(
      'reasonToReferrer',
      {
        label: 'Why, in brief, for the referrer',
        isLarge: true,
        hint: 'No names, no rationale, and nothing that the family or another agency told us. Left empty, the referrer reads what is said below for the outcome',
      },
      { maxlength: LONGEST_REASON_TO_REFERRER, threshold: 75, rows: 3 },
    ),
    proposedReasons: OUTCOMES.map((value) => ({ outcome: codeInWords(value), reason: proposedReason(value) })),
    rationale: fields.characterCount(
      'rationale',
      {
        label: 'Rationale',
        isLarge: true,
        hint: 'Why this outcome and level: what you weighed, and what the agencies said. “See referral” is not a rationale.',
      },
      { maxlength: LONGEST_RATIONALE, threshold: 75, rows: 5 },
    ),
  };
}

/** The children with an open case, each with who has it. */
function openCasesOf(page: ReferralPage) {
  return presentCaseChecks(page, () => '').flatMap(({ name, worker }) => (worker === null ? [] : [{ name, worker }]));
}

const ANALYSIS = ['worries', 'workingWell', 'needsToHappen', 'safetyScale', 'childsVoice'];

export const OUTCOME_CHOICES = OUTCOMES.map((value) => ({
  value,
  text: codeInWords(value),
  hint: { text: OUTCOME_HINTS[value] },
}));

export const LEVEL_CHOICES = ([1, 2, 3, 4] as const).map((level) => ({
  value: String(level),
  text: LEVELS[level],
  hint: { text: LEVEL_HINTS[level] },
}));

const SCALE = [
  ...Array.from({ length: 11 }, (_, safety) => ({ value: String(safety), text: String(safety) })),
  { value: '', text: 'Not said' },
];

/** The answers of a decision that is to be made again: taken back by this person, or returned to them. */
function answersBefore({ decisions }: ReferralPage, by: StaffActor, rules: RecordingRules): Typed {
  const last = decisions.at(-1);
  const isToBeMadeAgain = last !== undefined && (last.undoneAt !== null || last.signOff?.result === 'returned');
  if (!isToBeMadeAgain || last.byId !== by.id) return {};
  const {
    outcome,
    thresholdLevel,
    contradictionReason,
    noDiscussionReason,
    openCaseReason,
    rationale,
    worries,
    workingWell,
    needsToHappen,
    safetyScale,
    childsVoice,
  } = last;
  return {
    outcome,
    thresholdLevel: String(thresholdLevel),
    contradictionReason: contradictionReason ?? '',
    noDiscussionReason: noDiscussionReason ?? '',
    openCaseReason: openCaseReason ?? '',
    ...countedBefore(last, rules),
    ...childrenSaidBefore(last.children),
    ...routeBefore(last),
    worries: worries ?? '',
    workingWell: workingWell ?? '',
    needsToHappen: needsToHappen ?? '',
    safetyScale: safetyScale === null ? '' : String(safetyScale),
    childsVoice: childsVoice ?? '',
    rationale,
    reasonToReferrer: last.reasonToReferrer ?? '',
  };
}

/** The answers of a decision in words, each with the field that has it. */
export function answersIn(form: DecisionForm, asked: Asked) {
  const answer = (key: string, value: string, field: string) => ({ key, value: value || 'Nothing said', field });
  const { confirmsRating } = form;
  return [
    ...(confirmsRating === ''
      ? []
      : [answer('Rating', `${ratingTag(confirmsRating).text}, which you confirm`, 'confirmsRating')]),
    answer('What is to happen', codeInWords(form.outcome), 'outcome'),
    answer('Level of need', LEVELS[levelOf(form)], 'thresholdLevel'),
    ...answerOfChildren(form, asked.children),
    ...(form.contradictionReason.trim() === ''
      ? []
      : [answer('Why both are right', form.contradictionReason, 'contradictionReason')]),
    ...(form.openCaseReason.trim() === ''
      ? []
      : [answer('Why it does not go to the allocated worker', form.openCaseReason, 'openCaseReason')]),
    ...routeAnswers(form, asked),
    ...(form.noDiscussionReason.trim() === ''
      ? []
      : [answer('Why there is no strategy discussion', form.noDiscussionReason, 'noDiscussionReason')]),
    ...countingAnswers(form, asked),
    answer('What are we worried about?', form.worries, 'worries'),
    answer('What is working well?', form.workingWell, 'workingWell'),
    answer('What needs to happen?', form.needsToHappen, 'needsToHappen'),
    answer('How safe is it, from 0 to 10?', form.safetyScale, 'safetyScale'),
    answer('The child’s voice', form.childsVoice, 'childsVoice'),
    answer('Rationale', form.rationale, 'rationale'),
    answer('What we tell the referrer', form.reasonToReferrer || proposedReason(form.outcome), 'reasonToReferrer'),
    ...decidedWith(form),
  ];
}

function decidedWith({ together }: DecisionForm) {
  const references = reportsIn(together).map(({ reference }) => reference);
  const [first] = references;
  if (first === undefined) return [];
  return [{ key: 'Other reports decided with it', value: references.join(', '), field: `${WITH}.${first}` }];
}
