import { IsIn, Matches, MaxLength } from 'class-validator';
import type { StaffActor, Typed } from '#access';
import { OUTCOMES, type Outcome, type ThresholdLevel } from '#domain';
import type { DecisionAnalysis, ReferralPage } from '#triage';
import { SeenFields } from '../../shell/referral/referral-form.ts';
import { codeInWords } from '../../shell/words/words.ts';

const LONGEST = 10_000;
const asLong = (what: string) => MaxLength(LONGEST, { message: `${what} must be 10,000 characters or fewer` });

/** No choice has a default: what a person did not choose is an error, not an answer. */
export class DecisionForm extends SeenFields {
  @IsIn(OUTCOMES, { message: 'Select what is to happen' }) readonly outcome!: Outcome;
  @IsIn(['1', '2', '3', '4'], { message: 'Select the level of need' }) readonly thresholdLevel!: string;
  @asLong('What you are worried about') readonly worries: string = '';
  @asLong('What is working well') readonly workingWell: string = '';
  @asLong('What needs to happen') readonly needsToHappen: string = '';
  @Matches(/^(|[0-9]|10)$/, { message: 'Select a number from 0 to 10' }) readonly safetyScale: string = '';
  @asLong("The child's voice") readonly childsVoice: string = '';
  @MaxLength(20_000, { message: 'The rationale must be 20,000 characters or fewer' })
  @Matches(/\S[\s\S]{18,}\S/, { message: 'Give your rationale, in at least 20 characters' })
  readonly rationale: string = '';
}

export const LEVELS: Readonly<Record<ThresholdLevel, string>> = {
  1: 'Level 1: Universal',
  2: 'Level 2: Early help',
  3: 'Level 3: Targeted',
  4: 'Level 4: Acute',
};

export const LEVEL_HINTS: Readonly<Record<ThresholdLevel, string>> = {
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
  refer_to_lado: 'Somebody who works with children is said to have harmed one: the designated officer takes this on',
  returned_to_referrer: 'Agreement or information is missing, and no child is at risk meanwhile',
  no_further_action: 'Nothing more is needed from anybody',
};

export const OUTCOME_CHOICES = OUTCOMES.map((value) => ({
  value,
  text: codeInWords(value),
  hint: OUTCOME_HINTS[value],
}));

export function levelOf({ thresholdLevel }: DecisionForm): ThresholdLevel {
  return Number(thresholdLevel) as ThresholdLevel;
}

export function analysisOf(form: DecisionForm): DecisionAnalysis {
  const { worries, workingWell, needsToHappen, safetyScale, childsVoice } = form;
  return {
    worries,
    workingWell,
    needsToHappen,
    childsVoice,
    safetyScale: safetyScale === '' ? null : Number(safetyScale),
  };
}

/** The answers of a decision that is to be made again: taken back by this person, or returned to them. */
export function answersBefore({ decisions }: ReferralPage, by: StaffActor): Typed {
  const last = decisions.at(-1);
  const isToBeMadeAgain = last !== undefined && (last.undoneAt !== null || last.signOff?.result === 'returned');
  if (!isToBeMadeAgain || last.byId !== by.id) return {};
  const { outcome, thresholdLevel, rationale, worries, workingWell, needsToHappen, safetyScale, childsVoice } = last;
  return {
    outcome,
    thresholdLevel: String(thresholdLevel),
    worries: worries ?? '',
    workingWell: workingWell ?? '',
    needsToHappen: needsToHappen ?? '',
    safetyScale: safetyScale === null ? '' : String(safetyScale),
    childsVoice: childsVoice ?? '',
    rationale,
  };
}

/** The answers as they are checked before they are sent, each with the field that changes it. */
export function answersIn(form: DecisionForm) {
  const answer = (key: string, value: string, field: string) => ({ key, value: value || 'Nothing said', field });
  return [
    answer('What is to happen', codeInWords(form.outcome), 'outcome'),
    answer('Level of need', LEVELS[levelOf(form)], 'thresholdLevel'),
    answer('What are we worried about?', form.worries, 'worries'),
    answer('What is working well?', form.workingWell, 'workingWell'),
    answer('What needs to happen?', form.needsToHappen, 'needsToHappen'),
    answer('How safe is it, from 0 to 10?', form.safetyScale, 'safetyScale'),
    answer('The child’s voice', form.childsVoice, 'childsVoice'),
    answer('Rationale', form.rationale, 'rationale'),
  ];
}
